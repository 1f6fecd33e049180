//! How the operator app is set up. The binary reads the settings; here they are already typed.

use std::net::SocketAddr;
use std::time::Duration;

use domain::{Headline, TimeZone};
use web::{MapTiles, PublicOrigin, TrustedProxies};

use crate::live::Watching;

/// Everything about the operator app that a firm can choose.
#[derive(Debug, Clone)]
pub struct OperatorSettings {
    /// The firm's name, on every page.
    pub brand: String,
    /// Who may come in.
    pub access: Access,
    /// Whether cookies are for TLS only.
    pub cookie_secure: bool,
    /// The proxies that are believed about who asks; none for an app without a proxy.
    pub trusted_proxies: TrustedProxies,
    /// Where clients reach the portal: links and previews are made of it.
    pub portal_origin: PublicOrigin,
    /// The value that stands for a location.
    pub headline: Headline,
    /// What the meters' first percentile is set to, such as `L1`.
    pub ln1_label: String,
    /// What the meters' second percentile is set to, such as `L10`.
    pub ln2_label: String,
    /// How old a reading of a measuring meter may be before it is called stale.
    pub stale_after: Duration,
    /// Where the map's ground comes from; `None` for a plain one.
    pub map: Option<MapTiles>,
    /// The local time of what is not of one project.
    pub site_zone: TimeZone,
    /// The local time in which SLMM reads the hours of a limit: a fixed offset.
    pub slmm_zone: TimeZone,
    /// For how long and how many may watch meters live.
    pub watching: Watching,
}

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever reaches the address. Every page says so.
    Open,
    /// Whoever has signed in.
    SignedIn,
}

/// The app would be open to a whole network, and nobody has said that it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "unset, the operator app is open to everybody and so listens on a loopback address alone, such as 127.0.0.1:8001, with no proxy before it; set it to true to ask for a sign-in, or to false to leave the app open all the same"
)]
pub struct OpenToNetwork;

impl Access {
    /// What the setting asks for at this address: `enabled` is whether a sign-in is asked for, if
    /// anybody has said. Who names proxies expects others than this machine.
    ///
    /// # Errors
    /// [`OpenToNetwork`].
    pub fn asked(
        enabled: Option<bool>,
        listen: SocketAddr,
        proxies: &TrustedProxies,
    ) -> Result<Self, OpenToNetwork> {
        match enabled {
            Some(true) => Ok(Self::SignedIn),
            Some(false) => Ok(Self::Open),
            None if listen.ip().is_loopback() && proxies.is_empty() => Ok(Self::Open),
            None => Err(OpenToNetwork),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unset_it_is_open_to_this_machine_alone() {
        let here = SocketAddr::from(([127, 0, 0, 1], 8001));
        let lan = SocketAddr::from(([192, 168, 1, 5], 8001));
        let none = TrustedProxies::default();
        let one: TrustedProxies = "127.0.0.1".parse().unwrap();
        assert_eq!(Access::asked(None, here, &none), Ok(Access::Open));
        for (address, proxies) in [(lan, &none), (here, &one), (lan, &one)] {
            let asked = |enabled| Access::asked(enabled, address, proxies);
            assert_eq!(asked(None), Err(OpenToNetwork));
            assert_eq!(asked(Some(false)), Ok(Access::Open));
            assert_eq!(asked(Some(true)), Ok(Access::SignedIn));
        }
    }
}
