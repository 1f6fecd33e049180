//! SLMM's times: UTC without saying so.

use domain::{TimeZone, Timestamp};
use jiff::civil::DateTime;

/// The shortest time SLMM writes: `2026-11-21T04:22:48`.
const SHORTEST: usize = 19;

/// Reads a time of SLMM: `2026-11-21T04:25:45.458256`, the fraction being optional. What says its
/// offset from UTC is taken at its word.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    if text.len() < SHORTEST || text.contains('[') {
        return None;
    }
    if says_offset(text) {
        return text.parse().ok();
    }
    let civil: DateTime = text.parse().ok()?;
    let zoned = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(zoned.timestamp())
}

fn says_offset(text: &str) -> bool {
    let time_of_day = text.get(SHORTEST..).unwrap_or_default();
    time_of_day.contains(['Z', 'z', '+', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_naive_time_is_utc() {
        for (text, utc) in [
            ("2026-11-21T04:25:45.458256", "2026-11-21T04:25:45.458256Z"),
            ("2026-11-21T04:22:48", "2026-11-21T04:22:48Z"),
            ("2026-11-21T04:22:48Z", "2026-11-21T04:22:48Z"),
            ("2026-11-21T04:22:48.5Z", "2026-11-21T04:22:48.5Z"),
            ("2026-11-21 04:22:48", "2026-11-21T04:22:48Z"),
            ("2026-11-20T23:22:48-05:00", "2026-11-21T04:22:48Z"),
            ("2026-11-21T04:22:48+00:00", "2026-11-21T04:22:48Z"),
            // In the hour that a clock in New York shows twice.
            ("2026-11-01T01:30:00", "2026-11-01T01:30:00Z"),
        ] {
            assert_eq!(parse(text), Some(utc.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "now",
            "2026-11-21",
            "2026-11-21T04:22",
            "04:22:48",
            "2026-13-21T04:22:48",
            "2026-11-21T24:22:48",
            "0000-00-00T00:00:00",
            "2026-11-21T04:22:48[America/New_York]",
            "2026-11-21T04:22:48 o'clock",
            "ååååååååååååååååååååå",
            "2026-11-21T04:22:48-99:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
