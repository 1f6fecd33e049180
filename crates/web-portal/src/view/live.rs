//! One location, now.

use domain::{Levels, Observation, Reading, Timestamp};
use serde::Serialize;
use store::Location;

use super::{Utc, level, one_decimal};
use crate::survey::Sighting;

/// A location by its own id and name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LocationName {
    id: String,
    name: String,
}

impl From<&Location> for LocationName {
    fn from(location: &Location) -> Self {
        Self {
            id: location.id().to_string(),
            name: location.name().to_owned(),
        }
    }
}

/// The levels of one snapshot, dB.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReadingView {
    at: Utc,
    lp: Option<f64>,
    leq: Option<f64>,
    lmax: Option<f64>,
    lpeak: Option<f64>,
    ln1: Option<f64>,
    ln2: Option<f64>,
}

impl From<Reading> for ReadingView {
    fn from(reading: Reading) -> Self {
        let Reading { at, levels } = reading;
        let Levels {
            lp,
            leq,
            lmax,
            lmin: _,
            lpeak,
            ln1,
            ln2,
        } = levels;
        Self {
            at: Utc(at),
            lp: level(lp),
            leq: level(leq),
            lmax: level(lmax),
            lpeak: level(lpeak),
            ln1: level(ln1),
            ln2: level(ln2),
        }
    }
}

/// `GET /portal/api/location/{id}/live`.
#[derive(Debug, Serialize)]
pub(crate) struct LiveView {
    location: LocationName,
    state: &'static str,
    measuring_since: Option<Utc>,
    age_s: Option<f64>,
    remembered: bool,
    reading: Option<ReadingView>,
}

impl LiveView {
    /// What is said of a location at `now`.
    pub(crate) fn new(location: &Location, sighting: &Sighting, now: Timestamp) -> Self {
        let Sighting {
            observation,
            remembered,
            levels: _,
            reachable: _,
            began: _,
        } = *sighting;
        let Observation {
            state,
            reading,
            measuring_since,
        } = observation;
        Self {
            location: location.into(),
            state: state.as_str(),
            measuring_since: measuring_since.map(Utc),
            age_s: reading.map(|reading| age_s(reading.at, now)),
            remembered,
            reading: reading.map(ReadingView::from),
        }
    }
}

/// How old a reading is, s; one from a meter whose clock runs ahead is new.
pub(crate) fn age_s(at: Timestamp, now: Timestamp) -> f64 {
    one_decimal(now.duration_since(at).as_secs_f64().max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moment() -> impl Strategy<Value = Timestamp> {
        let near = 1_795_233_600_000..1_795_240_000_000_i64;
        let all = Timestamp::MIN.as_millisecond()..Timestamp::MAX.as_millisecond();
        prop_oneof![near, all].prop_map(|ms| Timestamp::from_millisecond(ms).unwrap())
    }

    proptest! {
        #[test]
        fn an_age_is_never_negative(at in moment(), now in moment()) {
            let age = age_s(at, now);
            prop_assert!(age.is_finite() && age.is_sign_positive(), "{age}");
            let so_long = now.duration_since(at).as_secs_f64().max(0.0);
            prop_assert!((age - so_long).abs() <= 0.1, "{age} for {so_long}");
        }
    }
}
