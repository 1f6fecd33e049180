//! A second handle on each TCP connection, to close it under a request.

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd;

use actix_rt::net::TcpStream as ActixStream;
use actix_web::HttpRequest;
use actix_web::dev::Extensions;

struct Handle(TcpStream);

/// Keeps a handle on a new connection; closes it at once when `down`.
pub(crate) fn on_connect(stream: &dyn Any, data: &mut Extensions, down: bool) {
    let Some(stream) = stream.downcast_ref::<ActixStream>() else {
        return;
    };
    match stream.as_fd().try_clone_to_owned() {
        Ok(descriptor) => {
            let handle = Handle(TcpStream::from(descriptor));
            if down {
                handle.close();
            }
            data.insert(handle);
        }
        Err(error) => tracing::warn!(%error, "no second handle on a connection"),
    }
}

/// Closes the connection that a request came by. Without one, as in a test of the app alone,
/// nothing happens.
pub(crate) fn close(request: &HttpRequest) {
    if let Some(handle) = request.conn_data::<Handle>() {
        handle.close();
    }
}

impl Handle {
    fn close(&self) {
        // A connection that is gone already is as closed as it should be.
        if let Err(error) = self.0.shutdown(Shutdown::Both) {
            tracing::debug!(%error, "the connection was closed already");
        }
    }
}
