//! Alert events.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::Value;

use crate::sim::Sim;
use crate::wire::Acknowledged;
use crate::{answer, validate, wire};

const USUAL_LIMIT: i128 = 50;

pub(super) async fn list(
    sim: web::Data<Sim>,
    unit: web::Path<String>,
    query: web::Query<HashMap<String, String>>,
) -> HttpResponse {
    let limit = match query.get("limit") {
        None => USUAL_LIMIT,
        Some(text) => match validate::int(&Value::String(text.clone()), &["query", "limit"]) {
            Ok(limit) => limit,
            Err(complaint) => return answer::unprocessable(&[complaint]),
        },
    };
    let Ok(limit) = i64::try_from(limit) else {
        return answer::internal_error();
    };
    // To the database a negative limit is none.
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let events = sim.events(&unit);
    HttpResponse::Ok().json(wire::events(events.into_iter().take(limit)))
}

pub(super) async fn acknowledge(
    sim: web::Data<Sim>,
    path: web::Path<(String, String)>,
    query: web::Query<HashMap<String, String>>,
) -> HttpResponse {
    let (unit, id) = path.into_inner();
    let id = match validate::int(&Value::String(id), &["path", "event_id"]) {
        Ok(id) => i64::try_from(id).unwrap_or(-1),
        Err(complaint) => return answer::unprocessable(&[complaint]),
    };
    let by = query.get("by").cloned();
    let now = sim.now();
    if sim.world().alerts.acknowledge(&unit, id, by, now) {
        HttpResponse::Ok().json(Acknowledged {
            status: "ok",
            acknowledged: id,
        })
    } else {
        answer::detail(StatusCode::NOT_FOUND, "Alert event not found")
    }
}
