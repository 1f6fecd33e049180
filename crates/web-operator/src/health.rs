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

/// `GET /readyz`: the database answers, and nobody has asked the process to stop. SLMM away is
/// said, but does not matter.
pub(crate) async fn ready(office: Data<Office>) -> HttpResponse {
    let reachable = office.slmm.is_reachable().await;
    let slmm = Some(if reachable {
        "reachable"
    } else {
        "unreachable"
    });
    let pinged = office.database.ping().await;
    if let Err(cause) = &pinged {
        tracing::warn!(%cause, "not ready: the database does not answer");
    }
    let (mut answer, status) = match (office.is_leaving(), pinged) {
        (true, _) => (HttpResponse::ServiceUnavailable(), "leaving"),
        (false, Err(_)) => (HttpResponse::ServiceUnavailable(), "unready"),
        (false, Ok(())) => (HttpResponse::Ok(), "ready"),
    };
    answer.json(Health { status, slmm })
}
