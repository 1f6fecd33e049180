//! Where a sign-in leads on to.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| web_operator::properties::onward(bytes));
