//! Where passwords are checked and made: strangers' apart from those of whoever is at work.

use std::num::NonZeroU32;

use auth::Verifier;
use web::RateLimit;

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
