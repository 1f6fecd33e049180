//! SLMM's route table, and our own beside it.

mod control;
mod events;
mod feed;
mod history;
mod monitor;
mod rules;
mod status;

use actix_web::http::{StatusCode, header};
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, HttpResponse, Resource, web};
use serde::Serialize;

use crate::answer;
use crate::guard::guard;
use crate::sim::Sim;

impl Sim {
    /// Adds SLMM's routes and the control API to an app.
    pub fn configure(&self, app: &mut web::ServiceConfig) {
        app.app_data(web::Data::new(self.clone()))
            .service(only("/health").get(health).wrap(from_fn(guard)))
            .service(control::scope())
            .service(
                web::scope("/api/nl43")
                    .wrap(from_fn(guard))
                    .service(only("/roster").get(status::roster))
                    .service(only("/_monitor/status").get(monitor::all))
                    .service(only("/{unit}/status").get(status::one))
                    .service(only("/{unit}/history").get(history::read))
                    .service(
                        only("/{unit}/alerts/rules")
                            .get(rules::list)
                            .post(rules::create),
                    )
                    .service(
                        only("/{unit}/alerts/rules/{rule}")
                            .put(rules::replace)
                            .delete(rules::delete),
                    )
                    .service(only("/{unit}/alerts/events").get(events::list))
                    .service(only("/{unit}/alerts/events/{event}/ack").post(events::acknowledge))
                    .service(only("/{unit}/monitor/start").post(monitor::start))
                    .service(only("/{unit}/monitor/stop").post(monitor::stop))
                    .service(only("/{unit}/monitor").get(feed::open))
                    .default_service(web::to(not_found)),
            )
            .default_service(web::to(not_found));
    }
}

/// A resource that answers other methods as SLMM does.
fn only(path: &str) -> Resource {
    web::resource(path).default_service(web::to(|| async {
        answer::detail(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
    }))
}

async fn health() -> HttpResponse {
    #[derive(Serialize)]
    struct Health {
        status: &'static str,
        service: &'static str,
    }
    HttpResponse::Ok().json(Health {
        status: "ok",
        service: "slmm-nl43-addon",
    })
}

/// An unknown path: refused at a socket's upgrade, redirected for a slash too many.
async fn not_found(request: HttpRequest) -> HttpResponse {
    if feed::is_upgrade(&request) {
        return HttpResponse::Forbidden().finish();
    }
    match request.path().strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() => HttpResponse::TemporaryRedirect()
            .insert_header((header::LOCATION, shorter))
            .finish(),
        _ => answer::detail(StatusCode::NOT_FOUND, "Not Found"),
    }
}
