//! The cookie of a member of staff.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| auth::properties::operator_session(bytes));
