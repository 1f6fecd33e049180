//! Codes of an authenticator app: TOTP (RFC 6238) with SHA-1, 30 s and six digits, which is what
//! every app knows.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use domain::{RandomError, RandomSource, Timestamp};
use ring::hmac;

use super::email::EmailAddress;

/// The text is no code of an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code is the six digits that the app shows")]
pub struct TotpCodeError;

/// The stored text is no secret of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a TOTP secret")]
pub struct TotpSecretError;

/// The number of a span of 30 s since 1970. A code is of one; whoever has used it has used it up,
/// with all that came before.
pub type TotpStep = i64;

/// Six digits, as typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TotpCode(u32);

impl TotpCode {
    const DIGITS: usize = 6;
    const MODULUS: u32 = 1_000_000;

    /// Takes a code as it was typed: `123456`, or with blanks, as apps show it.
    ///
    /// # Errors
    /// [`TotpCodeError`] for anything but six digits of ASCII.
    pub fn parse(typed: &str) -> Result<Self, TotpCodeError> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let is_code =
            digits.len() == Self::DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_code {
            return Err(TotpCodeError);
        }
        digits
            .parse()
            .map(Self)
            .map_err(|_six_digits_are_a_number| TotpCodeError)
    }
}

impl fmt::Debug for TotpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpCode(…)")
    }
}

/// What the app and we share.
#[derive(Clone)]
pub struct TotpSecret([u8; TotpSecret::LENGTH]);

impl TotpSecret {
    /// As many bytes as SHA-1 gives (RFC 4226, section 4, R6).
    const LENGTH: usize = 20;
    /// How long a code is the current one, s.
    const PERIOD_S: i64 = 30;
    /// How many codes before and after the current one are taken: people type slowly, and phones'
    /// clocks are off.
    const TOLERANCE: TotpStep = 1;

    /// A new secret that nobody has.
    ///
    /// # Errors
    /// [`RandomError`] when there is no randomness to be had.
    pub fn generate(random: &dyn RandomSource) -> Result<Self, RandomError> {
        let mut bytes = [0; Self::LENGTH];
        random.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Takes a secret from the database.
    ///
    /// # Errors
    /// [`TotpSecretError`] for a text that [`Self::to_base32`] cannot have made.
    pub fn parse(text: &str) -> Result<Self, TotpSecretError> {
        BASE32_NOPAD
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or(TotpSecretError)
    }

    /// The secret in clear, in the writing that apps take (RFC 4648, section 6): for the database,
    /// and for the one who types it in where no camera is.
    pub fn to_base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// What the QR code says: the secret in clear, for whom and by whom it was made.
    pub fn uri(&self, issuer: &str, account: &EmailAddress) -> String {
        let issuer = percent_encoded(issuer);
        let account = percent_encoded(account.as_str());
        let secret = self.to_base32();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}\
             &algorithm=SHA1&digits=6&period=30"
        )
    }

    /// The span of 30 s that this moment is in.
    pub fn step(at: Timestamp) -> TotpStep {
        at.as_second().div_euclid(Self::PERIOD_S)
    }

    /// The code that an app shows in that span, as it shows it.
    pub fn shown_in(&self, step: TotpStep) -> String {
        format!("{:0width$}", self.code(step), width = TotpCode::DIGITS)
    }

    /// The step of which this is the code, if it may be used now: the current one, the one before
    /// or the one after, and none up to `last_used`.
    pub fn accept(
        &self,
        code: TotpCode,
        now: Timestamp,
        last_used: Option<TotpStep>,
    ) -> Option<TotpStep> {
        let current = Self::step(now);
        let mut accepted = None;
        // All of them, whichever fits: the time taken does not tell.
        for step in current - Self::TOLERANCE..=current + Self::TOLERANCE {
            let fits = self.code(step) ^ code.0 == 0;
            let is_unused = last_used.is_none_or(|used| step > used);
            if fits & is_unused {
                accepted = Some(step);
            }
        }
        accepted
    }

    /// RFC 4226, section 5.3.
    fn code(&self, step: TotpStep) -> u32 {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let mac = hmac::sign(&key, &step.to_be_bytes());
        let mac = mac.as_ref();
        let offset = mac.last().map_or(0, |last| usize::from(last & 0xf));
        let bits = mac
            .iter()
            .skip(offset)
            .take(4)
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        (bits & 0x7fff_ffff) % TotpCode::MODULUS
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// A text for an address: all but the unreserved characters (RFC 3986, section 2.3) by number.
fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
