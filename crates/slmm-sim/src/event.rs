//! Alert events as SLMM stores them.

use domain::Timestamp;
use serde::Deserialize;

use crate::times;

/// A stored event. Ids are shared by all units.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Event {
    /// SLMM's id; 0 when put in by hand takes the next free one.
    #[serde(default)]
    pub id: i64,
    /// The rule's id, 0 for lost contact.
    pub rule_id: i64,
    /// Whose event it is.
    pub unit_id: String,
    /// The rule's name at the time.
    pub rule_name: String,
    /// The rule's metric at the time, or `connectivity`.
    pub metric: String,
    /// The rule's threshold at the time, dB.
    pub threshold_db: f64,
    /// When it fired, UTC, told in whole seconds.
    #[serde(deserialize_with = "times::required")]
    pub onset_at: Timestamp,
    /// The level that fired it, dB.
    pub onset_value: Option<f64>,
    /// The onset value until the event clears of itself; the true peak afterwards, dB.
    pub peak_value: Option<f64>,
    /// When it ended, UTC.
    #[serde(default, deserialize_with = "times::optional")]
    pub clear_at: Option<Timestamp>,
    /// When somebody acknowledged it, UTC.
    #[serde(default, deserialize_with = "times::optional")]
    pub acknowledged_at: Option<Timestamp>,
    /// Who did.
    pub acknowledged_by: Option<String>,
}

impl Event {
    /// The metric of events that are about the connection.
    pub const CONNECTIVITY: &'static str = "connectivity";

    /// Contact with a unit is lost.
    pub fn lost_contact(unit_id: &str, onset_at: Timestamp) -> Self {
        Self {
            id: 0,
            rule_id: 0,
            unit_id: unit_id.to_owned(),
            rule_name: "Device unreachable".to_owned(),
            metric: Self::CONNECTIVITY.to_owned(),
            threshold_db: 0.0,
            onset_at,
            onset_value: None,
            peak_value: None,
            clear_at: None,
            acknowledged_at: None,
            acknowledged_by: None,
        }
    }

    /// Whether SLMM calls it active.
    pub fn is_active(&self) -> bool {
        self.clear_at.is_none()
    }
}
