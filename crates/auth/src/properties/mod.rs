//! What holds for whatever bytes come: called by `fuzz/`, and by the tests over its seeds.
//!
//! Each function panics where a promise is broken.
#![allow(
    clippy::missing_panics_doc,
    reason = "it is how a broken promise is told"
)]

mod link;
mod tokens;
mod typed;

pub use link::link_token;
pub use tokens::{operator_session, portal_session, preview_ticket, second_factor};
pub use typed::typed;
