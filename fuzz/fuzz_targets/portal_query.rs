//! What stands behind the `?` of a portal address.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| web_portal::properties::query(bytes));
