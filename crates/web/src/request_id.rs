//! A name for one request, by which a visitor's plain error page is found in the log.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// The id of a request: unique within the process, no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(u64);

impl RequestId {
    /// The next id.
    pub fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:06x}", std::process::id(), self.0)
    }
}
