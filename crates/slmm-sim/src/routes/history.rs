//! A unit's trail.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use jiff::SignedDuration;
use serde_json::Value;

use crate::sim::Sim;
use crate::{answer, validate, wire};

const SHORTEST_H: f64 = 0.1;
const LONGEST_H: f64 = 48.0;
const USUAL_H: f64 = 2.0;

pub(super) async fn read(
    sim: web::Data<Sim>,
    unit: web::Path<String>,
    query: web::Query<HashMap<String, String>>,
) -> HttpResponse {
    let hours = match query.get("hours") {
        None => USUAL_H,
        Some(text) => match validate::float(&Value::String(text.clone()), &["query", "hours"]) {
            Ok(hours) if hours.is_nan() => SHORTEST_H,
            Ok(hours) => hours.clamp(SHORTEST_H, LONGEST_H),
            Err(complaint) => return answer::unprocessable(&[complaint]),
        },
    };
    let from = sim.now() - SignedDuration::from_secs_f64(hours * 3600.0);
    let rows = sim
        .world()
        .unit_mut(&unit)
        .map(|unit| unit.trail.since(from))
        .unwrap_or_default();
    HttpResponse::Ok().json(wire::history(unit.into_inner(), hours, rows))
}
