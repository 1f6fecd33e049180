//! The way in, first step: the password.

use auth::{Admission, EmailAddress, OperatorSession, PasswordHash, SecondFactorDue};
use domain::{OperatorUserId, Timestamp};
use store::internal::{Db, write_here};

use super::attempts::{POLICY, Target, forget_old, look_at, refund, reserve};
use super::change::store;
use super::stored::{StoredAccount, expect_account, take_turn};
use crate::Operator;
use crate::audit::State;
use crate::error::OperatorError;

/// Whether a password may be tried.
#[derive(Debug)]
pub enum SignInStart {
    /// It may: check it against [`SignInAttempt::password_hash`], and say what came of it.
    Check(SignInAttempt),
    /// It may not, even the right one.
    Locked {
        /// Until when, UTC.
        until: Timestamp,
    },
}

/// An attempt that counts as a failure until [`Operator::sign_in_succeeded`],
/// [`Operator::proof_given`] or [`Operator::attempt_not_made`] says otherwise.
#[derive(Debug)]
pub struct SignInAttempt {
    target: Target,
    hash: Option<PasswordHash>,
    locks_until: Option<Timestamp>,
}

impl SignInAttempt {
    /// What the password has to match. There is none for an address without an account and for an
    /// account that is disabled: [`auth::Verifier::verify`] does the same work then and says no.
    pub fn password_hash(&self) -> Option<PasswordHash> {
        self.hash.clone()
    }

    /// Until when nobody may try again, UTC, if it fails and was one too many: it is locked already.
    pub fn locks_until(&self) -> Option<Timestamp> {
        self.locks_until
    }
}

/// What a right password has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    /// Its owner is in.
    SignedIn(OperatorSession),
    /// Its owner is asked for a code ([`Operator::second_step`]).
    SecondFactorDue(SecondFactorDue),
    /// It is right no more: the account was changed meanwhile. To be answered as a wrong one.
    Refused,
}

impl Operator {
    /// Begins a sign-in: reserves an attempt and answers what the password has to match. An
    /// address that no account has is treated and counted as the others are.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when nothing could be counted: then nothing may be verified either.
    pub fn begin_sign_in(&self, email: &EmailAddress) -> Result<SignInStart, OperatorError> {
        let now = self.now();
        // Who is locked out already costs a read and no write: that is what a flood meets.
        let (_, known) = self.read(|db| look_at(db, email, now))?;
        if let Admission::Locked { until } = POLICY.admit(known, now) {
            return Ok(SignInStart::Locked { until });
        }
        write_here(&self.database, |db| self.begin(db, email, now))
    }

    /// Begins a proof that whoever is signed in knows the password: before it is changed, or the
    /// second factor turned off. Failures count as those at the door do.
    ///
    /// # Errors
    /// As [`Self::begin_sign_in`]; [`OperatorError::NotFound`].
    pub fn begin_proof(&self, account: OperatorUserId) -> Result<SignInStart, OperatorError> {
        let email = self.read(|db| expect_account(db, account))?.email()?;
        self.begin_sign_in(&email)
    }

    /// The password could not be checked: the attempt does not count.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when it cannot be written; the attempt then counts as a failure.
    pub fn attempt_not_made(&self, attempt: &SignInAttempt) -> Result<(), OperatorError> {
        let now = self.now();
        write_here(&self.database, |db| {
            let lifted = refund(db, &attempt.target, now)?;
            match &attempt.target.account {
                Some(account) if lifted => self.tell_lock_lifted(db, account),
                _ => Ok(()),
            }
        })
    }

    /// Whoever is signed in has shown that they know the password: the attempt does not count.
    ///
    /// # Errors
    /// As [`Self::attempt_not_made`].
    pub fn proof_given(&self, attempt: &SignInAttempt) -> Result<(), OperatorError> {
        self.attempt_not_made(attempt)
    }

    /// The password was right. `renewed` is a harder hash of it, where the stored one was weaker.
    /// Failures are forgotten when the whole sign-in has succeeded, the second step included.
    ///
    /// # Errors
    /// [`OperatorError::Store`] when it cannot be written: then nobody is in.
    pub fn sign_in_succeeded(
        &self,
        attempt: &SignInAttempt,
        renewed: Option<&PasswordHash>,
    ) -> Result<SignIn, OperatorError> {
        let now = self.now();
        write_here(&self.database, |db| {
            take_turn(db, attempt.target.email.as_str())?;
            let (account, known) = look_at(db, &attempt.target.email, now)?;
            let Some(mut account) = account.filter(|account| attempt.is_of(account)) else {
                return Ok(SignIn::Refused);
            };
            if let Some(renewed) = renewed {
                renewed.as_str().clone_into(&mut account.password_hash);
            }
            if attempt.locks_until.is_some() && known.locked_until.is_some() {
                self.tell_lock_lifted(db, &account.id)?;
            }
            if account.totp_enabled {
                let due = second_factor_due(&account, now)?;
                account.count(POLICY.refund(known));
                store(db, &account)?;
                return Ok(SignIn::SecondFactorDue(due));
            }
            let after = State::default().plain("second_factor", "off");
            self.let_in(db, account, now, after).map(SignIn::SignedIn)
        })
    }

    /// Reserves an attempt. The one that locks is put on the record with that: what happens after
    /// the password was looked at is not the same for everybody, and may not happen at all.
    fn begin(
        &self,
        db: &mut Db,
        email: &EmailAddress,
        now: Timestamp,
    ) -> Result<SignInStart, OperatorError> {
        take_turn(db, email.as_str())?;
        forget_old(db, now)?;
        let (account, known) = look_at(db, email, now)?;
        let hash = match &account {
            Some(account) => account.usable_hash()?,
            None => None,
        };
        let target = Target {
            email: email.clone(),
            account: account.map(|account| account.id),
        };
        let locks_until = match reserve(db, &target, known, now)? {
            Admission::Locked { until } => return Ok(SignInStart::Locked { until }),
            Admission::Admitted(record) => record.locked_until,
        };
        if let (Some(account), Some(until)) = (&target.account, locks_until) {
            self.tell_lock(db, account, until)?;
        }
        Ok(SignInStart::Check(SignInAttempt {
            target,
            hash,
            locks_until,
        }))
    }
}

impl SignInAttempt {
    /// Whether the account is still the one whose password was checked.
    fn is_of(&self, account: &StoredAccount) -> bool {
        let proven = self.hash.as_ref().map(PasswordHash::as_str);
        account.active && proven == Some(account.password_hash.as_str())
    }
}

fn second_factor_due(
    account: &StoredAccount,
    now: Timestamp,
) -> Result<SecondFactorDue, OperatorError> {
    Ok(SecondFactorDue {
        user: account.id()?,
        issued_at: now,
        valid_from: account.valid_from()?,
        sign_ins: account.sign_in_count,
    })
}
