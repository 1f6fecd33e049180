//! The machine's own source of chance.

use domain::{RandomError, RandomSource};
use ring::rand::SecureRandom;

/// The operating system's random generator, by `ring`.
#[derive(Debug, Clone)]
pub struct SystemRandom(ring::rand::SystemRandom);

impl SystemRandom {
    /// The source; nothing is opened or read yet.
    #[expect(clippy::disallowed_methods, reason = "this is the door itself")]
    pub fn new() -> Self {
        Self(ring::rand::SystemRandom::new())
    }
}

impl Default for SystemRandom {
    fn default() -> Self {
        Self::new()
    }
}

impl RandomSource for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), RandomError> {
        self.0.fill(buffer).map_err(|_unspecified| RandomError)
    }
}
