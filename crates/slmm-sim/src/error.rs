//! What can go wrong in the simulator itself.

use std::io;

/// Why the simulator could not do as it was told.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// No such unit is registered.
    #[error("the simulator has no unit {0:?}")]
    UnknownUnit(String),
    /// The address cannot be had.
    #[error("the simulator cannot listen on {address}")]
    Listen {
        /// The address asked for.
        address: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The thread to serve from could not be started.
    #[error("the simulator's thread cannot be started")]
    Thread(#[source] io::Error),
}
