//! The one door through which chance enters.

/// The system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system's random source gave nothing")]
pub struct RandomError;

/// A source of unpredictable bytes. The real one is `auth::SystemRandom`.
pub trait RandomSource: Send + Sync + 'static {
    /// Fills the whole buffer.
    ///
    /// # Errors
    /// [`RandomError`] when the source fails; the buffer's content is then unspecified.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), RandomError>;
}
