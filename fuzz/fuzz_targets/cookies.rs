//! `Cookie`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| web::properties::cookies(bytes));
