//! The audit log: who did what, on what, when and from where.

pub(crate) mod export;
pub(crate) mod list;
mod sieve;

use domain::{TimeZone, Timestamp};
use store_operator::{AuditFilter, OperatorError};

/// The beginning of a day of the local time.
fn day_begins(
    field: &'static str,
    text: &str,
    zone: &TimeZone,
    after: bool,
) -> Result<Timestamp, OperatorError> {
    let refused = || OperatorError::Invalid {
        field,
        problem: "a date is written as in 2026-11-21".to_owned(),
    };
    let day = TimeZone::UTC.to_datetime(store_operator::date(field, text)?);
    let day = if after {
        day.tomorrow().ok()
    } else {
        Some(day)
    };
    let begins = day.and_then(|day| zone.to_timestamp(day).ok());
    begins.ok_or_else(refused)
}

/// Whether a filter lets everything through.
fn is_all(filter: &AuditFilter) -> bool {
    *filter == AuditFilter::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_firms_own_time() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let begins = |text, after| day_begins("from", text, &zone, after).map(|at| at.to_string());
        assert_eq!(begins("2026-11-21", false).unwrap(), "2026-11-21T05:00:00Z");
        assert_eq!(begins("2026-11-21", true).unwrap(), "2026-11-22T05:00:00Z");
        // The day on which the clocks go back has twenty-five hours.
        assert_eq!(begins("2026-11-01", false).unwrap(), "2026-11-01T04:00:00Z");
        assert_eq!(begins("2026-11-01", true).unwrap(), "2026-11-02T05:00:00Z");
        for wrong in ["", "21.11.2026", "2026-02-30", "9999-12-31T00:00:00Z"] {
            assert!(begins(wrong, false).is_err(), "{wrong}");
        }
        assert!(begins("9999-12-31", true).is_err());
    }
}
