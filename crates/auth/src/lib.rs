//! The rules of proof: what a visitor has to show, and how it is checked. No database, no HTTP.
//!
//! Times are UTC. Nothing here shows a secret in its `Debug`.

mod encoding;
pub mod hash;
pub mod key;
pub mod link;
pub mod lockout;
pub mod operator;
pub mod password;
#[cfg(any(test, fuzzing))]
pub mod properties;
pub mod random;
pub mod session;
pub mod signer;
pub mod ticket;
mod token;
pub mod verifier;

use std::time::Duration;

pub use hash::{HashError, HashParams, PasswordHash};
pub use key::{SecretKey, SecretKeyError};
pub use link::{LinkFingerprint, LinkToken, LinkTokenError};
pub use lockout::{Admission, LockoutKey, LockoutPolicy, LockoutRecord, subscriber};
pub use operator::{
    DisplayName, EmailAddress, EmailError, LoginPolicy, LoginRecord, NameError, OperatorSession,
    PasswordRefused, QrCode, QrTooLong, RecoveryCode, RecoveryCodeError, RecoveryDigest, Role,
    RoleError, SecondFactorDue, TotpCode, TotpCodeError, TotpSecret, TotpSecretError, TotpStep,
};
pub use password::{Password, PasswordTooLong};
pub use random::SystemRandom;
pub use session::PortalSession;
pub use signer::{Purpose, Signer, TokenError};
pub use ticket::{PreviewTicket, TICKET_LIFETIME};
pub use token::Token;
pub use verifier::{Saturated, Verdict, Verifier};

/// How far the clocks of servers that share a database may lie apart. A time further in the future
/// than this was not written by a clock that shows the time.
pub const CLOCK_SKEW: Duration = Duration::from_mins(5);
