//! The ticket by which staff look into a portal.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| auth::properties::preview_ticket(bytes));
