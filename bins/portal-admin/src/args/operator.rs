//! What can be asked for of accounts.

use auth::Role;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum OperatorAct {
    /// Create an account; a password is made, and shown once
    Create {
        /// The address by which its owner signs in
        #[arg(long)]
        email: String,
        /// What the others call its owner
        #[arg(long)]
        name: String,
        /// What its owner may do: superadmin, admin or operator
        #[arg(long)]
        role: Role,
        /// Take the password from standard input instead of making one
        #[arg(long)]
        password_stdin: bool,
    },
    /// Make a new password, also for who is locked out; every session ends
    ResetPassword {
        /// The account, by its address or id
        email: String,
        /// Take the password from standard input instead of making one
        #[arg(long)]
        password_stdin: bool,
        /// Turn the second factor off too: the phone and the recovery codes are lost
        #[arg(long)]
        without_second_factor: bool,
    },
    /// Let its owner in no more; every session ends
    Disable(AccountOf),
    /// Let its owner in again
    Enable(AccountOf),
    /// List all accounts
    List,
    /// End every session of an account
    SignOutEverywhere(AccountOf),
}

#[derive(Debug, clap::Args)]
pub(crate) struct AccountOf {
    /// The account, by its address or id
    pub(crate) email: String,
}
