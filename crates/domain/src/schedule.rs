//! The hours in which a limit is in force.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// Why a text is no schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// A time of day is written `HH:MM`.
    #[error("a time of day is written HH:MM, from 00:00 to 23:59")]
    Time,
    /// Days are numbers.
    #[error("days are numbers from 0 (Monday) to 6 (Sunday), separated by commas")]
    Days,
}

/// A minute of the local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    minute: u16,
}

impl LocalTime {
    fn of(time: jiff::civil::Time) -> Self {
        let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
        Self {
            minute: u16::try_from(minute).unwrap_or(0),
        }
    }
}

impl FromStr for LocalTime {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        let number = |part: &str, below: u16| {
            // SLMM takes 7:00 as well as 07:00.
            let digits =
                (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let value = digits.then(|| part.parse::<u16>().ok()).flatten();
            value
                .filter(|value| *value < below)
                .ok_or(ScheduleError::Time)
        };
        let (hour, minute) = text.split_once(':').ok_or(ScheduleError::Time)?;
        Ok(Self {
            minute: number(hour, 24)? * 60 + number(minute, 60)?,
        })
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}

/// Hours of the day and days of the week, in some local time.
///
/// As SLMM reads it: `[start, end)` by the wall clock; an end before the start wraps over midnight;
/// equal ends are the whole day; the day is the *current* local day, so of "22:00 to 07:00 on
/// Friday" the hours after midnight are Saturday's and count only where Saturday is ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// First minute inside, and first minute after; `None` the whole day.
    pub hours: Option<(LocalTime, LocalTime)>,
    /// Days on which it applies, Monday = 0, ascending; `None` every day.
    pub days: Option<Vec<u8>>,
}

impl Schedule {
    /// Reads SLMM's three fields. `None` where they say "always". One end missing means the whole
    /// day; an empty list of days means every day.
    ///
    /// # Errors
    /// [`ScheduleError`] for a time or day that SLMM would choke on too.
    pub fn from_slmm(
        start: Option<&str>,
        end: Option<&str>,
        days: Option<&str>,
    ) -> Result<Option<Self>, ScheduleError> {
        let hours = match (start, end) {
            (Some(start), Some(end)) if !start.is_empty() && !end.is_empty() => {
                let (start, end): (LocalTime, LocalTime) = (start.parse()?, end.parse()?);
                (start != end).then_some((start, end))
            }
            _ => None,
        };
        let days = days.map(parse_days).transpose()?.flatten();
        Ok((hours.is_some() || days.is_some()).then_some(Self { hours, days }))
    }

    /// Whether that moment, read in `zone`, lies inside.
    pub fn contains(&self, at: Timestamp, zone: &TimeZone) -> bool {
        let local = zone.to_datetime(at);
        let day = monday_based(local.weekday());
        self.days.as_ref().is_none_or(|days| days.contains(&day))
            && self.in_hours(LocalTime::of(local.time()))
    }

    fn in_hours(&self, time: LocalTime) -> bool {
        match self.hours {
            None => true,
            Some((start, end)) if start < end => start <= time && time < end,
            Some((start, end)) => start <= time || time < end,
        }
    }
}

/// The local time of a whole number of hours from UTC, the same all year.
pub fn fixed_zone(hours: i8) -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(hours))
}

fn monday_based(day: Weekday) -> u8 {
    u8::try_from(day.to_monday_zero_offset()).unwrap_or(0)
}

fn parse_days(text: &str) -> Result<Option<Vec<u8>>, ScheduleError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = |day: &str| {
        day.trim()
            .parse::<u8>()
            .map_err(|_no_number| ScheduleError::Days)
    };
    let mut days = text.split(',').map(number).collect::<Result<Vec<_>, _>>()?;
    // SLMM takes any number, and no day of the week is a seventh.
    days.retain(|day| *day < 7);
    days.sort_unstable();
    days.dedup();
    Ok((days.len() < 7).then_some(days))
}
