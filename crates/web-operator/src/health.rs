//! For the local supervisor, and for what is not there.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use web::WebError;

use crate::Office;

/// Any other path.
pub(crate) async fn nothing() -> Result<HttpResponse, WebError> {
    Err(WebError::NotFound)
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    slmm: Option<&'static str>,
}

/// `GET /healthz`: the process is up.
pub(crate) async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(Health {
        status: "ok",
        slmm: None,
    })
}

/// `GET /readyz`: the database answers, and nobody has asked the process to stop; once somebody has,
/// nothing else is looked at. SLMM away is said, but does not matter.
pub(crate) async fn ready(office: Data<Office>) -> HttpResponse {
    if office.is_leaving() {
        return HttpResponse::ServiceUnavailable().json(Health {
            status: "leaving",
            slmm: None,
        });
    }
    let reachable = office.slmm.is_reachable().await;
    let slmm = Some(if reachable {
        "reachable"
    } else {
        "unreachable"
    });
    match office.database.ping().await {
        Ok(()) => HttpResponse::Ok().json(Health {
            status: "ready",
            slmm,
        }),
        Err(cause) => {
            tracing::warn!(%cause, "not ready: the database does not answer");
            HttpResponse::ServiceUnavailable().json(Health {
                status: "unready",
                slmm,
            })
        }
    }
}
