use domain::BreachStatus;

use super::{ID, breach, head};
use crate::page::events::{EventsPage, LocationChoice, status_choices};

pub(in crate::page) fn events() -> Vec<EventsPage> {
    let page = |rows: bool, active, complete, status: Option<BreachStatus>| EventsPage {
        head: head(active),
        active,
        all: if active == 1 { 87 } else { 3 },
        rows: if rows {
            BreachStatus::ALL
                .iter()
                .map(|status| breach(*status, true))
                .collect()
        } else {
            Vec::new()
        },
        filtered: status.is_some(),
        complete,
        locations: vec![LocationChoice {
            id: ID.into(),
            name: "North <gate>".into(),
            chosen: complete,
        }],
        statuses: status_choices(status),
    };
    vec![
        page(true, 1, true, Some(BreachStatus::Active)),
        page(true, 2, true, None),
        page(false, 0, false, None),
        page(false, 0, true, None),
        page(false, 0, true, Some(BreachStatus::Lapsed)),
    ]
}
