//! Limits in words, the same to clients and to staff.

use domain::{Comparison, Schedule};

/// The days of the week in short, Monday first.
pub const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// "above 65 dB for 60 s, 22:00 to 07:00, Mon to Fri", to be read after the quantity.
pub fn limit_words(
    comparison: Comparison,
    threshold_db: f64,
    duration_s: i64,
    schedule: Option<&Schedule>,
) -> String {
    let side = comparison.as_str();
    let threshold = short_db(threshold_db);
    let lasting = match duration_s {
        ..=0 => String::new(),
        seconds => format!(" for {}", lasting(seconds)),
    };
    let hours = schedule.map_or(", at any time".to_owned(), schedule_words);
    format!("{side} {threshold} dB{lasting}{hours}")
}

/// A number of dB in as few digits as say it: "70", "70.5". Thresholds are set by people, who
/// write whole numbers.
pub fn short_db(db: f64) -> String {
    let text = format!("{db:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// How long a limit has to be broken, as people write it: "60 s", "5 min".
pub fn lasting(seconds: i64) -> String {
    if seconds > 120 && seconds % 60 == 0 {
        format!("{} min", seconds / 60)
    } else {
        format!("{seconds} s")
    }
}

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
    fn a_limit_is_a_phrase() {
        let night = Schedule::from_slmm(Some("22:00"), Some("07:00"), Some("0,1,2,3,4")).unwrap();
        assert_eq!(
            limit_words(Comparison::Above, 65.0, 60, night.as_ref()),
            "above 65 dB for 60 s, 22:00 to 07:00, Mon to Fri"
        );
        assert_eq!(
            limit_words(Comparison::Below, 30.5, 0, None),
            "below 30.5 dB, at any time"
        );
        assert_eq!(
            limit_words(Comparison::Above, 70.0, 300, None),
            "above 70 dB for 5 min, at any time"
        );
    }
}
