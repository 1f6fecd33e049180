//! What people type at a sign-in.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| auth::properties::typed(bytes));
