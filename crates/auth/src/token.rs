//! How what a signed token says is written: the version of its kind, then fields of fixed length.

use std::time::Duration;

use domain::Timestamp;

use crate::CLOCK_SKEW;
use crate::encoding::take;
use crate::signer::{Purpose, Signer, TokenError, log_tag};

/// What can be sealed as a signed token, and opened again by whoever holds the key.
pub trait Token: Fields {
    /// It as a signed token.
    fn seal(&self, signer: &Signer) -> String {
        let mut payload = vec![Self::VERSION];
        self.write(&mut payload);
        signer.sign(Self::PURPOSE, &payload)
    }

    /// Opens a token whose signature is good. Nothing is said yet of its age or of the database.
    ///
    /// # Errors
    /// [`TokenError`] for a text that is no token of this kind of ours.
    fn open(signer: &Signer, token: &str) -> Result<Self, TokenError> {
        let payload = signer.verify(Self::PURPOSE, token)?;
        let bytes = &mut payload.as_slice();
        let version = take(bytes);
        Self::read(bytes)
            .filter(|_read| version == Some([Self::VERSION]) && bytes.is_empty())
            .ok_or(TokenError::Malformed)
    }

    /// Eight characters that stand for a token in a log.
    fn log_tag(token: &str) -> String {
        log_tag(token)
    }
}

impl<F: Fields> Token for F {}

/// What a kind of token says, field by field. Only this crate knows kinds of token.
pub trait Fields: Sized {
    /// What it is for.
    const PURPOSE: Purpose;
    /// The way of writing: another one is not read.
    const VERSION: u8;

    /// Adds the fields.
    fn write(&self, payload: &mut Vec<u8>);

    /// Takes the fields off the front; `None` where they are not all there or make no sense.
    fn read(payload: &mut &[u8]) -> Option<Self>;
}

/// A moment as whole milliseconds, UTC.
pub(crate) fn write_time(time: Timestamp) -> [u8; 8] {
    time.as_millisecond().to_be_bytes()
}

/// What [`write_time`] wrote.
pub(crate) fn take_time(payload: &mut &[u8]) -> Option<Timestamp> {
    Timestamp::from_millisecond(take_number(payload)?).ok()
}

/// A whole number, eight bytes with the highest first.
pub(crate) fn take_number(payload: &mut &[u8]) -> Option<i64> {
    take(payload).map(i64::from_be_bytes)
}

/// How long ago something was; nothing for what a faster clock, give or take [`CLOCK_SKEW`], says
/// is still to come, and `None` beyond that.
pub(crate) fn age(since: Timestamp, now: Timestamp) -> Option<Duration> {
    let age = now.duration_since(since);
    if age.is_negative() {
        return (age.unsigned_abs() <= CLOCK_SKEW).then_some(Duration::ZERO);
    }
    Some(age.unsigned_abs())
}
