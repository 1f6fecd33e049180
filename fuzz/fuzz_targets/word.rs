//! Ids, levels and vocabularies.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| domain::properties::word(bytes));
