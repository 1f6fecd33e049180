//! Where visitors reach the portal.

use std::net::SocketAddr;

use clap::Args;
use web::PublicOrigin;

use crate::Refusal;

/// `PORTAL_LISTEN`, `PORTAL_PUBLIC_URL`.
#[derive(Debug, Clone, Args)]
pub struct PublicArgs {
    /// The address on which the portal listens
    #[arg(
        long,
        global = true,
        env = "PORTAL_LISTEN",
        value_name = "PORTAL_LISTEN",
        default_value = "127.0.0.1:8000"
    )]
    portal_listen: SocketAddr,

    /// Where visitors reach the portal, such as https://portal.example.com [default: http:// and PORTAL_LISTEN]
    #[arg(
        long,
        global = true,
        env = "PORTAL_PUBLIC_URL",
        value_name = "PORTAL_PUBLIC_URL"
    )]
    portal_public_url: Option<PublicOrigin>,
}

impl PublicArgs {
    /// The address on which the portal listens.
    pub fn listen(&self) -> SocketAddr {
        self.portal_listen
    }

    /// The origin of every link.
    ///
    /// # Errors
    /// [`Refusal`] names `PORTAL_PUBLIC_URL`.
    pub fn origin(&self) -> Result<PublicOrigin, Refusal> {
        PublicOrigin::given_or_at(self.portal_public_url.clone(), self.portal_listen)
            .map_err(|problem| Refusal::new("PORTAL_PUBLIC_URL", problem))
    }
}
