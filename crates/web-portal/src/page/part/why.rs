//! Why there is no current number, or what has to be known of it, in a sentence or two.

use domain::{Margin, TimeZone, Timestamp};

use super::standing::Standing;
use super::symbol::{Symbols, short_db};
use crate::survey::Sight;
use web::limit_words::lasting;
use web::when::When;

/// What has to be said of a location beside its state; `None` where its number speaks for itself.
pub(crate) fn why(
    sight: &Sight<'_>,
    standing: Standing,
    margin: Option<&Margin<'_>>,
    symbols: Symbols<'_>,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<String> {
    let words = match standing {
        Standing::Above
        | Standing::Under
        | Standing::Near
        | Standing::Below
        | Standing::Within
        | Standing::Free => return None,
        Standing::Over => return margin.map(|margin| over_words(margin, symbols)),
        Standing::Unknown => "Whether it keeps to its limits cannot be told at the moment.".into(),
        Standing::Stopped => format!("Not measuring.{}", last(sight, symbols, None)),
        Standing::NoData => "The meter has not given a reading yet.".into(),
        Standing::Unavailable => "The readings cannot be reached at the moment.".into(),
        Standing::Stale => {
            let at = near(sight.sighting.observation.reading?.at, zone, now);
            format!("No new reading since {at}. The value may be out of date.")
        }
        Standing::Offline => {
            let reading = sight.sighting.observation.reading;
            let gone = sight.lost_contact_at();
            let gone = gone.or(reading.map(|reading| reading.at));
            let since = gone.map(|at| format!(" since {}", near(at, zone, now)));
            let last = last(sight, symbols, Some((zone, now)));
            format!(
                "No contact with the meter{}.{last}",
                since.unwrap_or_default()
            )
        }
        Standing::NoMeter => {
            let removed = sight.meter_removed_at(now).map(|at| {
                let on = When::on(at, zone, now);
                format!(" The last one was removed {on}.")
            });
            format!("No meter is assigned here.{}", removed.unwrap_or_default())
        }
    };
    let broken = if sight.above_limit() {
        " A limit was being broken when it was last heard."
    } else {
        ""
    };
    Some(words + broken)
}

fn near(at: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
    When::near(at, zone, now).text
}

/// " Last value 62.0 dB at 11:48." A meter that stands still holds its last results whenever it is
/// asked for them, so there the time says nothing.
fn last(sight: &Sight<'_>, symbols: Symbols<'_>, when: Option<(&TimeZone, Timestamp)>) -> String {
    let level = sight.sighting.observation.reading.and_then(|reading| {
        let level = reading.levels.get(symbols.0.headline.metric())?;
        Some((reading.at, level))
    });
    level.map_or_else(String::new, |(at, level)| {
        let at = when.map(|(zone, now)| format!(" at {}", near(at, zone, now)));
        format!(" Last value {level} dB{}.", at.unwrap_or_default())
    })
}

/// SLMM waits until a limit has been broken for its time before it calls it a breach.
fn over_words(margin: &Margin<'_>, symbols: Symbols<'_>) -> String {
    let symbol = symbols.of(margin.metric).plain();
    let threshold = short_db(margin.limit.threshold);
    let level = margin.level;
    match margin.limit.duration_s {
        ..=0 => format!("{symbol} {level} dB is past the limit of {threshold} dB."),
        seconds => format!(
            "{symbol} {level} dB is past the limit of {threshold} dB; it counts as a breach after {}.",
            lasting(seconds)
        ),
    }
}
