//! The live panel: what the script goes on from, and what stands there before it runs.

use domain::{LocationState, MeterStatus, Metric, Observation, TimeZone, Timestamp};
use serde::Serialize;
use slmm_operator::Device;
use web::Symbol;
use web::when::When;

use crate::{Office, OperatorSettings};

/// A state as it is shown: a word, and the class that names its shape.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shape {
    pub(in crate::page) class: &'static str,
    pub(in crate::page) label: &'static str,
}

/// A quantity with its value and the time that it is of.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Card {
    /// As the JSON names it.
    pub(in crate::page) metric: &'static str,
    pub(in crate::page) symbol: Symbol,
    /// dB with one decimal; `None` where the meter has no value.
    pub(in crate::page) value: Option<String>,
    pub(in crate::page) of: String,
}

/// The live panel of a meter.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LivePart {
    /// As the frames name it.
    pub(in crate::page) state: &'static str,
    pub(in crate::page) shape: Shape,
    /// The value that stands for the meter, and the level of this moment where that is another.
    pub(in crate::page) big: Vec<Card>,
    /// All seven levels.
    pub(in crate::page) cards: Vec<Card>,
    /// Since when it measures, where SLMM knows.
    pub(in crate::page) since: Option<When>,
    pub(in crate::page) age: Option<When>,
    /// Why there is nothing current to read; empty where there is.
    pub(in crate::page) why: &'static str,
}

impl LivePart {
    /// The panel as of `now`; `None` where SLMM did not say how the meter is.
    pub(in crate::page) fn new(
        office: &Office,
        device: Option<&Device>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Self {
        let seen = device.map_or(Observation::bare(LocationState::Unavailable), |device| {
            office.observe(&status(device), now)
        });
        let since = seen.measuring_since.map(|at| When::near(at, zone, now));
        let current = seen.state == LocationState::Measuring;
        let card = |metric: Metric| {
            let level = seen.reading.and_then(|reading| reading.levels.get(metric));
            Card {
                metric: metric.as_str(),
                symbol: symbol(metric, percentiles(&office.settings)),
                value: level.map(|level| level.to_string()),
                of: match level {
                    _ if current => words(metric, since.as_ref()),
                    Some(_) => "last value".to_owned(),
                    None => String::new(),
                },
            }
        };
        let headline = office.settings.headline.metric();
        let big = [
            Some(headline),
            Some(Metric::Lp).filter(|lp| *lp != headline),
        ];
        Self {
            state: seen.state.as_str(),
            shape: shape(seen.state),
            big: big.into_iter().flatten().map(card).collect(),
            cards: Metric::ALL.iter().copied().map(card).collect(),
            age: seen.reading.map(|reading| When::ago(reading.at, now)),
            why: why(seen.state),
            since,
        }
    }
}

/// What the meters' percentiles are set to, such as `L1` and `L10`.
pub(in crate::page) type Percentiles<'a> = [&'a str; 2];

/// The percentiles of the settings.
pub(in crate::page) fn percentiles(settings: &OperatorSettings) -> Percentiles<'_> {
    [&settings.ln1_label, &settings.ln2_label]
}

/// How staff read a quantity.
pub(in crate::page) fn symbol(metric: Metric, [ln1, ln2]: Percentiles<'_>) -> Symbol {
    Symbol::of(metric, ln1, ln2)
}

fn status(device: &Device) -> MeterStatus {
    MeterStatus {
        run: device.run,
        measuring_since: device.measuring_since,
        reading: device.reading,
        reachable: device.contact.reachable.unwrap_or(true),
    }
}

/// Of which time a quantity is; what runs since the measurement's start says so.
fn words(metric: Metric, since: Option<&When>) -> String {
    let running = since.map_or("of the measurement".to_owned(), |since| {
        format!("since {}", since.text)
    });
    match metric {
        Metric::Lp => "at this moment".to_owned(),
        Metric::Leq => format!("average {running}"),
        Metric::Lmax => format!("highest {running}"),
        Metric::Lmin => format!("lowest {running}"),
        Metric::Lpeak | Metric::Ln1 | Metric::Ln2 => running,
    }
}

fn shape(state: LocationState) -> Shape {
    let (class, label) = match state {
        LocationState::Measuring => ("free", "Measuring"),
        LocationState::Stopped => ("stopped", "Stopped"),
        LocationState::Stale => ("stale", "Stale"),
        LocationState::Offline => ("offline", "Offline"),
        LocationState::NoData | LocationState::NoMeter => ("no-data", "No data"),
        LocationState::Unavailable => ("unavailable", "Not known"),
    };
    Shape { class, label }
}

fn why(state: LocationState) -> &'static str {
    match state {
        // The whole page says so already.
        LocationState::Measuring | LocationState::Unavailable => "",
        LocationState::Stopped => {
            "The meter stands still: Lp goes on, the rest is of the last measurement."
        }
        LocationState::Stale => "Nothing new has come for a while.",
        LocationState::Offline => "SLMM cannot reach the meter; what is shown is the last it said.",
        LocationState::NoData | LocationState::NoMeter => "SLMM has no reading of this meter yet.",
    }
}
