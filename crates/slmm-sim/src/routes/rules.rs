//! Alert rules.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::Value;

use crate::rule::{Rule, RuleSpec};
use crate::rule_body::{self, Rejection};
use crate::sim::Sim;
use crate::validate::Complaint;
use crate::wire::{Deleted, RuleBody, RulesBody};
use crate::{answer, validate};

pub(super) async fn list(sim: web::Data<Sim>, unit: web::Path<String>) -> HttpResponse {
    let rules = sim.rules(&unit);
    // One number that JSON cannot say breaks the whole listing.
    if !rules.iter().all(is_tellable) {
        return answer::internal_error();
    }
    HttpResponse::Ok().json(RulesBody {
        status: "ok",
        rules,
    })
}

pub(super) async fn create(
    sim: web::Data<Sim>,
    unit: web::Path<String>,
    body: web::Bytes,
) -> HttpResponse {
    let spec = match rule_body::parse(&body) {
        Ok(spec) => spec,
        Err(rejection) => return refuse(&rejection),
    };
    let rule = sim.world().alerts.add_rule(&unit, spec);
    stored(&sim, rule)
}

pub(super) async fn replace(
    sim: web::Data<Sim>,
    path: web::Path<(String, String)>,
    body: web::Bytes,
) -> HttpResponse {
    let (unit, id) = path.into_inner();
    let (id, spec) = match (rule_id(&id), rule_body::parse(&body)) {
        (Ok(id), Ok(spec)) => (id, spec),
        (Err(complaint), _) => return answer::unprocessable(&[complaint]),
        (Ok(_), Err(rejection)) => return refuse(&rejection),
    };
    match replace_rule(&sim, &unit, id, spec) {
        Some(rule) => stored(&sim, rule),
        None => not_found(),
    }
}

pub(super) async fn delete(sim: web::Data<Sim>, path: web::Path<(String, String)>) -> HttpResponse {
    let (unit, id) = path.into_inner();
    let id = match rule_id(&id) {
        Ok(id) => id,
        Err(complaint) => return answer::unprocessable(&[complaint]),
    };
    let now = sim.now();
    if sim.world().alerts.delete_rule(&unit, id, now) {
        HttpResponse::Ok().json(Deleted {
            status: "ok",
            deleted: id,
        })
    } else {
        not_found()
    }
}

fn replace_rule(sim: &Sim, unit: &str, id: i64, spec: RuleSpec) -> Option<Rule> {
    let now = sim.now();
    sim.world().alerts.replace_rule(unit, id, spec, now)
}

/// An enabled rule starts the unit's monitor and keeps it for good, whether the unit exists or not.
fn stored(sim: &Sim, rule: Rule) -> HttpResponse {
    if rule.spec.enabled {
        let now = sim.now();
        let mut world = sim.world();
        let monitor = world.monitor_of(&rule.unit_id, now);
        monitor.keepalive = true;
        monitor.ensure_running(now);
    }
    if !is_tellable(&rule) {
        return answer::internal_error();
    }
    HttpResponse::Ok().json(RuleBody { status: "ok", rule })
}

fn is_tellable(rule: &Rule) -> bool {
    rule.spec.threshold_db.is_finite() && rule.spec.clear_margin_db.is_finite()
}

fn rule_id(text: &str) -> Result<i64, Complaint> {
    let id = validate::int(&Value::String(text.to_owned()), &["path", "rule_id"])?;
    // No rule has an id beyond 64 bits.
    Ok(i64::try_from(id).unwrap_or(-1))
}

fn refuse(rejection: &Rejection) -> HttpResponse {
    match rejection {
        Rejection::Unprocessable(complaints) => answer::unprocessable(complaints),
        Rejection::Internal => answer::internal_error(),
    }
}

fn not_found() -> HttpResponse {
    answer::detail(StatusCode::NOT_FOUND, "Alert rule not found")
}
