//! The cookie of a client.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| auth::properties::portal_session(bytes));
