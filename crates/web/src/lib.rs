//! The HTTP kit that both apps share. It knows requests and answers, not what they are about.

pub mod address;
pub mod assets;
mod connections;
pub mod cookies;
pub mod encoding;
pub mod error;
pub mod history;
pub mod json;
pub mod lan;
pub mod limit_words;
pub mod live;
pub mod lock;
pub mod map_tiles;
pub mod metrics;
pub mod modules;
pub mod origin;
#[cfg(any(test, fuzzing))]
pub mod properties;
pub mod rate_limit;
pub mod recent;
pub mod request_id;
pub mod server;
pub mod shield;
pub mod slow_body;
mod slow_head;
pub mod symbol;
pub mod templates;
pub mod when;

pub use address::{TrustedProxies, client_address};
pub use assets::Assets;
pub use error::{Failure, FieldProblem, WebError};
pub use history::HistoryView;
pub use lock::Lock;
pub use map_tiles::{MapTiles, TileUrl, TileUrlError};
pub use metrics::{Metrics, is_local, serve_metrics};
pub use origin::PublicOrigin;
pub use rate_limit::{RateLimit, RateLimiter};
pub use recent::RecentLog;
pub use request_id::RequestId;
pub use server::{BODY_LIMIT, Leaves, ServerOptions, serve};
pub use shield::{FailureFace, SecurityHeaders, shield};
pub use symbol::Symbol;
pub use templates::{Page, TemplateError, Templates};
