//! Which proxies are believed.

use clap::Args;
use web::TrustedProxies;

/// `TRUSTED_PROXIES`.
#[derive(Debug, Clone, Args)]
pub struct ProxyArgs {
    /// Proxies whose X-Forwarded-For is believed: addresses or CIDRs, separated by commas
    #[arg(
        long,
        env = "TRUSTED_PROXIES",
        value_name = "TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true
    )]
    trusted_proxies: TrustedProxies,
}

impl ProxyArgs {
    /// The proxies whose word on who asks is believed.
    pub fn trusted(&self) -> TrustedProxies {
        self.trusted_proxies.clone()
    }
}
