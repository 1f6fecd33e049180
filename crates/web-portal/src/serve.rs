//! The app, listening.

use std::io;
use std::net::SocketAddr;

use actix_web::App;
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use web::ServerOptions;

use crate::{Portal, routes};

/// Serves the portal; the address is the one it listens on. Await the server to wait for its end.
///
/// # Errors
/// The address cannot be bound.
pub fn serve(portal: Portal, options: ServerOptions) -> io::Result<(Server, SocketAddr)> {
    let portal = Data::new(portal);
    let shield = Portal::shield(&portal);
    web::serve(options, move || {
        App::new()
            .app_data(portal.clone())
            .app_data(shield.clone())
            .configure(routes::configure)
            .wrap(from_fn(web::shield::shield))
    })
}
