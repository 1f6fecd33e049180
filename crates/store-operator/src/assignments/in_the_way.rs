//! A stay that is in the way of what was asked.

use std::fmt;

use domain::{Timestamp, Window};

/// A stay that is in the way of what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheWay {
    /// The meter.
    pub unit: String,
    /// What people call the location.
    pub location: String,
    /// What the client calls its project.
    pub project: String,
    /// From when until when.
    pub window: Window,
    /// Whether it is yet to begin.
    pub to_come: bool,
    /// Why it is in the way, and what could be done.
    pub why: String,
    /// The field at which that is to be said, where it is one's fault.
    pub field: Option<&'static str>,
}

impl InTheWay {
    /// What is in the way, with its times as `tell` writes them.
    pub fn words(&self, tell: impl Fn(Timestamp) -> String) -> String {
        let (unit, location, project) = (&self.unit, &self.location, &self.project);
        let stands = if self.to_come {
            "is to stand"
        } else {
            "stands"
        };
        let from = tell(self.window.from);
        let lasts = match self.window.until.map(tell) {
            Some(until) => format!("from {from} until {until}"),
            None if self.to_come => format!("from {from}"),
            None => format!("since {from}"),
        };
        let why = &self.why;
        format!("unit {unit} {stands} at {location:?} of project {project:?} {lasts}: {why}")
    }
}

/// For the command line: UTC, whole seconds.
impl fmt::Display for InTheWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(|at| format!("{at:.0}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_asked_and_by_themselves_in_whole_seconds() {
        let from: Timestamp = "2026-11-21T09:32:10.123Z".parse().unwrap();
        let stay = InTheWay {
            unit: "SLM-1".to_owned(),
            location: "North gate".to_owned(),
            project: "Harbour Tower".to_owned(),
            window: Window { from, until: None },
            to_come: false,
            why: "end that stay first".to_owned(),
            field: None,
        };
        let of = "unit SLM-1 stands at \"North gate\" of project \"Harbour Tower\"";
        assert_eq!(
            stay.to_string(),
            format!("{of} since 2026-11-21T09:32:10Z: end that stay first")
        );
        assert_eq!(
            stay.words(|_| "this morning".to_owned()),
            format!("{of} since this morning: end that stay first")
        );
    }
}
