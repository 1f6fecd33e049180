//! Limits in words.

use domain::{Limit, TimeZone, Timestamp};
use serde::Serialize;
use web::limit_words::limit_words;

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
        Some(Self {
            name: limit.name.clone(),
            symbol: symbols.of(metric),
            words: limit_words(
                limit.comparison,
                limit.threshold,
                limit.duration_s,
                limit.schedule.as_ref(),
            ),
            threshold: format!("{} dB", short_db(limit.threshold)),
            in_force: limit.in_force(now, limits_zone),
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Comparison, Schedule, fixed_zone};

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
