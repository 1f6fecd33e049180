//! Every route of the operator app, on one screen. A snapshot test pins the table.

mod people;

use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};
use actix_web::{Resource, Route};

use crate::api::portal_access;
use crate::api::slmm::{device, events, history, rules};
use crate::live::stream;
use crate::page::meter::{self, acts, delete, edit};
use crate::page::{audit, units};
use crate::{health, page, statics};

/// The paths of the app, the methods they take, and after the colon who may use each: `open` for
/// everybody, or the least role. A method that says nothing takes `admin`.
pub const TABLE: &[(&str, &str)] = &[
    ("GET:open", "/healthz"),
    ("GET:open", "/readyz"),
    ("GET:open POST:open", "/login"),
    ("GET:open POST:open", "/login/code"),
    ("GET:operator", "/login/welcome"),
    ("GET:open POST:open", "/logout"),
    ("GET:operator", "/"),
    ("GET:operator", "/clients"),
    ("GET POST", "/clients/new"),
    ("GET:operator", "/clients/{id}"),
    ("GET POST", "/clients/{id}/edit"),
    ("GET POST", "/clients/{id}/archive"),
    ("POST", "/clients/{id}/restore"),
    ("GET:operator", "/projects"),
    ("GET POST", "/projects/new"),
    ("GET:operator", "/projects/{id}"),
    ("GET POST", "/projects/{id}/edit"),
    ("GET POST", "/projects/{id}/status/{status}"),
    ("GET POST", "/projects/{id}/locations/new"),
    ("POST", "/projects/{id}/locations/order"),
    ("GET POST", "/projects/{id}/locations/{location}/edit"),
    ("GET POST", "/projects/{id}/locations/{location}/remove"),
    ("GET POST", "/projects/{id}/locations/{location}/meter"),
    ("GET POST", "/projects/{id}/stays/{stay}/end"),
    ("POST", "/projects/{id}/portal/open"),
    ("GET POST", "/projects/{id}/portal/{act}"),
    ("GET:operator", "/projects/{id}/portal-access"),
    ("POST", "/projects/{id}/portal-access/enable"),
    ("POST", "/projects/{id}/portal-access/password"),
    ("POST", "/projects/{id}/portal-access/rotate-link"),
    ("POST", "/projects/{id}/portal-access/disable"),
    ("GET:operator", "/projects/{id}/portal-preview"),
    ("GET:operator", "/alerts"),
    ("GET:operator", "/slm/{unit_id}"),
    ("POST:operator", "/slm/{unit_id}/keepalive"),
    ("GET:operator POST:operator", "/slm/{unit_id}/delete-rule"),
    ("GET:operator POST:operator", "/slm/{unit_id}/rules"),
    (
        "GET:operator POST:operator",
        "/slm/{unit_id}/rules/{rule_id}",
    ),
    ("POST:operator", "/slm/{unit_id}/rules/{rule_id}/enabled"),
    (
        "GET:operator POST:operator",
        "/slm/{unit_id}/rules/{rule_id}/delete",
    ),
    ("POST:operator", "/slm/{unit_id}/events/{event_id}/ack"),
    (
        "GET:operator POST:operator",
        "/api/slmm/{unit_id}/alerts/rules",
    ),
    (
        "PUT:operator DELETE:operator",
        "/api/slmm/{unit_id}/alerts/rules/{rule_id}",
    ),
    ("GET:operator", "/api/slmm/{unit_id}/alerts/events"),
    (
        "POST:operator",
        "/api/slmm/{unit_id}/alerts/events/{event_id}/ack",
    ),
    ("GET:operator", "/api/slmm/{unit_id}/status"),
    ("GET:operator", "/api/slmm/{unit_id}/history"),
    ("GET:operator", "/api/slmm/{unit_id}/monitor"),
    ("POST:operator", "/api/slmm/{unit_id}/monitor/start"),
    ("POST:operator", "/api/slmm/{unit_id}/monitor/stop"),
    ("GET:operator POST", "/units"),
    ("GET", "/units/new"),
    ("GET:operator POST", "/units/{id}"),
    ("POST", "/units/{id}/stay"),
    ("POST", "/units/{id}/retire"),
    ("POST", "/units/{id}/unretire"),
    ("GET:operator", "/profile"),
    ("GET:operator POST:operator", "/profile/name"),
    ("GET:operator POST:operator", "/profile/password"),
    ("GET:operator POST:operator", "/profile/second-factor"),
    ("POST:operator", "/profile/second-factor/confirm"),
    ("GET:operator POST:operator", "/profile/second-factor/off"),
    ("GET:operator POST:operator", "/profile/recovery-codes"),
    ("GET:operator POST:operator", "/profile/sign-out-everywhere"),
    ("GET:superadmin", "/accounts"),
    ("GET:superadmin POST:superadmin", "/accounts/new"),
    ("GET:superadmin", "/accounts/{id}"),
    ("GET:superadmin POST:superadmin", "/accounts/{id}/name"),
    ("GET:superadmin POST:superadmin", "/accounts/{id}/role"),
    ("GET:superadmin POST:superadmin", "/accounts/{id}/password"),
    ("GET:superadmin POST:superadmin", "/accounts/{id}/sign-out"),
    ("GET:superadmin POST:superadmin", "/accounts/{id}/disable"),
    ("POST:superadmin", "/accounts/{id}/enable"),
    ("POST:superadmin", "/accounts/{id}/let-in"),
    ("GET:operator", "/audit"),
    ("GET:operator", "/audit.csv"),
    ("GET:operator", "/system"),
    ("GET:open", "/static/{hash}/{file}*"),
];

/// Registers them; whatever is not here is 404.
pub fn configure(app: &mut ServiceConfig) {
    app.service(web::resource("/healthz").route(read().to(health::alive)))
        .service(web::resource("/readyz").route(read().to(health::ready)))
        .configure(login_routes)
        .service(web::resource("/").route(read().to(page::board::show)))
        .configure(client_routes)
        .configure(project_routes)
        .configure(location_routes)
        .configure(portal_routes)
        .configure(access_routes)
        .service(web::resource("/alerts").route(read().to(page::alerts::show)))
        .configure(meter_routes)
        .configure(slmm_routes)
        .configure(unit_routes)
        .configure(people::profile_routes)
        .configure(people::account_routes)
        .service(web::resource("/audit").route(read().to(audit::list::show)))
        .service(web::resource("/audit.csv").route(read().to(audit::export::show)))
        .service(web::resource("/system").route(read().to(page::system::show)))
        .service(web::resource("/static/{hash}/{file}*").route(read().to(statics::file)))
        .default_service(web::to(health::nothing));
}

fn login_routes(app: &mut ServiceConfig) {
    use page::login::{code, form_config, logout, password, welcome};
    let password = at(
        "/login",
        read().to(password::show),
        web::post().to(password::sign_in),
    );
    let code = at(
        "/login/code",
        read().to(code::show),
        web::post().to(code::sign_in),
    );
    app.service(password.app_data(form_config()))
        .service(code.app_data(form_config()))
        .service(web::resource("/login/welcome").route(read().to(welcome::show)))
        .service(at(
            "/logout",
            read().to(logout::ask),
            web::post().to(logout::logout),
        ));
}

fn client_routes(app: &mut ServiceConfig) {
    use page::clients::{archive, detail, edit, list, new};
    app.service(web::resource("/clients").route(read().to(list::show)))
        .service(at(
            "/clients/new",
            read().to(new::show),
            web::post().to(new::create),
        ))
        .service(web::resource("/clients/{id}").route(read().to(detail::show)))
        .service(at(
            "/clients/{id}/edit",
            read().to(edit::show),
            web::post().to(edit::edit),
        ))
        .service(at(
            "/clients/{id}/archive",
            read().to(archive::ask),
            web::post().to(archive::archive),
        ))
        .service(web::resource("/clients/{id}/restore").route(web::post().to(archive::restore)));
}

fn project_routes(app: &mut ServiceConfig) {
    use page::projects::{detail, edit, list, new, status};
    app.service(web::resource("/projects").route(read().to(list::show)))
        .service(at(
            "/projects/new",
            read().to(new::show),
            web::post().to(new::create),
        ))
        .service(web::resource("/projects/{id}").route(read().to(detail::show)))
        .service(at(
            "/projects/{id}/edit",
            read().to(edit::show),
            web::post().to(edit::edit),
        ))
        .service(at(
            "/projects/{id}/status/{status}",
            read().to(status::ask),
            web::post().to(status::set),
        ));
}

fn location_routes(app: &mut ServiceConfig) {
    use page::projects::{locations, meters, order, remove, stays};
    let of = |name: &str| format!("/projects/{{id}}/locations/{{location}}/{name}");
    app.service(at(
        "/projects/{id}/locations/new",
        read().to(locations::new),
        web::post().to(locations::add),
    ))
    .service(web::resource("/projects/{id}/locations/order").route(web::post().to(order::set)))
    .service(at(
        &of("edit"),
        read().to(locations::show),
        web::post().to(locations::edit),
    ))
    .service(at(
        &of("remove"),
        read().to(remove::ask),
        web::post().to(remove::remove),
    ))
    .service(at(
        &of("meter"),
        read().to(meters::show),
        web::post().to(meters::assign),
    ))
    .service(at(
        "/projects/{id}/stays/{stay}/end",
        read().to(stays::ask),
        web::post().to(stays::end),
    ));
}

fn portal_routes(app: &mut ServiceConfig) {
    use page::projects::portal;
    app.service(web::resource("/projects/{id}/portal/open").route(web::post().to(portal::open)))
        .service(at(
            "/projects/{id}/portal/{act}",
            read().to(portal::ask),
            web::post().to(portal::done),
        ));
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

fn meter_routes(app: &mut ServiceConfig) {
    let of_meter = |rest: &str| web::resource(format!("/slm/{{unit_id}}{rest}"));
    app.service(of_meter("").route(read().to(meter::show)))
        .service(of_meter("/keepalive").route(web::post().to(acts::keepalive)))
        .service(
            of_meter("/delete-rule")
                // As below.
                .route(read().to(meter::show))
                .route(web::post().to(delete::by_number)),
        )
        .service(
            of_meter("/rules")
                // Where a refused rule is shown, so that the page can keep itself current there.
                .route(read().to(meter::show))
                .route(web::post().to(acts::create)),
        )
        .service(
            of_meter("/rules/{rule_id}")
                .route(read().to(edit::show))
                .route(web::post().to(edit::change)),
        )
        .service(of_meter("/rules/{rule_id}/enabled").route(web::post().to(acts::enable)))
        .service(
            of_meter("/rules/{rule_id}/delete")
                .route(read().to(delete::ask))
                .route(web::post().to(delete::delete)),
        )
        .service(of_meter("/events/{event_id}/ack").route(web::post().to(acts::acknowledge)));
}

fn slmm_routes(app: &mut ServiceConfig) {
    let of_meter = |rest: &str| web::resource(format!("/api/slmm/{{unit_id}}/{rest}"));
    app.service(
        of_meter("alerts/rules")
            .route(read().to(rules::list))
            .route(web::post().to(rules::create)),
    )
    .service(
        of_meter("alerts/rules/{rule_id}")
            .route(web::put().to(rules::update))
            .route(web::delete().to(rules::delete)),
    )
    .service(of_meter("alerts/events").route(read().to(events::list)))
    .service(of_meter("alerts/events/{event_id}/ack").route(web::post().to(events::acknowledge)))
    .service(of_meter("status").route(read().to(device::status)))
    .service(of_meter("history").route(read().to(history::history)))
    .service(of_meter("monitor").route(web::get().to(stream)))
    .service(of_meter("monitor/start").route(web::post().to(device::start)))
    .service(of_meter("monitor/stop").route(web::post().to(device::stop)));
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
        .service(web::resource("/units/{id}/stay").route(web::post().to(units::place::put)))
        .service(web::resource("/units/{id}/retire").route(web::post().to(units::retire::retire)))
        .service(
            web::resource("/units/{id}/unretire").route(web::post().to(units::retire::unretire)),
        );
}

/// Whether a path is one of the JSON routes.
pub(crate) fn is_json(path: &str) -> bool {
    path.starts_with("/api/") || path.contains("/portal-access")
}

/// A page and what its form does.
fn at(path: &str, show: Route, act: Route) -> Resource {
    web::resource(path).route(show).route(act)
}

fn read() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}
