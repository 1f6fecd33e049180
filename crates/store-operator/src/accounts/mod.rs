//! Accounts of the firm's staff: who may sign in to the operator app, and what they may there.
//!
//! Three kinds of work, in files of their own: what superadmins do to accounts (`create`,
//! `manage`), what everybody does to their own (`profile`, `totp`, `recovery`), and the way in
//! (`sign_in`, `second_step`, `session`).

mod attempts;
mod authority;
mod change;
mod create;
mod let_in;
mod list;
mod manage;
mod profile;
mod recovery;
mod second_step;
mod session;
mod sign_in;
mod stored;
mod totp;

use auth::{DisplayName, EmailAddress, Role};
use domain::{OperatorUserId, Timestamp};

pub use authority::{Asker, Authority};
pub use create::NewAccount;
pub use list::AccountFilter;
pub use manage::SecondFactorThen;
pub use profile::AccountDetail;
pub use second_step::{SecondFactor, SecondStep};
pub use session::{LiveAccount, check_operator_session};
pub use sign_in::{SignIn, SignInAttempt, SignInStart};

/// An account, as listed. No secret is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// Its id.
    pub id: OperatorUserId,
    /// The name by which its owner signs in. It never changes.
    pub email: EmailAddress,
    /// What the others call its owner.
    pub display_name: DisplayName,
    /// What its owner may do.
    pub role: Role,
    /// Whether its owner may sign in at all.
    pub active: bool,
    /// When it was made, UTC.
    pub created_at: Timestamp,
    /// When its owner last signed in, UTC.
    pub last_login_at: Option<Timestamp>,
    /// Until when nobody can sign in, after too many failures; `None` where somebody can now.
    pub locked_until: Option<Timestamp>,
    /// Whether a code is asked for after the password.
    pub has_second_factor: bool,
}
