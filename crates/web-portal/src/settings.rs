//! How the portal is set up. The binary reads the settings; here they are already typed.

use std::time::Duration;

use auth::LockoutPolicy;
use domain::{Headline, TimeZone};
use web::MapTiles;
use web::live::LiveLimits;
use web::{PublicOrigin, RateLimit, TrustedProxies};

/// Everything about the portal that a firm can choose.
#[derive(Debug, Clone)]
pub struct PortalSettings {
    /// The firm's name, on every page.
    pub brand: String,
    /// Where visitors reach the portal.
    pub origin: PublicOrigin,
    /// Whether cookies are for TLS only.
    pub cookie_secure: bool,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// How long a session lasts.
    pub session_max_age: Duration,
    /// How often one address may ask.
    pub rate_limit: RateLimit,
    /// When guessing is stopped.
    pub lockout: LockoutPolicy,
    /// The value that stands large on a tile.
    pub headline: Headline,
    /// What the meters' first percentile is set to, such as `L1`.
    pub ln1_label: String,
    /// What the meters' second percentile is set to, such as `L10`.
    pub ln2_label: String,
    /// How old a reading of a measuring meter may be before it is called stale.
    pub stale_after: Duration,
    /// How long a live socket may stay open.
    pub stream_cap: Duration,
    /// The longest silence on a live socket.
    pub heartbeat: Duration,
    /// How often a live viewer is asked whether it is there; one that is silent from one question
    /// to the next is gone.
    pub ping_every: Duration,
    /// How many live sockets there may be.
    pub live: LiveLimits,
    /// Where the map's ground comes from; `None` for a plain one.
    pub map: Option<MapTiles>,
    /// The local time of projects that have none of their own.
    pub site_zone: TimeZone,
    /// The local time in which SLMM reads the hours of a limit: a fixed offset, without daylight
    /// saving.
    pub slmm_zone: TimeZone,
}

impl PortalSettings {
    /// Visitors are promised a sign of life every 25 s, and something every 6 s where more meters
    /// are watched than SLMM bears. SLMM's loop may take 10 s to wake for a meter's first viewer.
    pub const HEARTBEAT: Duration = Duration::from_secs(5);

    /// A viewer that has vanished keeps its place, and its meter on the fast rate, for 40 s at
    /// most.
    pub const PING_EVERY: Duration = Duration::from_secs(20);
}
