//! The keys that sign cookies and tickets.

use auth::{SecretKey, Signer, SystemRandom};
use clap::Args;

use crate::Refusal;

/// `SECRET_KEY`, `SECRET_KEY_PREVIOUS` and `--dev`.
#[derive(Debug, Clone, Args)]
pub struct KeyArgs {
    /// Signs cookies and preview tickets: 32 bytes or more, the same on every server of one database. Required unless --dev
    #[arg(
        long,
        env = "SECRET_KEY",
        value_name = "SECRET_KEY",
        hide_env_values = true
    )]
    secret_key: Option<String>,

    /// Old keys that still verify, separated by commas
    #[arg(
        long,
        env = "SECRET_KEY_PREVIOUS",
        value_name = "SECRET_KEY_PREVIOUS",
        default_value = "",
        hide_default_value = true,
        hide_env_values = true
    )]
    secret_key_previous: String,

    /// For trying things out: makes a random SECRET_KEY at each start, so that nobody stays signed in
    #[arg(long)]
    dev: bool,
}

/// The keys, usable.
pub struct Keys {
    /// Signs and verifies with them.
    pub signer: Signer,
    /// Whether the key was made for this start only.
    pub is_temporary: bool,
}

impl KeyArgs {
    /// The keys. They are read here and not by clap, which would repeat them.
    ///
    /// # Errors
    /// [`Refusal`] names `SECRET_KEY` or `SECRET_KEY_PREVIOUS`.
    pub fn keys(&self) -> Result<Keys, Refusal> {
        let given = self.secret_key.as_deref().filter(|key| !key.is_empty());
        let current = match (given, self.dev) {
            (Some(key), _) => {
                SecretKey::parse(key).map_err(|problem| Refusal::new("SECRET_KEY", problem))?
            }
            (None, true) => SecretKey::random(&SystemRandom::new())
                .map_err(|problem| Refusal::new("SECRET_KEY", problem))?,
            (None, false) => return Err(Refusal::new("SECRET_KEY", MISSING)),
        };
        let previous = self
            .secret_key_previous
            .split(',')
            .map(str::trim)
            .filter(|key| !key.is_empty());
        let previous = previous
            .map(SecretKey::parse)
            .collect::<Result<Vec<_>, _>>();
        let previous = previous.map_err(|problem| Refusal::new("SECRET_KEY_PREVIOUS", problem))?;
        Ok(Keys {
            signer: Signer::new(&current, &previous),
            is_temporary: given.is_none(),
        })
    }
}

const MISSING: &str = "it is not set, and without it nobody could stay signed in: set 32 bytes or more, such as \
     the output of `openssl rand -base64 48`, or give --dev to try things out";
