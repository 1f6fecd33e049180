//! A stay of a meter, as a page tells it.

use domain::{TimeZone, Timestamp};
use serde::Serialize;
use store_operator::StayRecord;
use web::when::When;

/// Where a meter stood, stands or is to stand.
#[derive(Debug, Clone, Serialize)]
pub(in crate::page) struct Stay {
    pub(in crate::page) project_id: String,
    pub(in crate::page) project: String,
    pub(in crate::page) place: String,
    pub(in crate::page) from: When,
    pub(in crate::page) until: Option<When>,
    /// `now`, `to come` or `over`.
    pub(in crate::page) state: &'static str,
    /// Whether its project is deleted: there is no page to go to.
    pub(in crate::page) gone: bool,
}

impl Stay {
    pub(in crate::page) fn of(stay: &StayRecord, zone: &TimeZone, now: Timestamp) -> Self {
        let window = stay.assignment.window;
        let state = if stay.assignment.lasts(now) {
            "now"
        } else if stay.assignment.is_to_come(now) {
            "to come"
        } else {
            "over"
        };
        Self {
            project_id: stay.project.to_string(),
            project: stay.project_name.clone(),
            place: stay.location_name.clone(),
            from: When::full(window.from, zone),
            until: window.until.map(|until| When::full(until, zone)),
            state,
            gone: stay.project_status == domain::ProjectStatus::Deleted,
        }
    }

    pub(in crate::page) fn samples() -> Vec<Self> {
        let at = || When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let stay = |state, until, gone| Self {
            project_id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            project: "Harbour <Tower>".into(),
            place: "North gate".into(),
            from: at(),
            until,
            state,
            gone,
        };
        vec![
            stay("to come", None, false),
            stay("now", None, false),
            stay("over", Some(at()), true),
        ]
    }
}
