//! The app, listening.

use std::io;
use std::net::SocketAddr;

use actix_web::App;
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::{Data, PayloadConfig, ServiceConfig};
use web::ServerOptions;

use crate::{Portal, pace, routes};

/// Serves the portal; the address is the one it listens on. Await the server to wait for its end.
/// Where no signal stops it, call [`Portal::close_live`] before stopping it.
///
/// # Errors
/// The address cannot be bound.
pub fn serve(portal: &Data<Portal>, options: ServerOptions) -> io::Result<(Server, SocketAddr)> {
    serve_with(portal, options, |_| {})
}

/// The same with routes of the caller's before the portal's own, such as the
/// [style guide](crate::styleguide) of the demo.
///
/// # Errors
/// The address cannot be bound.
pub fn serve_with(
    portal: &Data<Portal>,
    options: ServerOptions,
    more: fn(&mut ServiceConfig),
) -> io::Result<(Server, SocketAddr)> {
    let portal = portal.clone();
    let shield = Portal::shield(&portal);
    let leaving = portal.clone().into_inner();
    web::serve(options, leaving, move || {
        App::new()
            .app_data(portal.clone())
            .app_data(shield.clone())
            .app_data(PayloadConfig::new(web::BODY_LIMIT))
            .configure(more)
            .configure(routes::configure)
            .wrap(from_fn(pace::pace))
            .wrap(from_fn(web::shield::shield))
    })
}
