//! What may be asked, checked before anything else happens.

use actix_web::HttpRequest;
use actix_web::web::Query;
use domain::{BreachStatus, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use store::Location;
use web::WebError;

use crate::session::Session;

const HOURS: &str = "\"hours\" is a number from 0.1 to 48.";
const LIMIT: &str = "\"limit\" is a whole number from 1 to 200.";
const STATUS: &str = "\"status\" is one of: active, cleared, lapsed.";
const MOMENT: &str = "\"from\" and \"until\" are whole seconds since 1970, UTC.";
const ONCE: &str = "Give each parameter at most once.";

/// How much history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HistoryQuery {
    /// Hours back from now, 0.1 to 48.
    pub(crate) hours: f64,
}

/// Which part of the history, for a download.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RangeQuery {
    /// Hours back from now, 0.1 to 48.
    pub(crate) hours: f64,
    /// Only from this moment on.
    pub(crate) from: Option<Timestamp>,
    /// Only up to this moment.
    pub(crate) until: Option<Timestamp>,
}

/// How many events.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LimitQuery {
    /// 1 to 200.
    pub(crate) limit: usize,
}

/// Which events of the project.
#[derive(Debug, Clone)]
pub(crate) struct EventsFilter {
    /// 1 to 200.
    pub(crate) limit: usize,
    /// Only of this status.
    pub(crate) status: Option<BreachStatus>,
    pub(crate) location: Option<String>,
}

impl EventsFilter {
    /// Reads `?limit=&location=&status=`; an empty one is as good as none.
    ///
    /// # Errors
    /// [`WebError::BadRequest`] says what would be right.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, WebError> {
        Self::read(request.query_string())
    }

    pub(crate) fn read(query: &str) -> Result<Self, WebError> {
        let query: RawEvents = raw(query)?;
        Ok(Self {
            limit: limit(query.limit.as_deref())?,
            status: status(query.status.as_deref())?,
            location: query.location.filter(|id| !id.is_empty()),
        })
    }

    /// The locations asked for: one that is the visitor's, or all.
    pub(crate) fn locations<'a>(
        &self,
        session: &'a Session,
    ) -> Result<Vec<&'a Location>, WebError> {
        match &self.location {
            Some(id) => session.location(id).map(|location| vec![location]),
            None => Ok(session.scope().locations().iter().collect()),
        }
    }
}

#[derive(Deserialize)]
struct RawHistory {
    hours: Option<String>,
}

#[derive(Deserialize)]
struct RawRange {
    hours: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

#[derive(Deserialize)]
struct RawEvents {
    limit: Option<String>,
    location: Option<String>,
    status: Option<String>,
}

fn raw<T: DeserializeOwned>(query: &str) -> Result<T, WebError> {
    let query = Query::<T>::from_query(query);
    query
        .map(Query::into_inner)
        .map_err(|_malformed| WebError::BadRequest(ONCE.into()))
}

fn hours(text: Option<&str>) -> Result<f64, WebError> {
    let hours = text.map_or(Ok(2.0), str::parse::<f64>).ok();
    hours
        .filter(|hours| (0.1..=48.0).contains(hours))
        .ok_or(WebError::BadRequest(HOURS.into()))
}

fn limit(text: Option<&str>) -> Result<usize, WebError> {
    let limit = text
        .filter(|text| !text.is_empty())
        .map_or(Ok(50), str::parse::<usize>)
        .ok();
    limit
        .filter(|limit| (1..=200).contains(limit))
        .ok_or(WebError::BadRequest(LIMIT.into()))
}

fn status(text: Option<&str>) -> Result<Option<BreachStatus>, WebError> {
    let named = text
        .filter(|text| !text.is_empty())
        .map(str::parse::<BreachStatus>);
    named
        .transpose()
        .map_err(|_unknown| WebError::BadRequest(STATUS.into()))
}

impl HistoryQuery {
    /// Reads `?hours=`.
    ///
    /// # Errors
    /// [`WebError::BadRequest`] says what would be right.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, WebError> {
        Self::read(request.query_string())
    }

    pub(crate) fn read(query: &str) -> Result<Self, WebError> {
        let query: RawHistory = raw(query)?;
        Ok(Self {
            hours: hours(query.hours.as_deref())?,
        })
    }
}

impl RangeQuery {
    /// Reads `?hours=&from=&until=`, the latter two in seconds since 1970.
    ///
    /// # Errors
    /// [`WebError::BadRequest`] says what would be right.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, WebError> {
        Self::read(request.query_string())
    }

    pub(crate) fn read(query: &str) -> Result<Self, WebError> {
        let query: RawRange = raw(query)?;
        let (from, until) = (
            moment(query.from.as_deref())?,
            moment(query.until.as_deref())?,
        );
        Ok(Self {
            hours: hours(query.hours.as_deref())?,
            from,
            until,
        })
    }

    /// Whether a moment lies in the part asked for.
    pub(crate) fn contains(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at <= until)
    }
}

fn moment(text: Option<&str>) -> Result<Option<Timestamp>, WebError> {
    let parse = |text: &str| {
        let seconds = text.parse::<i64>().ok();
        seconds
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .ok_or(WebError::BadRequest(MOMENT.into()))
    };
    text.filter(|text| !text.is_empty()).map(parse).transpose()
}

impl LimitQuery {
    /// Reads `?limit=`.
    ///
    /// # Errors
    /// [`WebError::BadRequest`] says what would be right.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, WebError> {
        Self::read(request.query_string())
    }

    pub(crate) fn read(query: &str) -> Result<Self, WebError> {
        let query: RawEvents = raw(query)?;
        Ok(Self {
            limit: limit(query.limit.as_deref())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_a_number_within_what_is_kept() {
        for good in ["0.1", "2", "48", "48.0", "1e1"] {
            assert!(hours(Some(good)).is_ok(), "{good}");
        }
        for bad in [
            "", "0", "0.09", "48.01", "-2", "NaN", "nan", "inf", "-inf", "1e999", "two", "2 ",
            "0x2", "２",
        ] {
            assert!(hours(Some(bad)).is_err(), "{bad}");
        }
        assert!((hours(None).unwrap() - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_moment_is_a_whole_number_of_seconds() {
        let at = moment(Some("1795233600")).unwrap().unwrap();
        assert_eq!(at.to_string(), "2026-11-21T04:00:00Z");
        assert_eq!(moment(Some("")).unwrap(), None);
        for bad in [
            "now",
            "1.5",
            "1e9",
            "99999999999999999",
            "-99999999999999",
            "2026-11-21",
        ] {
            assert!(moment(Some(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_limit_is_a_whole_number_up_to_two_hundred() {
        for good in ["1", "50", "200"] {
            assert!(limit(Some(good)).is_ok(), "{good}");
        }
        for bad in ["0", "201", "-1", "1.5", "ten", "99999999999999999999999"] {
            assert!(limit(Some(bad)).is_err(), "{bad}");
        }
    }
}
