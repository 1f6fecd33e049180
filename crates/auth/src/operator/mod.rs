//! The firm's staff: what they are called, what they may, and how they prove who they are.

mod choice;
mod email;
mod lockout;
mod name;
mod qr;
mod recovery;
mod role;
mod second_factor;
mod session;
mod totp;

pub use choice::PasswordRefused;
pub use email::{EmailAddress, EmailError};
pub use lockout::{LoginPolicy, LoginRecord};
pub use name::{DisplayName, NameError};
pub use qr::{QrCode, QrTooLong};
pub use recovery::{RecoveryCode, RecoveryCodeError, RecoveryDigest};
pub use role::{Role, RoleError};
pub use second_factor::SecondFactorDue;
pub use session::OperatorSession;
pub use totp::{TotpCode, TotpCodeError, TotpSecret, TotpSecretError, TotpStep};
