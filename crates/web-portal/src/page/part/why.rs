//! Why there is no current number, or what has to be known of it, in a sentence or two.

use domain::{Margin, TimeZone, Timestamp};

use super::standing::Standing;
use super::symbol::{Symbols, short_db};
use crate::survey::Sight;
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
    let reading = sight.sighting.observation.reading;
    let near = |at: Timestamp| When::near(at, zone, now).text;
    let last = reading
        .and_then(|reading| {
            let level = reading.levels.get(symbols.0.headline.metric())?;
            Some(format!(" Last value {level} dB at {}.", near(reading.at)))
        })
        .unwrap_or_default();
    match standing {
        Standing::Above | Standing::Below | Standing::Free | Standing::Near { over: false } => None,
        Standing::Near { over: true } => margin.map(|margin| over_words(margin, symbols)),
        Standing::Unknown => {
            Some("Whether it keeps to its limits cannot be told at the moment.".to_owned())
        }
        Standing::Stale => reading.map(|reading| {
            let at = near(reading.at);
            format!("No new reading since {at}. The value may be out of date.")
        }),
        Standing::Offline => {
            let contact_lost = sight
                .lost_contact_at()
                .or(reading.map(|reading| reading.at));
            let since = contact_lost
                .map(|at| format!(" since {}", near(at)))
                .unwrap_or_default();
            Some(format!("No contact with the meter{since}.{last}"))
        }
        Standing::Stopped => Some(format!("Not measuring.{last}")),
        Standing::NoData => Some("The meter has not given a reading yet.".to_owned()),
        Standing::Unavailable => Some("The readings cannot be reached at the moment.".to_owned()),
        Standing::NoMeter => {
            let removed = sight
                .meter_removed_at(now)
                .map(|at| format!(" The last one was removed {}.", When::on(at, zone, now)))
                .unwrap_or_default();
            Some(format!("No meter is assigned here.{removed}"))
        }
    }
}

/// SLMM waits until a limit has been broken for its time before it calls it a breach.
fn over_words(margin: &Margin<'_>, symbols: Symbols<'_>) -> String {
    let symbol = symbols.of(margin.metric).plain();
    let threshold = short_db(margin.limit.threshold);
    let level = margin.level;
    match margin.limit.duration_s {
        ..=0 => format!("{symbol} {level} dB is past the limit of {threshold} dB."),
        seconds => format!(
            "{symbol} {level} dB is past the limit of {threshold} dB; it counts as a breach after {seconds} s."
        ),
    }
}
