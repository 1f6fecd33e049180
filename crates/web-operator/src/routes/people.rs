//! How the routes of accounts are registered.

use actix_web::Route;
use actix_web::web::{self, ServiceConfig};

use super::{at, read};
use crate::page;

/// One's own account.
pub(super) fn profile_routes(app: &mut ServiceConfig) {
    use page::profile::{codes, everywhere, name, off, password, second_factor, show};
    let own = |part: &str, show: Route, act: Route| at(&format!("/profile/{part}"), show, act);
    app.service(web::resource("/profile").route(read().to(show::show)))
        .service(own(
            "name",
            read().to(name::show),
            web::post().to(name::change),
        ))
        .service(own(
            "password",
            read().to(password::show),
            web::post().to(password::change),
        ))
        .service(own(
            "second-factor",
            read().to(second_factor::ask),
            web::post().to(second_factor::offer),
        ))
        .service(
            web::resource("/profile/second-factor/confirm")
                .route(web::post().to(second_factor::confirm)),
        )
        .service(own(
            "second-factor/off",
            read().to(off::ask),
            web::post().to(off::turn_off),
        ))
        .service(own(
            "recovery-codes",
            read().to(codes::ask),
            web::post().to(codes::renew),
        ))
        .service(own(
            "sign-out-everywhere",
            read().to(everywhere::ask),
            web::post().to(everywhere::sign_out),
        ));
}

/// Everybody's accounts.
pub(super) fn account_routes(app: &mut ServiceConfig) {
    use page::accounts::{access, detail, list, name, new, password, role};
    let of = |part: &str| format!("/accounts/{{id}}/{part}");
    app.service(web::resource("/accounts").route(read().to(list::show)))
        .service(at(
            "/accounts/new",
            read().to(new::show),
            web::post().to(new::create),
        ))
        .service(web::resource("/accounts/{id}").route(read().to(detail::show)))
        .service(at(
            &of("name"),
            read().to(name::show),
            web::post().to(name::change),
        ))
        .service(at(
            &of("role"),
            read().to(role::show),
            web::post().to(role::change),
        ))
        .service(at(
            &of("password"),
            read().to(password::ask),
            web::post().to(password::reset),
        ))
        .service(at(
            &of("sign-out"),
            read().to(access::ask_sign_out),
            web::post().to(access::sign_out),
        ))
        .service(at(
            &of("disable"),
            read().to(access::ask_disable),
            web::post().to(access::disable),
        ))
        .service(web::resource(of("enable")).route(web::post().to(access::enable)))
        .service(web::resource(of("let-in")).route(web::post().to(access::let_in)));
}
