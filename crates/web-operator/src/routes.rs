//! Every route of the operator app, on one screen. A snapshot test pins the table.

use actix_web::Route;
use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};

use crate::api::portal_access;
use crate::page::{audit, units};
use crate::{health, page, statics};

/// The paths of the app and the methods they take.
pub const TABLE: &[(&str, &str)] = &[
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/"),
    ("GET", "/projects/{id}/portal-access"),
    ("POST", "/projects/{id}/portal-access/enable"),
    ("POST", "/projects/{id}/portal-access/password"),
    ("POST", "/projects/{id}/portal-access/rotate-link"),
    ("POST", "/projects/{id}/portal-access/disable"),
    ("GET", "/projects/{id}/portal-preview"),
    ("GET, POST", "/units"),
    ("GET", "/units/new"),
    ("GET, POST", "/units/{id}"),
    ("POST", "/units/{id}/retire"),
    ("POST", "/units/{id}/unretire"),
    ("GET", "/audit"),
    ("GET", "/audit.csv"),
    ("GET", "/system"),
    ("GET", "/static/{hash}/{file}*"),
];

/// Registers them; whatever is not here is 404.
pub fn configure(app: &mut ServiceConfig) {
    app.service(web::resource("/healthz").route(read().to(health::alive)))
        .service(web::resource("/readyz").route(read().to(health::ready)))
        .service(web::resource("/").route(read().to(page::board::show)))
        .configure(access_routes)
        .configure(unit_routes)
        .service(web::resource("/audit").route(read().to(audit::list::show)))
        .service(web::resource("/audit.csv").route(read().to(audit::export::show)))
        .service(web::resource("/system").route(read().to(page::system::show)))
        .service(web::resource("/static/{hash}/{file}*").route(read().to(statics::file)))
        .default_service(web::to(health::nothing));
}

fn access_routes(app: &mut ServiceConfig) {
    let act = |name: &str| web::resource(format!("/projects/{{id}}/portal-access/{name}"));
    app.service(
        web::resource("/projects/{id}/portal-access").route(read().to(portal_access::show)),
    )
    .service(act("enable").route(web::post().to(portal_access::enable)))
    .service(act("password").route(web::post().to(portal_access::password)))
    .service(act("rotate-link").route(web::post().to(portal_access::rotate_link)))
    .service(act("disable").route(web::post().to(portal_access::disable)))
    .service(
        web::resource("/projects/{id}/portal-preview").route(web::get().to(portal_access::preview)),
    );
}

fn unit_routes(app: &mut ServiceConfig) {
    let all = web::resource("/units")
        .route(read().to(units::list::show))
        .route(web::post().to(units::new::add));
    let one = web::resource("/units/{id}")
        .route(read().to(units::detail::show))
        .route(web::post().to(units::edit::edit));
    app.service(all)
        .service(web::resource("/units/new").route(read().to(units::new::show)))
        .service(one)
        .service(web::resource("/units/{id}/retire").route(web::post().to(units::retire::retire)))
        .service(
            web::resource("/units/{id}/unretire").route(web::post().to(units::retire::unretire)),
        );
}

/// Whether a path is one of the JSON routes.
pub(crate) fn is_json(path: &str) -> bool {
    path.starts_with("/api/") || path.contains("/portal-access")
}

fn read() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}
