//! Contexts that show both sides of every condition in the templates. The snapshots and the style
//! guide are made of them.

mod events;
mod location;
mod overview;

pub(super) use events::events;
pub(super) use location::location;
pub(super) use overview::overview;

use domain::{BreachStatus, TimeZone, Timestamp};

use super::head::Head;
use super::part::breaches::{BreachRow, Place, status_label};
use super::part::rail::{Notch, Rail};
use super::part::spark::Spark;
use super::part::standing::Standing;
use super::part::symbol::{Figure, Symbol};
use super::part::tile::{Broken, Closest, Tile};
use web::when::When;

const ID: &str = "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01";

fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn now() -> Timestamp {
    time("2026-11-21T19:32:10Z")
}

fn zone() -> TimeZone {
    TimeZone::get("America/New_York").unwrap_or(TimeZone::UTC)
}

fn near(text: &str) -> When {
    When::near(time(text), &zone(), now())
}

fn head(above: usize) -> Head {
    Head {
        project: "Harbour <Tower>".into(),
        zone: "America/New York".into(),
        zone_id: "America/New_York".into(),
        at: When::full(now(), &zone()),
        clock: When::clock(now(), &zone()),
        refresh_s: 15,
        section: "overview",
        above,
        away: above == 2,
    }
}

fn symbol(below: &str) -> Symbol {
    Symbol {
        letter: "L".into(),
        below: below.into(),
        spoken: "average level".into(),
    }
}

/// The quantities as they are written.
pub(super) fn symbols() -> Vec<Symbol> {
    ["p", "eq", "max", "peak", "1", "10"].map(symbol).into()
}

fn figure(metric: &'static str, below: &str, value: Option<&str>) -> Figure {
    Figure {
        metric,
        symbol: symbol(below),
        value: value.map(Into::into),
    }
}

fn rail(fill: &str, notch: bool) -> Rail {
    Rail {
        class: if notch { "above" } else { "" },
        fill: fill.into(),
        notch: notch.then(|| Notch {
            at: "57.14%".into(),
            from: "57.14%".into(),
            rest: "42.86%".into(),
            label: "limit 70".into(),
            anchor: "middle",
        }),
        spoken: "73.8 dB on a scale of 30 to 100, limit 70".into(),
    }
}

fn spark(limit: bool) -> Spark {
    Spark {
        path: "M0.0 24.0L9.0 19.5L18.0 21.0L27.0 14.0L36.0 16.5M52.0 12.0L61.0 9.5L70.0 11.0L80.0 6.0L92.0 8.0"
            .into(),
        limit: limit.then(|| "12.0".into()),
    }
}

/// A tile of a location that stands so; `value` where a number is shown.
fn tile(name: &str, standing: Standing, value: Option<&str>) -> Tile {
    let live = standing.is_live();
    let limited = matches!(
        standing,
        Standing::Above | Standing::Under | Standing::Over | Standing::Near | Standing::Below
    );
    Tile {
        id: ID.into(),
        code: "A".into(),
        name: name.into(),
        mark: standing.mark(),
        headline: symbol("eq"),
        value: value.map(Into::into),
        since: live.then(|| near("2026-11-21T11:02:00Z")),
        age: (standing != Standing::NoMeter)
            .then(|| When::ago(time("2026-11-21T19:32:08Z"), now())),
        blank: live && value.is_none(),
        broken: standing.is_broken().then(|| Broken {
            words: "Above since",
            since: near("2026-11-21T19:21:00Z"),
        }),
        rail: value.filter(|_| live).map(|_| rail("62.57%", limited)),
        spark: value.map(|_| spark(limited)),
        closest: (standing == Standing::Near).then(|| Closest {
            words: "Closest limit",
            symbol: symbol("max"),
            threshold: "105".into(),
            margin: "1.9 dB below".into(),
        }),
        why: why(standing).map(Into::into),
        figures: if live {
            vec![
                figure("lp", "p", Some("74.6")),
                figure("lmax", "max", Some("91.2")),
                figure("ln1", "1", Some("83.4")),
                figure("ln2", "10", None),
            ]
        } else {
            Vec::new()
        },
        latitude: live.then_some(40.7074),
        longitude: live.then_some(-74.0113),
    }
}

fn why(standing: Standing) -> Option<&'static str> {
    match standing {
        Standing::Over => {
            Some("Leq 71.2 dB is past the limit of 70 dB; it counts as a breach after 60 s.")
        }
        Standing::Unknown => Some("Whether it keeps to its limits cannot be told at the moment."),
        Standing::Stale => Some("No new reading since 14:26. The value may be out of date."),
        Standing::Offline => {
            Some("No contact with the meter since 11:48. Last value 62.0 dB at 11:47.")
        }
        Standing::Stopped => Some("Not measuring. Last value 51.7 dB at 13:00."),
        Standing::NoData => Some("The meter has not given a reading yet."),
        Standing::Unavailable => Some("The readings cannot be reached at the moment."),
        Standing::NoMeter => Some("No meter is assigned here. The last one was removed on 20 Nov."),
        _ => None,
    }
}

fn place() -> Place {
    Place {
        id: ID.into(),
        code: "A".into(),
        name: "North <gate>".into(),
    }
}

fn breach(status: BreachStatus, located: bool) -> BreachRow {
    let over = status == BreachStatus::Cleared;
    BreachRow {
        place: located.then(place),
        limit: "Night <noise>".into(),
        symbol: symbol("eq"),
        threshold: "65".into(),
        onset: near("2026-11-21T19:21:00Z"),
        time: When::minute(time("2026-11-21T19:21:00Z"), &zone()),
        day: if over { "20 Nov" } else { "today" }.into(),
        clear: over.then(|| near("2026-11-21T19:30:00Z")),
        lasted: (status != BreachStatus::Lapsed).then(|| "12 min".into()),
        peak: over.then(|| "71.2".into()),
        level: (status == BreachStatus::Active).then(|| "73.8".into()),
        status: status.as_str(),
        status_label: status_label(status),
    }
}
