//! The app, listening.

use std::io;
use std::net::SocketAddr;

use actix_web::App;
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::{Data, PayloadConfig};
use web::ServerOptions;

use crate::guard::guard;
use crate::{Office, routes};

/// Serves the app; the address is the one it listens on. Await the server to wait for its end.
/// Where no signal stops it, call [`Office::close_live`] before stopping it.
///
/// # Errors
/// The address cannot be bound.
pub fn serve(office: &Data<Office>, options: ServerOptions) -> io::Result<(Server, SocketAddr)> {
    let office = office.clone();
    let shield = Office::shield(&office);
    let leaving = office.clone().into_inner();
    web::serve(options, leaving, move || {
        App::new()
            .app_data(office.clone())
            .app_data(shield.clone())
            .app_data(PayloadConfig::new(web::BODY_LIMIT))
            .configure(routes::configure)
            // The shield is the outermost: it gives the guard's refusals their face, too.
            .wrap(from_fn(guard))
            .wrap(from_fn(web::shield::shield))
    })
}
