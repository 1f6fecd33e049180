//! Answers that come late, broken, or not at all.

use std::time::Duration;

use serde::Deserialize;

use crate::endpoint::Endpoint;

/// Which requests a fault is for. What is `None` is any.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Scope {
    /// Of this unit only.
    pub unit: Option<String>,
    /// Of this kind only.
    pub endpoint: Option<Endpoint>,
}

impl Scope {
    /// Every request.
    pub fn all() -> Self {
        Self::default()
    }

    /// Every request of this kind.
    pub fn endpoint(endpoint: Endpoint) -> Self {
        Self {
            unit: None,
            endpoint: Some(endpoint),
        }
    }

    /// Every request about this unit.
    pub fn unit(unit: &str) -> Self {
        Self {
            unit: Some(unit.to_owned()),
            endpoint: None,
        }
    }

    /// The same, of this kind only.
    #[must_use]
    pub fn and(self, endpoint: Endpoint) -> Self {
        Self {
            endpoint: Some(endpoint),
            ..self
        }
    }

    fn covers(&self, endpoint: Endpoint, unit: Option<&str>) -> bool {
        self.endpoint.is_none_or(|wanted| wanted == endpoint)
            && self
                .unit
                .as_deref()
                .is_none_or(|wanted| unit == Some(wanted))
    }

    fn precision(&self) -> u8 {
        u8::from(self.unit.is_some()) * 2 + u8::from(self.endpoint.is_some())
    }
}

/// What goes wrong with an answer. Of several faults that cover a request, the most precise
/// counts; lateness and brokenness are looked up apart, so an answer can be both.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It comes this many ms later.
    DelayMs(u64),
    /// It waits until the fault is taken back.
    Hold,
    /// 500 in plain text, as SLMM answers to a bug of its own.
    InternalError,
    /// 200 with a page of HTML.
    Html,
    /// The right answer, cut in half.
    Truncated,
    /// JSON nested this deep.
    Nested(usize),
    /// 200 and no body.
    Empty,
    /// A JSON text of this many bytes, streamed.
    Huge(u64),
    /// The head of an answer and the beginning of its body, and then nothing more, ever.
    Stalled,
    /// 307 to this address.
    Redirect(String),
    /// The right answer under `text/html`.
    WrongContentType,
    /// The connection is closed without an answer.
    Close,
    /// This body, as JSON with status 200.
    Body(String),
    /// This status, with a plain body.
    Status(u16),
    /// This status, with this body, as JSON.
    Answer(u16, String),
}

impl Fault {
    fn is_lateness(&self) -> bool {
        matches!(self, Self::DelayMs(_) | Self::Hold)
    }
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    set: Vec<(Scope, Fault)>,
    /// Every connection is closed, as if nothing listened.
    pub(crate) down: bool,
}

/// How long an answer is to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lateness {
    None,
    Delay(Duration),
    Hold,
}

impl Faults {
    /// Sets a fault in place of the like one of the same scope.
    pub(crate) fn set(&mut self, scope: Scope, fault: Fault) {
        self.set
            .retain(|(other, old)| *other != scope || old.is_lateness() != fault.is_lateness());
        self.set.push((scope, fault));
    }

    pub(crate) fn clear(&mut self, scope: &Scope) {
        self.set.retain(|(other, _)| other != scope);
    }

    pub(crate) fn clear_all(&mut self) {
        self.set.clear();
    }

    pub(crate) fn lateness(&self, endpoint: Endpoint, unit: Option<&str>) -> Lateness {
        match self.find(endpoint, unit, Fault::is_lateness) {
            Some(Fault::DelayMs(ms)) => Lateness::Delay(Duration::from_millis(*ms)),
            Some(Fault::Hold) => Lateness::Hold,
            _ => Lateness::None,
        }
    }

    pub(crate) fn brokenness(&self, endpoint: Endpoint, unit: Option<&str>) -> Option<Fault> {
        self.find(endpoint, unit, |fault| !fault.is_lateness())
            .cloned()
    }

    fn find(
        &self,
        endpoint: Endpoint,
        unit: Option<&str>,
        wanted: impl Fn(&Fault) -> bool,
    ) -> Option<&Fault> {
        self.set
            .iter()
            .filter(|(scope, fault)| scope.covers(endpoint, unit) && wanted(fault))
            .max_by_key(|(scope, _)| scope.precision())
            .map(|(_, fault)| fault)
    }
}
