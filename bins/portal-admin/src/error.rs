//! Why a command was not carried out.

use std::process::ExitCode;

use auth::{EmailError, HashError, PasswordRefused};
use domain::RandomError;
use settings::Refusal;
use slmm::SlmmError;
use store::{BackupError, StoreError};
use store_operator::OperatorError;

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AdminError {
    /// A setting cannot be used.
    #[error(transparent)]
    Setting(#[from] Refusal),
    /// What was named cannot be found, or is not the only one of its name.
    #[error("{error}; `portal-admin {}` shows them", listing(kind))]
    Named {
        error: OperatorError,
        kind: &'static str,
    },
    /// A password of somebody's own choice cannot be taken.
    #[error("password: {0}")]
    Chosen(#[from] PasswordRefused),
    /// What came in cannot be a password.
    #[error("password: standard input is not text")]
    NotText,
    /// The act was refused, or could not be done.
    #[error(transparent)]
    Act(OperatorError),
    /// The database could not be opened or migrated.
    #[error(transparent)]
    Database(#[from] StoreError),
    /// There is no copy.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// It is not for this program to change.
    #[error(
        "a newer program has migrated the database ({0}): use the portal-admin of that version"
    )]
    NewerDatabase(String),
    /// No password could be made.
    #[error("no password could be made: {0}")]
    Password(#[from] HashError),
    /// No password could be drawn.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// SLMM could not be asked.
    #[error(transparent)]
    Slmm(#[from] SlmmError),
    /// An address is none.
    #[error("email: {0}")]
    Email(#[source] EmailError),
    /// What was to come in could not be read.
    #[error("standard input could not be read: {0}")]
    Input(#[source] std::io::Error),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Output(#[from] std::io::Error),
    /// The answer could not be put into JSON.
    #[error("the answer could not be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<OperatorError> for AdminError {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::NotFound { kind, .. } | OperatorError::Ambiguous { kind, .. } => {
                Self::Named { error, kind }
            }
            error => Self::Act(error),
        }
    }
}

/// The command that lists everything of a kind.
fn listing(kind: &str) -> String {
    if kind == "operator" {
        return "operator list".to_owned();
    }
    format!("list {kind}s")
}

impl AdminError {
    /// Says why, in one line on standard error, and gives the exit code to end with.
    #[expect(
        clippy::print_stderr,
        reason = "standard error is where a command tells of its failure"
    )]
    pub(crate) fn report(&self) -> ExitCode {
        if let Self::Setting(refusal) = self {
            return settings::refuse(refusal);
        }
        let message = self.to_string();
        let lines: Vec<_> = message.lines().map(str::trim).collect();
        eprintln!("error: {}", lines.join(" "));
        ExitCode::FAILURE
    }
}
