//! Contexts that show both sides of every condition in the templates.

use domain::{BreachStatus, LocationState, TimeZone, Timestamp};

use super::events::{EventsPage, LocationChoice, status_choices};
use super::location::LocationPage;
use super::overview::{OverviewPage, Tile};
use super::parts::{BreachRow, Figure, InterruptionRow, LimitLine, StateMark, Symbol};
use super::when::When;
use crate::view::Rollup;

const ID: &str = "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01";
const ZONE: &str = "America/New York";

fn at() -> When {
    When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
}

fn near() -> When {
    When::near(Timestamp::UNIX_EPOCH, &TimeZone::UTC, Timestamp::UNIX_EPOCH)
}

fn symbol(below: &str) -> Symbol {
    Symbol {
        letter: "L".into(),
        below: below.into(),
        spoken: "average level",
    }
}

fn figure(below: &str, value: Option<&str>) -> Figure {
    Figure {
        symbol: symbol(below),
        value: value.map(Into::into),
    }
}

fn tile(state: LocationState, above_limit: bool, value: Option<&str>) -> Tile {
    let live = state == LocationState::Measuring;
    Tile {
        id: ID.into(),
        name: "North <gate>".into(),
        mark: StateMark::of(state, above_limit),
        above_limit,
        headline: symbol("eq"),
        value: value.map(Into::into),
        since: live.then(near),
        age: value.map(|_| "2 s".into()),
        remembered: state == LocationState::Stale,
        explanation: (!live).then(|| "Why there is no current number.".into()),
        figures: value
            .map(|_| vec![figure("p", Some("65.2")), figure("1", None)])
            .unwrap_or_default(),
    }
}

fn breach(status: BreachStatus, located: bool) -> BreachRow {
    let over = status == BreachStatus::Cleared;
    BreachRow {
        location: located.then(|| (ID.into(), "North <gate>".into())),
        limit: "Night <noise>".into(),
        symbol: symbol("eq"),
        threshold: "65.0".into(),
        onset: near(),
        lasted: (status != BreachStatus::Lapsed).then(|| "12 min".into()),
        peak: over.then(|| "71.2".into()),
        status: status.as_str(),
        status_label: "In words",
    }
}

pub(super) fn overview() -> Vec<OverviewPage> {
    let page = |tiles: Vec<Tile>, rollup| OverviewPage {
        project: "Harbour <Tower>".into(),
        zone: ZONE.into(),
        at: at(),
        rollup,
        tiles,
    };
    let tiles = LocationState::ALL
        .iter()
        .map(|state| tile(*state, false, None));
    let valued = [
        tile(LocationState::Measuring, true, Some("68.4")),
        tile(LocationState::Measuring, false, Some("61.0")),
        tile(LocationState::Stale, false, Some("57.3")),
    ];
    let every = Rollup {
        locations: 10,
        measuring: 2,
        stopped: 1,
        offline: 1,
        stale: 2,
        no_data: 1,
        no_meter: 1,
        unavailable: 1,
        above_limit: 1,
    };
    vec![
        page(valued.into_iter().chain(tiles).collect(), every),
        page(Vec::new(), Rollup::default()),
    ]
}

pub(super) fn location() -> Vec<LocationPage> {
    let page = |tile, above_since, breaches| LocationPage {
        project: "Harbour <Tower>".into(),
        zone: ZONE.into(),
        at: at(),
        tile,
        cards: Vec::new(),
        above_since,
        limits: Vec::new(),
        breaches,
        interruptions: Vec::new(),
    };
    let all = BreachStatus::ALL
        .iter()
        .map(|status| breach(*status, false))
        .collect();
    let full = LocationPage {
        cards: vec![figure("eq", Some("68.4")), figure("10", None)],
        limits: vec![LimitLine {
            name: "Night <noise>".into(),
            symbol: symbol("eq"),
            words: "above 65.0 dB for 60 s, 22:00 to 07:00, Mon to Fri".into(),
        }],
        interruptions: vec![
            InterruptionRow {
                from: near(),
                to: None,
                lasted: "3 min".into(),
            },
            InterruptionRow {
                from: near(),
                to: Some(near()),
                lasted: "12 min".into(),
            },
        ],
        ..page(
            tile(LocationState::Measuring, true, Some("68.4")),
            Some(near()),
            Some(all),
        )
    };
    vec![
        full,
        page(
            tile(LocationState::NoMeter, false, None),
            None,
            Some(Vec::new()),
        ),
        page(tile(LocationState::Stale, false, Some("57.3")), None, None),
    ]
}

pub(super) fn events() -> Vec<EventsPage> {
    let page = |rows: Vec<BreachRow>, active, complete, status| EventsPage {
        project: "Harbour <Tower>".into(),
        zone: ZONE.into(),
        at: at(),
        active,
        rows,
        complete,
        locations: vec![LocationChoice {
            id: ID.into(),
            name: "North <gate>".into(),
            chosen: complete,
        }],
        statuses: status_choices(status),
    };
    let all = || {
        BreachStatus::ALL
            .iter()
            .map(|status| breach(*status, true))
            .collect()
    };
    vec![
        page(all(), 1, true, Some(BreachStatus::Active)),
        page(all(), 2, true, None),
        page(Vec::new(), 0, false, None),
    ]
}
