//! Stored password hashes: argon2id in the PHC string format.

use std::fmt;

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use domain::{RandomError, RandomSource};

use crate::password::Password;

/// Why there is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The text is no hash of ours, or one that would cost more than a check may.
    #[error("not an argon2id hash within the accepted parameters")]
    Unreadable,
    /// The parameters are outside what argon2 or we accept.
    #[error("parameters outside the accepted range")]
    Parameters,
    /// No salt could be drawn.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// There was no room for one more computation.
    #[error("no room for one more password computation")]
    Saturated,
    /// argon2 itself gave up.
    #[error("argon2: {0}")]
    Argon2(argon2::password_hash::Error),
}

/// What a hash costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashParams(Params);

impl HashParams {
    const MAX_MEMORY_KIB: u32 = 128 * 1024;
    const MAX_PASSES: u32 = 16;
    const MAX_LANES: u32 = 8;
    const SALT_LENGTH: usize = 16;
    const OUTPUT_LENGTH: usize = 32;

    /// The OWASP password storage cheat sheet's parameters: 19 MiB, two passes, one lane.
    pub fn owasp() -> Self {
        Self(Params::DEFAULT)
    }

    /// Other parameters: memory in KiB (at least 8 a lane), passes, lanes.
    ///
    /// # Errors
    /// [`HashError::Parameters`] outside what argon2 can do, or what one check may cost.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, HashError> {
        let affordable = memory_kib <= Self::MAX_MEMORY_KIB
            && passes <= Self::MAX_PASSES
            && lanes <= Self::MAX_LANES;
        if !affordable {
            return Err(HashError::Parameters);
        }
        Params::new(memory_kib, passes, lanes, None)
            .map(Self)
            .map_err(|_out_of_range| HashError::Parameters)
    }

    fn work(&self) -> u64 {
        u64::from(self.0.m_cost()) * u64::from(self.0.t_cost())
    }

    /// Whether a search costs less here than with `other`: less memory, or fewer blocks in all.
    fn is_weaker_than(&self, other: &Self) -> bool {
        self.0.m_cost() < other.0.m_cost() || self.work() < other.work()
    }

    fn argon2(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.0.clone())
    }

    fn run(&self, password: &Password, salt: &[u8], output: &mut [u8]) -> Result<(), HashError> {
        self.argon2()
            .hash_password_into(password.reveal().as_bytes(), salt, output)
            .map_err(|error| HashError::Argon2(error.into()))
    }
}

/// The hash of a password, as stored.
#[derive(Clone)]
pub struct PasswordHash(Box<Parts>);

#[derive(Clone)]
struct Parts {
    text: Box<str>,
    params: HashParams,
    salt: phc::Salt,
    output: phc::Output,
}

impl PasswordHash {
    /// Takes a stored hash. Parameters are read from it, so they are capped: a hash that somebody
    /// planted cannot take the server's memory or time.
    ///
    /// # Errors
    /// [`HashError::Unreadable`] for everything that is no argon2id hash within those caps.
    pub fn parse(text: &str) -> Result<Self, HashError> {
        Self::read(text).ok_or(HashError::Unreadable)
    }

    fn read(text: &str) -> Option<Self> {
        let parsed = phc::PasswordHash::new(text).ok()?;
        let params = Params::try_from(&parsed.params).ok()?;
        let version = parsed.version.map(Version::try_from)?.ok()?;
        let ours = parsed.algorithm == argon2::ARGON2ID_IDENT && version == Version::V0x13;
        let plain = params.keyid().is_empty() && params.data().is_empty();
        let parts = Parts {
            params: HashParams::new(params.m_cost(), params.t_cost(), params.p_cost()).ok()?,
            salt: parsed.salt?,
            output: parsed.hash?,
            text: text.into(),
        };
        (ours && plain && parts.output.len() >= 16).then(|| Self(Box::new(parts)))
    }

    /// Hashes a password, on the calling thread and for tens of milliseconds: for programs that
    /// serve nobody meanwhile. Servers use [`crate::Verifier::hash`].
    ///
    /// # Errors
    /// [`HashError::Random`] without a salt, [`HashError::Argon2`] without the memory.
    pub fn compute(
        password: &Password,
        params: &HashParams,
        random: &dyn RandomSource,
    ) -> Result<Self, HashError> {
        let mut salt = [0; HashParams::SALT_LENGTH];
        random.fill(&mut salt)?;
        let hashed = params
            .argon2()
            .hash_password_with_salt(password.reveal().as_bytes(), &salt)
            .map_err(HashError::Argon2)?;
        Self::parse(&hashed.to_string())
    }

    /// Whether `stored` is the password's hash. Without one it is not, after the same work as with
    /// one of `params`: the time taken does not tell. It blocks as [`Self::compute`] does.
    ///
    /// # Errors
    /// [`HashError::Argon2`] without the memory: that is no verdict on the password.
    pub(crate) fn check(
        stored: Option<&Self>,
        password: &Password,
        params: &HashParams,
    ) -> Result<bool, HashError> {
        const NO_SALT: &[u8] = &[0; HashParams::SALT_LENGTH];
        let (params, salt, length) = match stored {
            Some(Self(hash)) => (&hash.params, hash.salt.as_ref(), hash.output.len()),
            None => (params, NO_SALT, HashParams::OUTPUT_LENGTH),
        };
        let mut output = vec![0; length];
        params.run(password, salt, &mut output)?;
        let output = phc::Output::new(&output).map_err(|error| HashError::Argon2(error.into()))?;
        // `phc::Output` compares in constant time.
        Ok(stored.is_some_and(|Self(hash)| hash.output == output))
    }

    /// Whether a new hash with `params` would be harder to search.
    pub(crate) fn is_weaker_than(&self, params: &HashParams) -> bool {
        self.0.params.is_weaker_than(params)
            || self.0.salt.len() < HashParams::SALT_LENGTH
            || self.0.output.len() < HashParams::OUTPUT_LENGTH
    }

    /// The PHC string, for the database.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}
