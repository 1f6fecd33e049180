//! A port to listen on.

use std::io;
use std::net::{SocketAddr, TcpListener};

/// This address, or a free port of the same machine where it is taken.
///
/// # Errors
/// The machine has no free port.
pub(crate) fn prefer(address: SocketAddr) -> io::Result<SocketAddr> {
    match TcpListener::bind(address) {
        Ok(listener) => listener.local_addr(),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            let free = TcpListener::bind((address.ip(), 0))?.local_addr()?;
            tracing::warn!(taken = %address, using = %free, "the port is taken");
            Ok(free)
        }
        Err(error) => Err(error),
    }
}
