//! One poll's worth of a meter, kept as numbers until somebody reads it.

use std::collections::HashMap;
use std::sync::Arc;

use domain::Metric;

use crate::measurement::Results;
use crate::reply::{self, NO_VALUE, Named};

/// What a meter is told to say instead of what it hears.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tamper {
    /// Fields of the reply with another text.
    pub(crate) fields: HashMap<Metric, String>,
    /// All fields without a value.
    pub(crate) blank: bool,
    /// The first field empty, so that SLMM shifts the rest.
    pub(crate) shifted: bool,
    /// The whole reply.
    pub(crate) raw: Option<String>,
    /// Named values that disagree with the reply.
    pub(crate) named: HashMap<Metric, Option<String>>,
}

impl Tamper {
    fn is_idle(&self) -> bool {
        self.fields.is_empty()
            && self.named.is_empty()
            && !self.blank
            && !self.shifted
            && self.raw.is_none()
    }
}

/// What a meter said at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    lp: f64,
    results: Option<Results>,
    tamper: Option<Arc<Tamper>>,
}

impl Snapshot {
    pub(crate) fn take(lp: f64, results: Option<Results>, tamper: &Arc<Tamper>) -> Self {
        Self {
            lp,
            results,
            tamper: (!tamper.is_idle()).then(|| Arc::clone(tamper)),
        }
    }

    /// The reply as the meter sent it.
    pub(crate) fn raw(&self) -> String {
        let mut fields = reply::fields(self.lp, self.results);
        let Some(tamper) = &self.tamper else {
            return reply::join(&fields);
        };
        if let Some(raw) = &tamper.raw {
            return raw.clone();
        }
        if tamper.blank {
            fields = [NO_VALUE; 11].map(str::to_owned);
        }
        for (metric, text) in &tamper.fields {
            if let Some(field) = fields.get_mut(reply::place_of(*metric)) {
                field.clone_from(text);
            }
        }
        if tamper.shifted {
            let [first, ..] = &mut fields;
            first.clear();
        }
        reply::join(&fields)
    }

    /// The values as SLMM names them.
    pub(crate) fn named(&self) -> Named {
        let mut named = Named::read(&self.raw());
        if let Some(tamper) = &self.tamper {
            for (metric, text) in &tamper.named {
                named.set(*metric, text.clone());
            }
        }
        named
    }

    /// The number that a rule on this metric sees; `None` where the text is none.
    pub(crate) fn number(&self, metric: Metric) -> Option<f64> {
        if self.tamper.is_some() {
            return self
                .named()
                .get(metric)?
                .trim()
                .parse()
                .ok()
                .filter(|n: &f64| n.is_finite());
        }
        let fields = reply::fields(self.lp, self.results);
        fields.get(reply::place_of(metric))?.parse().ok()
    }
}
