//! Short ways to say a time, a level and a stay. All times are of one day: 2026-11-21, a Saturday.

use domain::{Decibel, Levels, Tenure, Timestamp, Window};

/// A time of the day, UTC: `04:00` or `04:00:30`; with a date in front, of another day.
pub(crate) fn at(text: &str) -> Timestamp {
    let (date, time) = text.split_once(' ').unwrap_or(("2026-11-21", text));
    let seconds = if time.len() == 5 { ":00" } else { "" };
    format!("{date}T{time}{seconds}Z").parse().unwrap()
}

pub(crate) fn db(level: f64) -> Decibel {
    Decibel::new(level).unwrap()
}

pub(crate) fn stay(from: &str, until: Option<&str>) -> Tenure {
    Tenure {
        window: Window {
            from: at(from),
            until: until.map(at),
        },
        left_elsewhere_at: None,
    }
}

/// A running stay of a meter that came straight from another location.
pub(crate) fn moved_in(at_time: &str) -> Tenure {
    Tenure {
        left_elsewhere_at: Some(at(at_time)),
        ..stay(at_time, None)
    }
}

/// Levels with a value for every metric.
pub(crate) fn levels() -> Levels {
    Levels {
        lp: Some(db(61.0)),
        leq: Some(db(62.0)),
        lmax: Some(db(80.0)),
        lmin: Some(db(40.0)),
        lpeak: Some(db(95.0)),
        ln1: Some(db(75.0)),
        ln2: Some(db(66.0)),
    }
}
