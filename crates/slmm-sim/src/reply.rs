//! A meter's reply of 64 fields, and what SLMM makes of it.

use domain::Metric;

use crate::measurement::Results;

/// Fields 12 to 64, which a meter with factory settings leaves empty.
const REST: &str = concat!(
    ",  -.-,  -.-,  -.-,0,0",
    ",  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,-,-",
    ",  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,-,-",
    ",  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,  -.-,-,-",
);

/// How a meter says that it has no value.
pub(crate) const NO_VALUE: &str = "-.-";

/// The named values as SLMM tells them: text, or nothing where the field never came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Named {
    pub(crate) lp: Option<String>,
    pub(crate) leq: Option<String>,
    pub(crate) lmax: Option<String>,
    pub(crate) lmin: Option<String>,
    pub(crate) lpeak: Option<String>,
    pub(crate) ln1: Option<String>,
    pub(crate) ln2: Option<String>,
}

impl Named {
    /// SLMM's reading of a reply: it drops empty fields, so that one blank shifts the rest.
    pub(crate) fn read(raw: &str) -> Self {
        let fields: Vec<&str> = raw
            .split(',')
            .map(str::trim)
            .filter(|field| !field.is_empty())
            .collect();
        let take = |metric: Metric| {
            fields
                .get(place_of(metric))
                .map(|field| (*field).to_owned())
        };
        Self {
            lp: take(Metric::Lp),
            leq: take(Metric::Leq),
            lmax: take(Metric::Lmax),
            lmin: take(Metric::Lmin),
            lpeak: take(Metric::Lpeak),
            ln1: take(Metric::Ln1),
            ln2: take(Metric::Ln2),
        }
    }

    pub(crate) fn get(&self, metric: Metric) -> Option<&str> {
        match metric {
            Metric::Lp => self.lp.as_deref(),
            Metric::Leq => self.leq.as_deref(),
            Metric::Lmax => self.lmax.as_deref(),
            Metric::Lmin => self.lmin.as_deref(),
            Metric::Lpeak => self.lpeak.as_deref(),
            Metric::Ln1 => self.ln1.as_deref(),
            Metric::Ln2 => self.ln2.as_deref(),
        }
    }

    pub(crate) fn set(&mut self, metric: Metric, text: Option<String>) {
        let slot = match metric {
            Metric::Lp => &mut self.lp,
            Metric::Leq => &mut self.leq,
            Metric::Lmax => &mut self.lmax,
            Metric::Lmin => &mut self.lmin,
            Metric::Lpeak => &mut self.lpeak,
            Metric::Ln1 => &mut self.ln1,
            Metric::Ln2 => &mut self.ln2,
        };
        *slot = text;
    }
}

/// Where in the reply SLMM looks for a metric.
pub(crate) fn place_of(metric: Metric) -> usize {
    match metric {
        Metric::Lp => 0,
        Metric::Leq => 1,
        Metric::Lmax => 3,
        Metric::Lmin => 4,
        Metric::Ln1 => 5,
        Metric::Ln2 => 6,
        Metric::Lpeak => 10,
    }
}

/// The first eleven fields as an untampered meter fills them.
pub(crate) fn fields(lp: f64, results: Option<Results>) -> [String; 11] {
    let show = |level: f64| format!("{level:.1}");
    let Some(results) = results else {
        let mut fields = [NO_VALUE; 11].map(str::to_owned);
        let [first, ..] = &mut fields;
        *first = show(lp);
        return fields;
    };
    let [ln1, ln2, ln3, ln4, ln5] = results.ln.map(show);
    let [leq, le] = [results.leq, results.le].map(show);
    let [lmax, lmin, lpeak] = [results.lmax, results.lmin, results.lpeak].map(show);
    [
        show(lp),
        leq,
        le,
        lmax,
        lmin,
        ln1,
        ln2,
        ln3,
        ln4,
        ln5,
        lpeak,
    ]
}

/// The whole reply: fields five wide, without the blanks around it.
pub(crate) fn join(fields: &[String; 11]) -> String {
    let mut reply = String::with_capacity(320);
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            reply.push(',');
        }
        let padding = if field.is_empty() {
            0
        } else {
            5_usize.saturating_sub(field.len())
        };
        reply.extend(std::iter::repeat_n(' ', padding));
        reply.push_str(field);
    }
    reply.push_str(REST);
    reply.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reply_is_as_wide_as_the_real_one() {
        let results = Results {
            leq: 67.6,
            le: 98.7,
            lmax: 79.2,
            lmin: 47.9,
            lpeak: 102.61,
            ln: [75.5, 72.5, 61.5, 50.3, 49.8],
        };
        let reply = join(&fields(65.4, Some(results)));
        let begin = "65.4, 67.6, 98.7, 79.2, 47.9, 75.5, 72.5, 61.5, 50.3, 49.8,102.6,  -.-,  -.-";
        assert!(reply.starts_with(begin), "{reply}");
        assert_eq!(reply.split(',').count(), 64);
    }

    #[test]
    fn garbage_and_short_replies_are_read_as_slmm_reads_them() {
        let named = Named::read("ULoHvNU4_YYiW.`j2,,%%");
        assert_eq!(named.lp.as_deref(), Some("ULoHvNU4_YYiW.`j2"));
        assert_eq!(named.leq.as_deref(), Some("%%"));
        assert_eq!(named.lmax, None);
        let short = Named::read("62.4, 67.6, 98.7");
        assert_eq!((short.leq.as_deref(), short.lmax), (Some("67.6"), None));
    }

    proptest! {
        #[test]
        fn any_reply_can_be_read(raw in ".{0,200}") {
            let named = Named::read(&raw);
            prop_assert!(named.lp.is_none_or(|lp| raw.contains(&lp)));
        }
    }
}
