//! The roster and the cached rows.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use crate::sim::Sim;
use crate::{answer, wire};

pub(super) async fn roster(sim: web::Data<Sim>) -> HttpResponse {
    let body = wire::roster(&sim.world().units);
    HttpResponse::Ok().json(body)
}

pub(super) async fn one(sim: web::Data<Sim>, unit: web::Path<String>) -> HttpResponse {
    let body = {
        let world = sim.world();
        world
            .unit(&unit)
            .and_then(|unit| Some(wire::status(unit, unit.row.as_ref()?)))
    };
    match body {
        Some(body) => HttpResponse::Ok().json(body),
        None => answer::detail(StatusCode::NOT_FOUND, "No NL43 status recorded"),
    }
}
