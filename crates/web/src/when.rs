//! Times as a page shows them: in the project's local time, with the exact time for machines.

use domain::{TimeZone, Timestamp};
use serde::Serialize;

/// A moment on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct When {
    /// RFC 3339 in UTC, for `<time datetime>`.
    pub iso: String,
    /// What people read.
    pub text: String,
}

impl When {
    /// "06:02" of the same local day, "Fri 20 Nov, 06:02" of another.
    pub fn near(at: Timestamp, zone: &TimeZone, now: Timestamp) -> Self {
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
    pub fn full(at: Timestamp, zone: &TimeZone) -> Self {
        Self::format(at, zone, "%a %-d %b %Y, %H:%M:%S")
    }

    /// "14:32".
    pub fn minute(at: Timestamp, zone: &TimeZone) -> Self {
        Self::format(at, zone, "%H:%M")
    }

    /// "14:32:10", of a page's own time.
    pub fn clock(at: Timestamp, zone: &TimeZone) -> Self {
        Self::format(at, zone, "%H:%M:%S")
    }

    /// "2 s ago".
    pub fn ago(at: Timestamp, now: Timestamp) -> Self {
        Self {
            iso: format!("{at:.0}"),
            text: format!("{} ago", duration(at, now)),
        }
    }

    /// "today", "20 Nov" of the same year, "20 Nov 2025" of another.
    pub fn day(at: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
        let (day, today) = (zone.to_datetime(at).date(), zone.to_datetime(now).date());
        let pattern = if day.year() == today.year() {
            "%-d %b"
        } else {
            "%-d %b %Y"
        };
        if day == today {
            "today".to_owned()
        } else {
            day.strftime(pattern).to_string()
        }
    }

    /// "today 14:32", "20 Nov 23:30".
    pub fn day_and_minute(at: Timestamp, zone: &TimeZone, now: Timestamp) -> Self {
        let Self { iso, text } = Self::minute(at, zone);
        let text = format!("{} {text}", Self::day(at, zone, now));
        Self { iso, text }
    }

    /// "at 14:32" of today, "on 20 Nov" of another day.
    pub fn on(at: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
        match Self::day(at, zone, now) {
            day if day == "today" => format!("at {}", Self::near(at, zone, now).text),
            day => format!("on {day}"),
        }
    }

    /// "2026-11-21T09:32:10-05:00".
    pub fn local(at: Timestamp, zone: &TimeZone) -> String {
        let local = at.to_zoned(zone.clone());
        local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    fn format(at: Timestamp, zone: &TimeZone, pattern: &str) -> Self {
        Self {
            iso: format!("{at:.0}"),
            text: at.to_zoned(zone.clone()).strftime(pattern).to_string(),
        }
    }
}

/// How long, in the two largest units that say something: "45 s", "12 min", "2 h 44 min", "3 d 4 h".
pub fn duration(from: Timestamp, to: Timestamp) -> String {
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
pub fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    /// The scripts, whose tests read the same file, go on counting in the same words.
    #[test]
    fn a_duration_says_its_two_largest_units() {
        let cases: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../../tests/fixtures/words/durations.json"))
                .unwrap();
        assert!(cases.len() > 10);
        let start = at("2026-11-20T00:00:00Z");
        for case in &cases {
            let seconds = jiff::SignedDuration::from_secs(case["seconds"].as_i64().unwrap());
            assert_eq!(
                duration(start, start + seconds),
                case["words"].as_str().unwrap()
            );
        }
    }

    #[test]
    fn a_day_is_named_only_where_it_is_another() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let now = at("2026-11-21T04:30:00Z");
        let day = |text| When::day(at(text), &zone, now);
        assert_eq!(day("2026-11-20T12:00:00Z"), "today");
        assert_eq!(day("2026-11-20T04:00:00Z"), "19 Nov");
        assert_eq!(day("2025-11-20T12:00:00Z"), "20 Nov 2025");
        let opened = |text| When::day_and_minute(at(text), &zone, now).text;
        assert_eq!(opened("2026-11-20T19:02:59Z"), "today 14:02");
        assert_eq!(opened("2026-11-20T04:00:00Z"), "19 Nov 23:00");
        assert_eq!(When::on(at("2026-11-20T12:00:00Z"), &zone, now), "at 07:00");
        assert_eq!(
            When::on(at("2026-11-18T12:00:00Z"), &zone, now),
            "on 18 Nov"
        );
    }

    #[test]
    fn a_file_gives_the_offset_of_its_day() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let local = |text| When::local(at(text), &zone);
        assert_eq!(local("2026-11-21T14:32:10Z"), "2026-11-21T09:32:10-05:00");
        assert_eq!(local("2026-07-21T14:32:10Z"), "2026-07-21T10:32:10-04:00");
    }

    fn moment() -> impl Strategy<Value = Timestamp> {
        let all = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
        let near = 1_795_233_600..1_795_240_000_i64;
        prop_oneof![all, near].prop_map(|second| Timestamp::from_second(second).unwrap())
    }

    proptest! {
        /// Also of a meter whose clock runs ahead, and however far away.
        #[test]
        fn nothing_is_ever_a_negative_time_ago(at in moment(), now in moment(), zone in 0..3_usize) {
            prop_assert!(!duration(at, now).contains('-'));
            prop_assert!(!When::ago(at, now).text.contains('-'));
            if at >= now {
                prop_assert_eq!(duration(at, now), "0 s");
            }
            let zone = TimeZone::get(["UTC", "Pacific/Apia", "America/New_York"][zone]).unwrap();
            let told = [
                When::near(at, &zone, now).text,
                When::full(at, &zone).text,
                When::local(at, &zone),
                When::day_and_minute(at, &zone, now).text,
                When::on(at, &zone, now),
            ];
            prop_assert!(told.iter().all(|text| !text.is_empty()));
        }
    }
}
