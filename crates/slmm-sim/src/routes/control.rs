//! `/_sim`: the control API. It is never late and never broken.

use actix_web::{HttpResponse, Scope as Routes, web};
use serde::Deserialize;
use serde_json::json;

use crate::control::Command;
use crate::endpoint::Endpoint;
use crate::error::SimError;
use crate::event::Event;
use crate::faults::{Fault, Scope};
use crate::rule::RuleSpec;
use crate::sim::Sim;
use crate::trail::TrailRow;

pub(super) fn scope() -> Routes {
    web::scope("/_sim")
        .route("/counters", web::get().to(counters))
        .route("/counters", web::delete().to(reset_counters))
        .route("/units/{unit}", web::post().to(command))
        .route("/units/{unit}/rules", web::post().to(insert_rule))
        .route("/units/{unit}/trail", web::post().to(insert_row))
        .route("/events", web::post().to(insert_event))
        .route("/faults", web::post().to(set_fault))
        .route("/faults", web::delete().to(clear_faults))
        .route("/down", web::post().to(down))
        .route("/restart", web::post().to(restart))
}

fn done() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}

async fn command(
    sim: web::Data<Sim>,
    unit: web::Path<String>,
    command: web::Json<Command>,
) -> HttpResponse {
    told(sim.apply(&unit, command.into_inner()))
}

fn told(outcome: Result<(), SimError>) -> HttpResponse {
    match outcome {
        Ok(()) => done(),
        Err(error) => HttpResponse::NotFound().json(json!({ "detail": error.to_string() })),
    }
}

async fn insert_row(
    sim: web::Data<Sim>,
    unit: web::Path<String>,
    row: web::Json<TrailRow>,
) -> HttpResponse {
    told(sim.insert_row(&unit, row.into_inner()))
}

async fn insert_event(sim: web::Data<Sim>, event: web::Json<Event>) -> HttpResponse {
    let id = sim.insert_event(event.into_inner());
    HttpResponse::Ok().json(json!({ "status": "ok", "id": id }))
}

async fn insert_rule(
    sim: web::Data<Sim>,
    unit: web::Path<String>,
    rule: web::Json<RuleSpec>,
) -> HttpResponse {
    let rule = sim.insert_rule(&unit, rule.into_inner());
    HttpResponse::Ok().json(json!({ "status": "ok", "id": rule.id }))
}

#[derive(Deserialize)]
struct FaultBody {
    #[serde(default)]
    scope: Scope,
    fault: Fault,
}

async fn set_fault(sim: web::Data<Sim>, body: web::Json<FaultBody>) -> HttpResponse {
    let FaultBody { scope, fault } = body.into_inner();
    sim.set_fault(scope, fault);
    done()
}

async fn clear_faults(sim: web::Data<Sim>) -> HttpResponse {
    sim.clear_faults();
    done()
}

#[derive(Deserialize)]
struct Down {
    down: bool,
}

async fn down(sim: web::Data<Sim>, body: web::Json<Down>) -> HttpResponse {
    sim.set_down(body.down);
    done()
}

async fn restart(sim: web::Data<Sim>) -> HttpResponse {
    sim.restart();
    done()
}

async fn reset_counters(sim: web::Data<Sim>) -> HttpResponse {
    sim.reset_counters();
    done()
}

async fn counters(sim: web::Data<Sim>) -> HttpResponse {
    const KINDS: [Endpoint; 9] = [
        Endpoint::Health,
        Endpoint::Roster,
        Endpoint::Status,
        Endpoint::History,
        Endpoint::Rules,
        Endpoint::Events,
        Endpoint::MonitorStatus,
        Endpoint::MonitorControl,
        Endpoint::Feed,
    ];
    let counters = sim.counters();
    let requests: serde_json::Map<String, serde_json::Value> = KINDS
        .iter()
        .map(|kind| (kind.to_string(), counters.requests(*kind).into()))
        .collect();
    HttpResponse::Ok().json(json!({
        "requests": requests,
        "in_flight": counters.in_flight(),
        "max_in_flight": counters.max_in_flight(),
        "feeds": counters.feeds(),
        "max_feeds": counters.max_feeds(),
        "times_deaf": counters.times_deaf,
    }))
}
