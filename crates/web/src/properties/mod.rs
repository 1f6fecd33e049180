//! What holds for whatever bytes come: called by `fuzz/`, and by the tests over its seeds.
//!
//! Each function panics where a promise is broken.
#![allow(
    clippy::missing_panics_doc,
    reason = "it is how a broken promise is told"
)]

mod cookies;
mod forwarded_for;

pub use cookies::cookies;
pub use forwarded_for::forwarded_for;

use actix_web::http::header::HeaderValue;

/// The bytes' lines as lines of a header, those left out that no server would take for one.
fn lines(bytes: &[u8]) -> Vec<HeaderValue> {
    let lines = bytes.split(|byte| *byte == b'\n');
    lines
        .filter_map(|line| HeaderValue::from_bytes(line).ok())
        .collect()
}
