//! Rules before they are sent: what was given, what is wrong with it, and what may be sent.

mod check;
mod field;
mod given;
mod input;

use domain::{Comparison, LocalTime, Metric};

pub use field::FieldError;
pub use given::Given;
pub use input::RuleInput;

/// A rule that may be sent to SLMM. There is no way to have one but [`RuleDraft::check`].
#[derive(Debug, Clone, PartialEq)]
pub struct RuleDraft {
    terms: RuleTerms,
}

impl RuleDraft {
    /// What it says.
    pub fn terms(&self) -> &RuleTerms {
        &self.terms
    }
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleTerms {
    /// What the firm calls it: 1 to 80 characters.
    pub name: String,
    /// What is watched.
    pub metric: Metric,
    /// Which side of the threshold breaks it.
    pub comparison: Comparison,
    /// The threshold, 0 to 160 dB.
    pub threshold_db: f64,
    /// How long it must be broken before it counts, 0 to 86,400 s.
    pub duration_s: u32,
    /// How far back past the threshold the level must come before it is over, 0 to 40 dB.
    pub clear_margin_db: f64,
    /// The least time from one onset to the next, 0 to 86,400 s.
    pub cooldown_s: u32,
    /// Its hours in SLMM's fixed local time, `[start, end)`, over midnight where the end comes
    /// first; equal ends are the whole day. `None` always.
    pub hours: Option<(LocalTime, LocalTime)>,
    /// Its days, ascending, Monday = 0; `None` every day. The day is the current local one: of
    /// "22:00 to 07:00 on Friday" the hours after midnight are Saturday's.
    pub days: Option<Vec<u8>>,
    /// Whether it is turned on. SLMM then keeps the meter's monitor alive, for good.
    pub enabled: bool,
}

/// What SLMM takes for what is not said; it takes no threshold for granted.
pub(crate) fn usual() -> RuleTerms {
    RuleTerms {
        name: "Alert".to_owned(),
        metric: Metric::Lp,
        comparison: Comparison::Above,
        threshold_db: 0.0,
        duration_s: 0,
        clear_margin_db: 2.0,
        cooldown_s: 300,
        hours: None,
        days: None,
        enabled: true,
    }
}
