//! What several targets need: the meter that SLMM was asked for.
#![cfg(fuzzing)]

use std::sync::LazyLock;

pub use libfuzzer_sys::fuzz_target;

/// The meter that most of the seeds are about.
pub static METER: LazyLock<domain::UnitId> = LazyLock::new(|| meter_id::parse("SLM-101").unwrap());

/// A target of a property of that meter.
#[macro_export]
macro_rules! for_meter {
    ($property:path) => {
        $crate::fuzz_target!(|bytes: &[u8]| $property(&$crate::METER, bytes));
    };
}
