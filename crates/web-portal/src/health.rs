//! For the local supervisor, and for what is not there.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use serde::Serialize;
use web::WebError;

use crate::Portal;

/// `GET /`.
pub(crate) async fn root() -> HttpResponse {
    HttpResponse::PermanentRedirect()
        .insert_header((LOCATION, "/portal"))
        .finish()
}

/// Any other path.
pub(crate) async fn nothing() -> Result<HttpResponse, WebError> {
    Err(WebError::NotFound)
}

#[derive(Serialize)]
struct Alive {
    status: &'static str,
}

/// `GET /healthz`: the process is up.
pub(crate) async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(Alive { status: "ok" })
}

#[derive(Serialize)]
struct Ready {
    status: &'static str,
    database: &'static str,
    slmm: &'static str,
}

/// `GET /readyz`: the database answers, and nobody has asked the process to stop. SLMM away is
/// said, but the portal stays ready: it shows what it remembers.
pub(crate) async fn ready(portal: Data<Portal>) -> HttpResponse {
    let slmm = if portal.slmm.is_reachable().await {
        "reachable"
    } else {
        "unreachable"
    };
    let pinged = portal.database.ping().await;
    if let Err(cause) = &pinged {
        tracing::warn!(%cause, "not ready: the database does not answer");
    }
    let database = if pinged.is_ok() { "ok" } else { "unreachable" };
    let (mut answer, status) = match (portal.is_leaving(), pinged) {
        (true, _) => (HttpResponse::ServiceUnavailable(), "leaving"),
        (false, Err(_)) => (HttpResponse::ServiceUnavailable(), "unready"),
        (false, Ok(())) => (HttpResponse::Ok(), "ready"),
    };
    answer.json(Ready {
        status,
        database,
        slmm,
    })
}
