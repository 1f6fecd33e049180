//! A form of the operator app.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| web_operator::properties::form(bytes));
