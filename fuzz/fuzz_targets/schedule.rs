//! The hours of a limit.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| domain::properties::schedule(bytes));
