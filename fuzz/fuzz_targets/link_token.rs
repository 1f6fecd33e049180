//! The secret of a link.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| auth::properties::link_token(bytes));
