//! The quantity that stands for a location.

use std::str::FromStr;

use crate::reading::Metric;

/// A metric that may stand large on a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline(Metric);

/// The word names no such metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a headline metric is one of: lp, leq, lmax, ln1, ln2")]
pub struct HeadlineError;

impl Headline {
    /// The metric itself.
    pub fn metric(self) -> Metric {
        self.0
    }
}

impl FromStr for Headline {
    type Err = HeadlineError;

    fn from_str(text: &str) -> Result<Self, HeadlineError> {
        match text.parse() {
            Ok(metric @ (Metric::Lp | Metric::Leq | Metric::Lmax | Metric::Ln1 | Metric::Ln2)) => {
                Ok(Self(metric))
            }
            _ => Err(HeadlineError),
        }
    }
}
