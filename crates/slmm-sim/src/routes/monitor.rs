//! The monitors.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::sim::Sim;
use crate::{answer, wire};

pub(super) async fn all(sim: web::Data<Sim>) -> HttpResponse {
    let body = wire::monitors(&sim.world().monitors);
    HttpResponse::Ok().json(body)
}

pub(super) async fn start(sim: web::Data<Sim>, unit: web::Path<String>) -> HttpResponse {
    keep_alive(&sim, &unit, true)
}

pub(super) async fn stop(sim: web::Data<Sim>, unit: web::Path<String>) -> HttpResponse {
    keep_alive(&sim, &unit, false)
}

fn keep_alive(sim: &Sim, id: &str, on: bool) -> HttpResponse {
    let now = sim.now();
    let mut world = sim.world();
    let Some(unit) = world.unit_mut(id) else {
        return answer::detail(StatusCode::NOT_FOUND, "NL43 config not found");
    };
    unit.monitor_enabled = on;
    let monitor = world.monitor_of(id, now);
    monitor.keepalive = on;
    if on {
        monitor.ensure_running(now);
    }
    HttpResponse::Ok().json(json!({ "status": "ok", "unit_id": id, "monitor_enabled": on }))
}
