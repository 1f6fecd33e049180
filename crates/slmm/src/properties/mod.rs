//! What holds for whatever SLMM answers: called by `fuzz/`, and by the tests over its seeds.
//!
//! Each function panics where a promise is broken. Nothing that was read comes out: the types of
//! the wire stay within. `unit` is the meter that was asked for.
#![allow(
    clippy::missing_panics_doc,
    reason = "it is how a broken promise is told"
)]
#![allow(clippy::indexing_slicing, reason = "JSON that is not there is null")]

mod events;
mod frame;
mod history;
mod monitors;
mod rules;
mod said;
mod status;

pub use events::events;
pub use frame::frame;
pub use history::history;
pub use monitors::monitors;
pub use rules::rules;
pub use status::status;

#[cfg(test)]
mod tests {
    use domain::UnitId;

    /// Of the captured answers some are about this meter and some about others.
    fn bounded(target: &str, property: impl Fn(&UnitId, &[u8])) {
        let unit = meter_id::parse("SLM-101").unwrap();
        fuzzkit::bounded(target, |bytes| property(&unit, bytes));
    }

    #[test]
    fn no_bytes_break_a_status() {
        bounded("slmm_status", super::status);
    }

    #[test]
    fn no_bytes_break_a_history() {
        bounded("slmm_history", super::history);
    }

    #[test]
    fn no_bytes_break_a_list_of_events() {
        bounded("slmm_events", super::events);
    }

    #[test]
    fn no_bytes_break_a_list_of_rules() {
        bounded("slmm_rules", super::rules);
    }

    #[test]
    fn no_bytes_break_a_list_of_monitors() {
        bounded("slmm_monitors", super::monitors);
    }

    #[test]
    fn no_bytes_break_a_frame() {
        bounded("slmm_frame", super::frame);
    }
}
