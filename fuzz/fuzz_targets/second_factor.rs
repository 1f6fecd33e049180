//! The cookie between password and code.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| auth::properties::second_factor(bytes));
