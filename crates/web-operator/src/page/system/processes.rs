//! The portal processes that report.

use domain::{TimeZone, Timestamp};
use serde::Serialize;
use store_operator::PortalProcess;
use web::when::When;

/// A portal process.
#[derive(Debug, Serialize)]
pub(super) struct Process {
    /// Its machine and where it listens there.
    address: String,
    version: String,
    /// Whether that is this app's version too.
    same_version: bool,
    since: When,
    heard: When,
    counted: Counted,
}

/// What is counted of one process, or of all together.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Counted {
    /// People who watch; one who uses two processes by turns is counted at both.
    people: i64,
    /// Live sockets that are open.
    viewers: i64,
    /// Meters watched live.
    feeds: i64,
    warnings: i64,
    errors: i64,
}

impl Counted {
    fn of(process: &PortalProcess) -> Self {
        Self {
            people: process.people,
            viewers: process.viewers,
            feeds: process.feeds,
            warnings: process.warnings,
            errors: process.errors,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            people: self.people.saturating_add(other.people),
            viewers: self.viewers.saturating_add(other.viewers),
            feeds: self.feeds.saturating_add(other.feeds),
            warnings: self.warnings.saturating_add(other.warnings),
            errors: self.errors.saturating_add(other.errors),
        }
    }
}

impl Process {
    pub(super) fn of(process: &PortalProcess, zone: &TimeZone, now: Timestamp) -> Self {
        Self {
            address: process.address.clone(),
            version: process.version.clone(),
            same_version: process.version == super::VERSION,
            since: When::day_and_minute(process.started_at, zone, now),
            heard: When::ago(process.reported_at, now),
            counted: Counted::of(process),
        }
    }

    /// For the samples of the page.
    pub(super) fn sample(same_version: bool) -> Self {
        let at = || When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        Self {
            address: "web-1, <127.0.0.1:8000>".into(),
            version: "0.1.0".into(),
            same_version,
            since: at(),
            heard: at(),
            counted: Counted {
                people: 2,
                viewers: 3,
                feeds: 1,
                warnings: 4,
                errors: 0,
            },
        }
    }
}

/// All of them together, where there are several.
pub(super) fn total(processes: &[Process]) -> Option<Counted> {
    let add = |sum: Counted, process: &Process| sum.and(process.counted);
    (processes.len() > 1).then(|| processes.iter().fold(Counted::default(), add))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_are_added_up() {
        assert!(total(&[Process::sample(true)]).is_none());
        let sum = total(&[Process::sample(true), Process::sample(false)]).unwrap();
        assert_eq!((sum.people, sum.viewers, sum.feeds), (4, 6, 2));
        assert_eq!((sum.warnings, sum.errors), (8, 0));
    }
}
