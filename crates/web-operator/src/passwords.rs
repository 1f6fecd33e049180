//! Where passwords are checked and made: strangers' apart from those of whoever is at work.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;

use actix_web::HttpRequest;
use auth::Verifier;
use web::{RateLimit, RateLimiter, WebError};

/// What checks and makes passwords. However many strangers guess, whoever is in changes theirs.
#[derive(Clone)]
pub struct Passwords {
    /// Checks those that are tried at the sign-in, on a bounded pool.
    pub at_the_door: Verifier,
    /// Checks one's own once more and makes the hashes of new ones, on another.
    pub at_work: Verifier,
    /// How often one address may try to sign in.
    pub tries: RateLimit,
}

impl Passwords {
    /// One a second, 20 at once: an office behind one address that comes to work.
    pub const TRIES: RateLimit = RateLimit {
        per_s: NonZeroU32::MIN,
        burst: NonZeroU32::MIN.saturating_add(19),
    };

    /// How many passwords have been checked.
    pub fn verifications(&self) -> u64 {
        self.at_the_door.verifications() + self.at_work.verifications()
    }
}

/// Counts an attempt to sign in by the address from which it is made.
///
/// # Errors
/// [`WebError::TooMany`].
pub(crate) fn admit(tries: &RateLimiter, request: &HttpRequest) -> Result<(), WebError> {
    let address = request.peer_addr().map(|address| address.ip());
    // Those without an address, if ever there are any, are one.
    tries.admit(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}
