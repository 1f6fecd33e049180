//! What SLMM's JSON means to staff, and the JSON that is sent. The types of the wire stay in here.
//!
//! As in `slmm`: unknown fields are ignored, a field of the wrong type has no value, an item of a
//! list that cannot be read is left out, and a body that is not of the kind asked for is a failure.

mod body;
mod confirm;
mod detail;
mod events;
mod health;
mod monitors;
mod roster;
mod rules;
mod status;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use body::rule_body;
pub(crate) use confirm::{acknowledged, deleted, kept_alive};
pub(crate) use detail::detail;
pub(crate) use events::events;
pub(crate) use health::health;
pub(crate) use monitors::{Monitors, monitors};
pub(crate) use roster::{Entry, Roster, roster};
pub(crate) use rules::{Stored, rule, rules};
pub(crate) use status::status;
