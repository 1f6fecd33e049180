//! The hours of a limit, as SLMM has them of whoever wrote the rule.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::schedule::{LocalTime, Schedule, fixed_zone};

/// Lines: start, end, days, a zone (a name, or hours from UTC), seconds since 1970. What is read
/// can be written and read again, and holds exactly at the local times it names.
pub fn schedule(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n');
    let (start, end, days) = (lines.next(), lines.next(), lines.next());
    let read = Schedule::from_slmm(start, end, days);
    let Ok(Some(schedule)) = &read else {
        return;
    };
    let days = schedule.days.as_deref().unwrap_or_default();
    assert!(days.is_sorted_by(|one, next| one < next) && days.iter().all(|day| *day < 7));
    let (start, end, days) = written(schedule);
    let again = Schedule::from_slmm(start.as_deref(), end.as_deref(), days.as_deref());
    assert_eq!(again, read, "written and read again");
    let zone = lines.next().map_or(TimeZone::UTC, zone);
    for line in lines {
        if let Some(at) = moment(line) {
            let held = schedule.contains(at, &zone);
            assert_eq!(
                held,
                holds(schedule, at, &zone),
                "{schedule:?} at {at} in {zone:?}"
            );
        }
    }
}

/// The three fields that say this.
fn written(schedule: &Schedule) -> (Option<String>, Option<String>, Option<String>) {
    let Schedule { hours, days } = schedule;
    let (start, end) = hours.unzip();
    let text = |time: LocalTime| time.to_string();
    let days = days.as_ref().map(|days| match days.as_slice() {
        // No text says "never" but one of days that there are not.
        [] => "7".to_owned(),
        days => days.iter().map(u8::to_string).collect::<Vec<_>>().join(","),
    });
    (start.map(text), end.map(text), days)
}

fn zone(text: &str) -> TimeZone {
    match text.parse::<i8>() {
        Ok(hours) => fixed_zone(hours.clamp(-25, 25)),
        Err(_no_number) => TimeZone::get(text).unwrap_or(TimeZone::UTC),
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    let seconds = text.parse().ok()?;
    Timestamp::from_second(seconds).ok()
}

/// The same by arithmetic alone.
fn holds(schedule: &Schedule, at: Timestamp, zone: &TimeZone) -> bool {
    let local = at.as_second() + i64::from(zone.to_offset(at).seconds());
    // The first of January 1970 was a Thursday.
    let day = (local.div_euclid(86_400) + 3).rem_euclid(7);
    let minute = local.rem_euclid(86_400) / 60;
    let today = schedule
        .days
        .as_ref()
        .is_none_or(|days| days.iter().any(|ticked| i64::from(*ticked) == day));
    today
        && schedule.hours.is_none_or(|(start, end)| {
            let (start, end) = (minutes(start), minutes(end));
            let (since, length) = (minute - start, end - start);
            since.rem_euclid(1440) < length.rem_euclid(1440)
        })
}

fn minutes(time: LocalTime) -> i64 {
    let text = time.to_string();
    let (hours, minutes) = text.split_once(':').unwrap_or_default();
    let number = |part: &str| part.parse::<i64>().unwrap_or(-1);
    number(hours) * 60 + number(minutes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_bytes_break_a_schedule() {
        fuzzkit::bounded("schedule", super::schedule);
    }
}
