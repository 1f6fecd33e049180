//! The public app. Everything a client may see stands in [`routes`]; everything that may leave as
//! JSON in `view`; what is said of a location is put together in `survey`.

mod api;
mod cookie;
mod face;
mod gate;
mod health;
mod kept;
mod live;
mod pace;
mod page;
mod portal;
mod presence;
#[cfg(any(test, fuzzing))]
pub mod properties;
mod reporter;
pub mod routes;
mod serve;
mod session;
mod settings;
mod statics;
mod survey;
mod view;

pub use page::styleguide;
pub use portal::{Portal, PortalError};
pub use reporter::Reporter;
pub use serve::{serve, serve_with};
pub use settings::PortalSettings;
