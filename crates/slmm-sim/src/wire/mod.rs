//! The shapes of SLMM's answers, field by field in its order.

mod frame;
mod status;
mod tables;

use domain::Timestamp;
use serde::Serialize;

pub(crate) use frame::{frame, heartbeat};
pub(crate) use status::{roster, status};
pub(crate) use tables::{Acknowledged, Deleted, RuleBody, RulesBody, events, history, monitors};

use crate::reply::Named;

/// A time as Python writes one without a zone: UTC, six digits of fraction or none at all.
pub(crate) fn naive(at: Timestamp) -> String {
    let utc = jiff::tz::TimeZone::UTC.to_datetime(at);
    let format = if at.subsec_microsecond() == 0 && at.subsec_millisecond() == 0 {
        "%Y-%m-%dT%H:%M:%S"
    } else {
        "%Y-%m-%dT%H:%M:%S.%6f"
    };
    utc.strftime(format).to_string()
}

#[derive(Serialize, Default)]
struct Levels {
    lp: Option<String>,
    leq: Option<String>,
    lmax: Option<String>,
    lmin: Option<String>,
    lpeak: Option<String>,
    ln1: Option<String>,
    ln2: Option<String>,
}

impl From<Named> for Levels {
    fn from(named: Named) -> Self {
        let Named {
            lp,
            leq,
            lmax,
            lmin,
            lpeak,
            ln1,
            ln2,
        } = named;
        Self {
            lp,
            leq,
            lmax,
            lmin,
            lpeak,
            ln1,
            ln2,
        }
    }
}
