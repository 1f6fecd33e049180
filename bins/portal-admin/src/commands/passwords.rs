//! Passwords: made here, or given on standard input.

use std::io::{Read, stdin};

use auth::{EmailAddress, HashParams, Password, PasswordHash};

use super::Desk;
use crate::error::AdminError;

/// A new password, to be shown once, and its hash.
pub(super) fn new_password(desk: &Desk) -> Result<(Password, PasswordHash), AdminError> {
    let password = Password::generate(&*desk.random)?;
    let hash = hash(desk, &password)?;
    Ok((password, hash))
}

/// The hash of a password of an account, and the password itself where it was made just now.
pub(super) fn account_password(
    desk: &Desk,
    email: &EmailAddress,
    from_stdin: bool,
) -> Result<(Option<String>, PasswordHash), AdminError> {
    if from_stdin {
        let chosen = Password::chosen(given()?, email)?;
        return Ok((None, hash(desk, &chosen)?));
    }
    let (password, hash) = new_password(desk)?;
    Ok((Some(password.reveal().to_owned()), hash))
}

fn hash(desk: &Desk, password: &Password) -> Result<PasswordHash, AdminError> {
    let params = HashParams::owasp();
    Ok(PasswordHash::compute(password, &params, &*desk.random)?)
}

/// What stands on standard input, without the end of its line.
fn given() -> Result<String, AdminError> {
    // What is longer than any password is refused as one, however much there is of it.
    let longest = u64::try_from(Password::MAX_LENGTH).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let mut input = stdin().lock().take(longest.saturating_add(3));
    input.read_to_end(&mut bytes).map_err(AdminError::Input)?;
    let text = String::from_utf8(bytes).map_err(|_malformed| AdminError::NotText)?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}
