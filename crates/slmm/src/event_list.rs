//! What happened at a meter, as far as SLMM tells.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{AlertEvent, Timestamp};

/// How many events SLMM is asked for.
pub(crate) const MOST: usize = 500;

/// Who has seen an event, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When, UTC.
    pub at: Timestamp,
    /// Under which name; `None` where none was given.
    pub by: Option<String>,
}

/// A meter's newest events.
#[derive(Debug, Clone, PartialEq)]
pub struct EventList {
    /// The events, newest first.
    pub events: Arc<[AlertEvent]>,
    /// Who has seen which, by the event's id. These are staff: no client is told.
    pub seen: Arc<HashMap<i64, Seen>>,
    /// Whether SLMM may have older ones that it did not tell.
    pub is_cut: bool,
}

impl EventList {
    /// Whether everything is told that happened from then on, UTC.
    pub fn reaches(&self, from: Timestamp) -> bool {
        let oldest = self.events.last();
        !self.is_cut || oldest.is_some_and(|oldest| oldest.onset_at < from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::EventKind;

    #[test]
    fn a_list_that_is_cut_reaches_back_to_its_oldest_event() {
        let second = |second| Timestamp::from_second(second).unwrap();
        let oldest = AlertEvent {
            id: 1,
            rule: 0,
            name: String::new(),
            kind: EventKind::Connectivity,
            onset_at: second(100),
            onset: None,
            peak: None,
            clear_at: None,
            active: false,
        };
        let list = |is_cut| EventList {
            events: Arc::new([oldest.clone()]),
            seen: Arc::default(),
            is_cut,
        };
        assert!(list(false).reaches(second(50)) && list(true).reaches(second(101)));
        assert!(!list(true).reaches(second(50)) && !list(true).reaches(second(100)));
    }
}
