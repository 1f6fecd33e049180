//! Every route of the portal, on one screen. A snapshot test pins the table.

use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, Route};

use crate::{api, gate, health, live, page, statics};

/// The paths of the portal and the methods they take.
pub const TABLE: &[(&str, &str)] = &[
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET POST", "/portal/p/{link_token}"),
    ("GET", "/portal/access"),
    ("GET POST", "/portal/logout"),
    ("GET", "/portal/preview/{ticket}"),
    ("GET", "/portal"),
    ("GET", "/portal/location/{id}"),
    ("GET", "/portal/location/{id}/levels.csv"),
    ("GET", "/portal/events"),
    ("GET", "/portal/api/overview"),
    ("GET", "/portal/api/location/{id}/live"),
    ("GET", "/portal/api/location/{id}/history"),
    ("GET", "/portal/api/location/{id}/events"),
    ("GET", "/portal/api/location/{id}/thresholds"),
    ("GET", "/portal/api/location/{id}/stream"),
    ("GET", "/portal/api/events"),
    ("GET", "/portal/static/{hash}/{file}*"),
];

/// Registers them; whatever is not here is 404. They are tried in this order, one pattern after the
/// other, so what open pages ask for again and again comes first. No two take the same path.
pub fn configure(app: &mut ServiceConfig) {
    app.service(web::resource("/portal/api/location/{id}/live").route(read().to(api::live)))
        .service(web::resource("/portal/api/overview").route(read().to(api::overview)))
        .service(web::resource("/portal/api/location/{id}/history").route(read().to(api::history)))
        .service(web::resource("/portal").route(read().to(page::overview::show)))
        .service(web::resource("/").route(read().to(health::root)))
        .service(web::resource("/healthz").route(read().to(health::alive)))
        .service(web::resource("/readyz").route(read().to(health::ready)))
        .service(gate_resource())
        .service(web::resource("/portal/access").route(read().to(gate::access)))
        .service(
            web::resource("/portal/logout")
                .route(read().to(gate::logout))
                .route(web::post().to(gate::logout)),
        )
        .service(web::resource("/portal/preview/{ticket}").route(read().to(gate::preview)))
        .service(web::resource("/portal/location/{id}").route(read().to(page::location::show)))
        .service(
            web::resource("/portal/location/{id}/levels.csv")
                .route(read().to(page::levels_csv::show)),
        )
        .service(web::resource("/portal/events").route(read().to(page::events::show)))
        .service(
            web::resource("/portal/api/location/{id}/events")
                .route(read().to(api::location_events)),
        )
        .service(
            web::resource("/portal/api/location/{id}/thresholds").route(read().to(api::thresholds)),
        )
        .service(web::resource("/portal/api/location/{id}/stream").route(read().to(live::stream)))
        .service(web::resource("/portal/api/events").route(read().to(api::project_events)))
        .service(web::resource("/portal/static/{hash}/{file}*").route(read().to(statics::file)))
        .default_service(web::to(health::nothing));
}

fn gate_resource() -> Resource {
    web::resource("/portal/p/{link_token}")
        .app_data(gate::form_config())
        .route(read().to(gate::prompt))
        .route(web::post().to(gate::knock))
}

fn read() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}
