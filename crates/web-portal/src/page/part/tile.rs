//! One location at a glance, as the tile shows it.

use serde::Serialize;
use web::when::When;

use super::rail::Rail;
use super::spark::Spark;
use super::standing::Mark;
use super::symbol::{Figure, Symbol};

/// A tile, a pin and the head of a location's page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tile {
    pub(in crate::page) id: String,
    pub(in crate::page) code: String,
    pub(in crate::page) name: String,
    pub(in crate::page) mark: Mark,
    pub(in crate::page) headline: Symbol,
    /// dB with one decimal; only where it is current, or stale and to be read as such.
    pub(in crate::page) value: Option<String>,
    /// Whether there is a reading without this quantity.
    pub(in crate::page) blank: bool,
    /// When the measurement began.
    pub(in crate::page) since: Option<When>,
    /// When the reading was taken, as an age.
    pub(in crate::page) age: Option<When>,
    pub(in crate::page) broken: Option<Broken>,
    pub(in crate::page) rail: Option<Rail>,
    pub(in crate::page) spark: Option<Spark>,
    /// The limit that matters, where it is not the headline's.
    pub(in crate::page) closest: Option<Closest>,
    pub(in crate::page) why: Option<String>,
    pub(in crate::page) figures: Vec<Figure>,
    pub(in crate::page) latitude: Option<f64>,
    pub(in crate::page) longitude: Option<f64>,
}

/// "Above since 14:21".
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Broken {
    pub(in crate::page) words: &'static str,
    pub(in crate::page) since: When,
}

/// "Closest limit: Lmax 105 dB, 12.3 dB below."
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Closest {
    pub(in crate::page) words: &'static str,
    pub(in crate::page) symbol: Symbol,
    pub(in crate::page) threshold: String,
    pub(in crate::page) margin: String,
}
