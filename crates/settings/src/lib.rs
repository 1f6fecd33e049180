//! Settings that several programs read, and how a wrong one is refused.
//!
//! A setting comes from a flag, else from the environment, else from a `.env` file in the working
//! directory, else it has its default. Where the documentation of a group names a variable, the
//! flag is the same word in lower case with hyphens. A wrong or missing value ends the start with
//! one line that names it, and exit code 2.

mod database;
mod keep;
mod key;
mod log;
mod map;
mod proxy;
mod public;
mod refusal;
mod site;
mod slmm_args;
mod start;
mod table;
mod workers;

pub use database::DatabaseArgs;
pub use key::{KeyArgs, Keys};
pub use log::{LogArgs, LogFormat};
pub use map::MapArgs;
pub use proxy::ProxyArgs;
pub use public::PublicArgs;
pub use refusal::{Refusal, read, read_by, refuse};
pub use site::{Site, SiteArgs};
pub use slmm_args::{SLMM_BEARS, SlmmArgs, warn_of_pressure};
pub use start::{begin, end};
pub use table::{commands, table};
pub use workers::{WorkerArgs, cores};
