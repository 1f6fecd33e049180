//! What the stage can be told.

use serde::Deserialize;
use slmm_sim::Command;

/// One order, for example `{"do":"pass","seconds":900}`.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(crate) enum Order {
    /// Time passes at once, for SLMM second by second.
    Pass { seconds: u64 },
    /// The clock stands.
    Freeze,
    /// The clock runs again.
    Flow,
    /// What a portal counted so far.
    Metrics {
        #[serde(default)]
        portal: usize,
    },
    /// Staff shuts out whoever is in a project's portal.
    Revoke { project: String, how: Revocation },
    /// Staff opens a project's portal, with a password of its own where there is none.
    Open { project: String },
    /// One more portal over the same data.
    Portal {
        #[serde(default)]
        settings: PortalTuning,
    },
    /// A portal goes down.
    StopPortal {
        #[serde(default)]
        portal: usize,
    },
    /// A portal that went down comes up on its port.
    StartPortal {
        #[serde(default)]
        portal: usize,
    },
    /// Something happens to a meter, or to what SLMM knows of it.
    Sim { unit: String, command: Command },
    /// SLMM goes down.
    SlmmDown,
    /// SLMM comes up.
    SlmmUp,
    /// Staff adds a location without a meter.
    AddLocation { project: String, name: String },
    /// Staff removes a location.
    RemoveLocation { id: String },
    /// Somebody gets an account.
    Staff {
        role: String,
        #[serde(default)]
        second_factor: bool,
    },
    /// What the app on somebody's phone shows now.
    Code { email: String },
    /// One more operator app over the same data, which asks for a sign-in.
    ClosedOffice,
    /// What time it is there.
    Now,
    /// The end.
    Quit,
}

/// How staff shuts people out.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Revocation {
    /// The portal is closed.
    Disable,
    /// A new password.
    Password,
    /// A new link.
    Link,
}

/// What of a portal's settings can be chosen; what is left out is as the product has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PortalTuning {
    pub(crate) brand: Option<String>,
    pub(crate) stream_cap_s: Option<u64>,
    pub(crate) stale_after_s: Option<u64>,
    pub(crate) slmm_max_feeds: Option<usize>,
    pub(crate) map_tile_url: Option<String>,
    pub(crate) map_tile_attribution: String,
}
