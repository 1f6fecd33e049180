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
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slmm: Option<&'static str>,
}

/// `GET /readyz`: the database answers, and nobody has asked the process to stop; once somebody has,
/// nothing else is looked at. SLMM away is said, but the portal stays ready: it shows what it
/// remembers.
pub(crate) async fn ready(portal: Data<Portal>) -> HttpResponse {
    if portal.is_leaving() {
        return HttpResponse::ServiceUnavailable().json(Ready {
            status: "leaving",
            database: None,
            slmm: None,
        });
    }
    let reachable = portal.slmm.is_reachable().await;
    let slmm = Some(if reachable {
        "reachable"
    } else {
        "unreachable"
    });
    match portal.database.ping().await {
        Ok(()) => HttpResponse::Ok().json(Ready {
            status: "ready",
            database: Some("ok"),
            slmm,
        }),
        Err(cause) => {
            tracing::warn!(%cause, "not ready: the database does not answer");
            HttpResponse::ServiceUnavailable().json(Ready {
                status: "unready",
                database: Some("unreachable"),
                slmm,
            })
        }
    }
}
