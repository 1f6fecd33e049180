//! The app of the firm's own staff, on the office LAN only. The public portal does not link this
//! crate. Every route stands in [`routes`]; nobody comes in but by `guard`.

mod api;
mod cookie;
mod desk;
mod door;
mod error;
mod face;
mod guard;
mod health;
mod least;
mod live;
mod office;
mod page;
mod passwords;
#[cfg(any(test, fuzzing))]
pub mod properties;
pub mod routes;
mod serve;
mod session;
mod settings;
mod slmm_acts;
mod stand;
mod statics;
mod survey;

pub use live::Watching;
pub use office::{Office, OfficeError};
pub use passwords::Passwords;
pub use serve::serve;
pub use settings::{Access, OpenToNetwork, OperatorSettings};
