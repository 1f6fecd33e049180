//! Samples of a project's page.

use domain::{TimeZone, Timestamp};
use web::Page;
use web::when::When;

use super::audience::{Opened, watching};
use super::breaches::{BreachRow, Breaches, Now};
use super::detail::{EVERY_S, Place, PortalPanel, ProjectPage, Stay};
use crate::page::board::Chip;
use crate::page::head::Head;

const ID: &str = "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01";

fn when() -> When {
    When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
}

fn stay(ends: bool) -> Stay {
    Stay {
        id: ID.into(),
        unit: "SLM-101".into(),
        place: "North <gate>".into(),
        from: when(),
        until: ends.then(when),
    }
}

fn now(known: bool, live: bool) -> Now {
    Now {
        live,
        state: if known { Chip::above() } else { Chip::sample() },
        symbol: "Leq".into(),
        level: known.then(|| "71.2".into()),
        age: known.then(when),
    }
}

fn breaches(known: bool) -> Breaches {
    let row = |active: bool, known: bool| BreachRow {
        place: "North <gate>".into(),
        unit: "SLM-101".into(),
        limit: "Night <noise>: Leq, 65.0 dB".into(),
        onset: when(),
        lasted: known.then(|| "12 min".into()),
        peak: (known && !active).then(|| "71.2".into()),
        active,
        state: if active { "Active now" } else { "Ended" },
        clear: (known && !active).then(when),
    };
    if known {
        Breaches {
            rows: vec![row(true, true), row(false, true), row(false, false)],
            active: 1,
            more: 2,
            untold: vec!["South <fence>".into(), "Roof".into()],
        }
    } else {
        Breaches::default()
    }
}

fn place(stay: Option<Stay>, known: bool) -> Place {
    Place {
        id: ID.into(),
        name: "North <gate>".into(),
        description: known.then(|| "On the <mast>".into()),
        position: known.then(|| "40.70740, -74.01230".into()),
        now: now(known, stay.is_some()),
        stay,
        up: known.then(|| ID.into()),
        down: (!known).then(|| ID.into()),
    }
}

impl Page for ProjectPage {
    const TEMPLATE: &'static str = "operator/projects-detail.html";

    fn samples() -> Vec<Self> {
        let page = |known: bool, linked: bool, portal, stays: Vec<Stay>| Self {
            head: Head::sample("projects", false),
            refresh_s: EVERY_S,
            away: known && !linked,
            breaches: breaches(known && linked),
            id: ID.into(),
            name: "Harbour <Tower>".into(),
            number: known.then(|| "P-17".into()),
            address: known.then(|| "1 Quay <Street>".into()),
            status: if known { "active" } else { "deleted" },
            deleted: !known,
            client: linked.then(|| format!("/clients/{ID}")),
            client_name: known.then(|| "Harbour & Sons".into()),
            places: if known {
                vec![
                    place(Some(stay(false)), false),
                    place(Some(stay(true)), true),
                    place(None, true),
                ]
            } else {
                Vec::new()
            },
            to_come: stays.clone(),
            past: stays,
            portal,
            statuses: vec![("completed", "Complete"), ("deleted", "Delete")],
        };
        let opened = |from: Option<&str>| {
            Some(Opened {
                at: when(),
                from: from.map(str::to_owned),
            })
        };
        let portal = |open: bool, has_password, last_opened| PortalPanel {
            open,
            has_password,
            link: open.then(|| "http://127.0.0.1:8000/portal/p/AAAA".into()),
            last_opened,
            watching: watching(Some(2)),
        };
        let both = vec![stay(true), stay(false)];
        vec![
            page(
                true,
                true,
                portal(true, true, opened(Some("203.0.113.7"))),
                both,
            ),
            page(true, false, portal(true, true, None), Vec::new()),
            page(true, false, portal(false, true, opened(None)), Vec::new()),
            page(false, false, portal(false, false, None), Vec::new()),
            Self {
                head: Head::sample_for_operator("projects"),
                ..page(
                    true,
                    true,
                    portal(true, true, opened(None)),
                    vec![stay(true)],
                )
            },
            Self {
                head: Head::sample_for_operator("projects"),
                ..page(true, false, portal(false, true, None), Vec::new())
            },
        ]
    }
}
