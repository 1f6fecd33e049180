//! Quantities and their values, as the field writes them.

use domain::{Metric, Reading};
use serde::Serialize;
pub(crate) use web::Symbol;
pub(crate) use web::limit_words::short_db;

use crate::PortalSettings;

/// How the meters' quantities are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbols<'a>(pub(crate) &'a PortalSettings);

impl Symbols<'_> {
    pub(crate) fn of(self, metric: Metric) -> Symbol {
        Symbol::of(metric, &self.0.ln1_label, &self.0.ln2_label)
    }
}

/// One value with its name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    /// As the JSON names it.
    pub(in crate::page) metric: &'static str,
    pub(in crate::page) symbol: Symbol,
    /// dB with one decimal; `None` where the meter has no value.
    pub(in crate::page) value: Option<String>,
}

/// The figures of a reading; without one, names without values.
pub(crate) fn figures(
    reading: Option<&Reading>,
    metrics: impl IntoIterator<Item = Metric>,
    symbols: Symbols<'_>,
) -> Vec<Figure> {
    let figure = |metric: Metric| Figure {
        metric: metric.as_str(),
        symbol: symbols.of(metric),
        value: reading
            .and_then(|reading| reading.levels.get(metric))
            .map(|level| level.to_string()),
    };
    metrics.into_iter().map(figure).collect()
}
