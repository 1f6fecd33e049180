//! Limits in words.

use domain::{Comparison, Limit, Schedule, TimeZone, Timestamp};
use serde::Serialize;

use super::symbol::{Symbol, Symbols, short_db};

/// A limit as a client reads it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LimitLine {
    pub(in crate::page) name: String,
    pub(in crate::page) symbol: Symbol,
    /// "70 dB".
    pub(in crate::page) threshold: String,
    /// "above 65 dB for 60 s, 22:00 to 07:00, Mon to Fri", to be read after the symbol.
    pub(in crate::page) words: String,
    pub(in crate::page) in_force: bool,
}

impl LimitLine {
    /// `None` for a limit that is switched off or watches nothing.
    pub(crate) fn of(
        limit: &Limit,
        symbols: Symbols<'_>,
        now: Timestamp,
        limits_zone: &TimeZone,
    ) -> Option<Self> {
        let metric = limit.metric.filter(|_| limit.enabled)?;
        let threshold = short_db(limit.threshold);
        let side = match limit.comparison {
            Comparison::Above => "above",
            Comparison::Below => "below",
        };
        let lasting = match limit.duration_s {
            ..=0 => String::new(),
            seconds => format!(" for {}", lasting(seconds)),
        };
        let hours = limit
            .schedule
            .as_ref()
            .map_or(", at any time".to_owned(), schedule_words);
        Some(Self {
            name: limit.name.clone(),
            symbol: symbols.of(metric),
            words: format!("{side} {threshold} dB{lasting}{hours}"),
            threshold: format!("{threshold} dB"),
            in_force: limit.in_force(now, limits_zone),
        })
    }
}

/// How long a limit has to be broken, as people write it: "60 s", "5 min".
pub(crate) fn lasting(seconds: i64) -> String {
    if seconds > 120 && seconds % 60 == 0 {
        format!("{} min", seconds / 60)
    } else {
        format!("{seconds} s")
    }
}

/// What has to be said where limits' hours are not told by the site's clock; `None` where they are,
/// or where no limit has hours.
pub(crate) fn hours_note(
    limits: &[Limit],
    now: Timestamp,
    site: &TimeZone,
    limits_zone: &TimeZone,
) -> Option<String> {
    let has_hours = |limit: &Limit| {
        let hours = limit.schedule.as_ref().and_then(|schedule| schedule.hours);
        limit.enabled && hours.is_some()
    };
    let (theirs, ours) = (limits_zone.to_offset(now), site.to_offset(now));
    (theirs != ours && limits.iter().any(has_hours)).then(|| {
        format!("The hours of limits are kept in UTC{theirs} all year; the site's clock is at UTC{ours} now.")
    })
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn schedule_words(schedule: &Schedule) -> String {
    let hours = schedule
        .hours
        .map(|(start, end)| format!(", {start} to {end}"))
        .unwrap_or_default();
    let days = schedule
        .days
        .as_deref()
        .map(day_words)
        .map(|days| format!(", {days}"))
        .unwrap_or_default();
    hours + &days
}

/// "Mon to Fri" for a run of three or more, else each day.
fn day_words(days: &[u8]) -> String {
    let name = |day: &u8| DAYS.get(usize::from(*day)).copied().unwrap_or_default();
    let is_run = days
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a + 1 == *b));
    match days {
        [first, .., last] if is_run && days.len() > 2 => {
            format!("{} to {}", name(first), name(last))
        }
        _ => days.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fixed_zone;

    #[test]
    fn days_are_said_as_people_say_them() {
        for (days, said) in [
            (&[0, 1, 2, 3, 4][..], "Mon to Fri"),
            (&[5, 6], "Sat, Sun"),
            (&[0, 2, 4], "Mon, Wed, Fri"),
            (&[6], "Sun"),
        ] {
            assert_eq!(day_words(days), said);
        }
    }

    #[test]
    fn hours_of_another_clock_are_said_to_be() {
        let site = TimeZone::get("America/New_York").unwrap();
        let note = |at: &str, schedule| {
            let limit = Limit {
                rule: 1,
                name: "Night".into(),
                metric: None,
                comparison: Comparison::Above,
                threshold: 55.0,
                duration_s: 60,
                clear_margin: 2.0,
                schedule,
                enabled: true,
            };
            hours_note(&[limit], at.parse().unwrap(), &site, &fixed_zone(-5))
        };
        let night = || Schedule::from_slmm(Some("22:00"), Some("07:00"), None).unwrap();
        assert_eq!(note("2026-11-21T12:00:00Z", night()), None);
        assert_eq!(
            note("2026-07-21T12:00:00Z", night()).unwrap(),
            "The hours of limits are kept in UTC-05 all year; the site's clock is at UTC-04 now."
        );
        assert_eq!(note("2026-07-21T12:00:00Z", None), None);
    }
}
