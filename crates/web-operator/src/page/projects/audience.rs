//! Who is watching a portal, and who opened it last, in words.

use domain::{TimeZone, Timestamp};
use serde::Serialize;
use store_operator::PortalAccess;
use web::when::When;

/// When somebody last opened a portal, and from where.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Opened {
    pub(super) at: When,
    /// An address; `None` where it was not written down.
    pub(super) from: Option<String>,
}

impl Opened {
    pub(super) fn of(access: &PortalAccess, zone: &TimeZone, now: Timestamp) -> Option<Self> {
        let at = access.last_opened_at?;
        Some(Self {
            at: When::day_and_minute(at, zone, now),
            from: access.last_opened_from.clone(),
        })
    }
}

/// How many are watching; `None` where no portal process reports.
pub(super) fn watching(people: Option<i64>) -> String {
    match people {
        None => "Whether anybody is watching cannot be told: no portal process reports.".to_owned(),
        Some(0) => "Nobody is watching now.".to_owned(),
        Some(1) => "1 person is watching now.".to_owned(),
        Some(people) => format!("{people} people are watching now."),
    }
}

/// The same on a page that asks first: those who watch are signed out by what it asks.
pub(super) fn signed_out(people: Option<i64>) -> String {
    match people {
        None => {
            "Whether anybody is watching now cannot be told: no portal process reports. Whoever is \
             in the portal will be signed out."
                .to_owned()
        }
        Some(0) => "Nobody is watching now.".to_owned(),
        Some(1) => "1 person is watching now; they will be signed out.".to_owned(),
        Some(people) => format!("{people} people are watching now; they will be signed out."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_in_words() {
        assert_eq!(watching(Some(1)), "1 person is watching now.");
        assert_eq!(watching(Some(2)), "2 people are watching now.");
        assert_eq!(
            signed_out(Some(2)),
            "2 people are watching now; they will be signed out."
        );
        assert_eq!(
            (watching(Some(0)), signed_out(Some(0))),
            (
                "Nobody is watching now.".into(),
                "Nobody is watching now.".into()
            )
        );
        assert!(
            watching(None).contains("cannot be told")
                && signed_out(None).contains("cannot be told")
        );
    }
}
