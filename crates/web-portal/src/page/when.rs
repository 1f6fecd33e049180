//! Times as a page shows them: in the project's local time, with the exact time for machines.

use domain::{TimeZone, Timestamp};
use serde::Serialize;

/// A moment on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct When {
    /// RFC 3339 in UTC, for `<time datetime>`.
    iso: String,
    /// What people read.
    pub(super) text: String,
}

impl When {
    /// "06:02" of the same local day, "Fri 20 Nov, 06:02" of another.
    pub(crate) fn near(at: Timestamp, zone: &TimeZone, now: Timestamp) -> Self {
        let same_day = zone.to_datetime(at).date() == zone.to_datetime(now).date();
        Self::format(
            at,
            zone,
            if same_day {
                "%H:%M"
            } else {
                "%a %-d %b, %H:%M"
            },
        )
    }

    /// "Sat 21 Nov 2026, 14:32:10".
    pub(crate) fn full(at: Timestamp, zone: &TimeZone) -> Self {
        Self::format(at, zone, "%a %-d %b %Y, %H:%M:%S")
    }

    fn format(at: Timestamp, zone: &TimeZone, pattern: &str) -> Self {
        Self {
            iso: format!("{at:.0}"),
            text: at.to_zoned(zone.clone()).strftime(pattern).to_string(),
        }
    }
}

/// How long, in the two largest units that say something: "45 s", "12 min", "2 h 44 min", "3 d 4 h".
pub(crate) fn duration(from: Timestamp, to: Timestamp) -> String {
    let seconds = to.duration_since(from).as_secs().max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{minutes} min"),
        3_600..86_400 => format!("{hours} h {} min", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
    }
}

/// The name of a zone, as said once on a page.
pub(crate) fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_is_told_in_the_projects_zone() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let now = at("2026-11-21T04:30:00Z");
        assert_eq!(When::full(now, &zone).text, "Fri 20 Nov 2026, 23:30:00");
        assert_eq!(
            When::near(at("2026-11-20T11:02:00.7Z"), &zone, now).text,
            "06:02"
        );
        assert_eq!(
            When::near(at("2026-11-20T04:59:00Z"), &zone, now).text,
            "Thu 19 Nov, 23:59"
        );
        assert_eq!(
            When::near(at("2026-11-20T11:02:00.7Z"), &zone, now).iso,
            "2026-11-20T11:02:00Z"
        );
    }

    #[test]
    fn a_duration_says_its_two_largest_units() {
        let start = at("2026-11-20T00:00:00Z");
        for (end, said) in [
            ("2026-11-19T23:00:00Z", "0 s"),
            ("2026-11-20T00:00:59Z", "59 s"),
            ("2026-11-20T00:12:30Z", "12 min"),
            ("2026-11-20T02:44:00Z", "2 h 44 min"),
            ("2026-11-23T04:59:00Z", "3 d 4 h"),
        ] {
            assert_eq!(duration(start, at(end)), said);
        }
    }
}
