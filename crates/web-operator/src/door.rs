//! Signing in: a password, and where it is asked for a code. So many at once as fit, and no more;
//! whoever is in already works on beside them.

use std::net::IpAddr;
use std::sync::Arc;

use auth::{
    EmailAddress, OperatorSession, Password, PasswordHash, SecondFactorDue, Verdict, Verifier,
};
use domain::{Clock, RandomSource, Timestamp};
use store::Database;
use store_operator::{Actor, SecondFactor, SecondStep, SignIn, SignInAttempt, SignInStart};
use tokio::sync::Semaphore;
use web::{RateLimiter, WebError};

use crate::desk::Desk;
use crate::passwords::Passwords;

/// People on their way in, at once.
const PLACES: usize = 256;
/// Acts of theirs on the database at once.
const AT_ONCE: usize = 2;

/// Where people sign in.
pub(crate) struct Door {
    desk: Desk,
    verifier: Verifier,
    /// How often each address may try.
    tries: RateLimiter,
    places: Semaphore,
}

/// What a password has come to.
#[derive(Debug)]
pub(crate) enum Knock {
    /// Its owner is in.
    In(OperatorSession),
    /// Its owner is asked for a code.
    CodeDue(SecondFactorDue),
    /// Not the password, or nobody's address: the two are one answer.
    Wrong,
    /// Nothing was looked at.
    Locked {
        /// Until when, UTC.
        until: Timestamp,
    },
}

impl Door {
    pub(crate) fn new(
        database: Database,
        clock: Arc<dyn Clock>,
        random: Arc<dyn RandomSource>,
        passwords: &Passwords,
    ) -> Self {
        Self {
            tries: RateLimiter::new(passwords.tries, clock.clone()),
            // A place at the desk for each of them: who has been let in to try is heard to the end.
            desk: Desk::of_size(database, clock, random, (AT_ONCE, PLACES)),
            verifier: passwords.at_the_door.clone(),
            places: Semaphore::new(PLACES),
        }
    }

    /// Counts an attempt by its address, before anything else is done for it.
    ///
    /// # Errors
    /// [`WebError::TooMany`].
    pub(crate) fn admit(&self, address: IpAddr) -> Result<(), WebError> {
        self.tries.admit(address)
    }

    /// Tries a password. The attempt is counted before it is looked at, so that guessing at once
    /// from many connections gains nothing; what the verifier never looked at is given back.
    ///
    /// # Errors
    /// [`WebError::Saturated`] when there is no place, or a database that does not answer.
    pub(crate) async fn knock(
        &self,
        actor: Actor,
        email: &str,
        password: String,
    ) -> Result<Knock, WebError> {
        let _place = self
            .places
            .try_acquire()
            .map_err(|_full| WebError::Saturated)?;
        // What is no address is nobody's.
        let Ok(email) = EmailAddress::parse(email) else {
            return Ok(Knock::Wrong);
        };
        let begun = self
            .desk
            .act(actor.clone(), move |operator| {
                operator.begin_sign_in(&email)
            })
            .await?;
        let attempt = match begun {
            SignInStart::Locked { until } => return Ok(Knock::Locked { until }),
            SignInStart::Check(attempt) => attempt,
        };
        self.look_at(actor, attempt, password).await
    }

    /// Checks the password of an attempt that is counted.
    async fn look_at(
        &self,
        actor: Actor,
        attempt: SignInAttempt,
        password: String,
    ) -> Result<Knock, WebError> {
        // What is longer than any password is a wrong one, and not worth the verifier's time.
        let verdict = match Password::candidate(password) {
            Ok(candidate) => {
                self.verifier
                    .verify(attempt.password_hash(), candidate)
                    .await
            }
            Err(_too_long) => Ok(Verdict::Wrong),
        };
        match verdict {
            Ok(Verdict::Right { renewed }) => self.let_in(actor, attempt, renewed).await,
            // It is counted already, and the lock that it may have earned is on the record.
            Ok(Verdict::Wrong) => Ok(Knock::Wrong),
            Err(_saturated) => {
                let refund = self
                    .desk
                    .act(actor, move |operator| operator.attempt_not_made(&attempt));
                refund.await?;
                Err(WebError::Saturated)
            }
        }
    }

    async fn let_in(
        &self,
        actor: Actor,
        attempt: SignInAttempt,
        renewed: Option<PasswordHash>,
    ) -> Result<Knock, WebError> {
        let done = self.desk.act(actor, move |operator| {
            operator.sign_in_succeeded(&attempt, renewed.as_ref())
        });
        Ok(match done.await? {
            SignIn::SignedIn(session) => Knock::In(session),
            SignIn::SecondFactorDue(due) => Knock::CodeDue(due),
            SignIn::Refused => Knock::Wrong,
        })
    }

    /// Tries what somebody shows after the password.
    ///
    /// # Errors
    /// As [`Self::knock`].
    pub(crate) async fn show(
        &self,
        actor: Actor,
        due: SecondFactorDue,
        shown: SecondFactor,
    ) -> Result<SecondStep, WebError> {
        let _place = self
            .places
            .try_acquire()
            .map_err(|_full| WebError::Saturated)?;
        self.desk
            .act(actor, move |operator| operator.second_step(&due, &shown))
            .await
    }

    /// Whether somebody can sign in who manages accounts.
    ///
    /// # Errors
    /// As [`Self::knock`].
    pub(crate) async fn has_superadmin(&self, actor: Actor) -> Result<bool, WebError> {
        let _place = self
            .places
            .try_acquire()
            .map_err(|_full| WebError::Saturated)?;
        self.desk
            .act(actor, store_operator::Operator::has_superadmin)
            .await
    }
}
