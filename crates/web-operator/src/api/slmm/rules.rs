//! A meter's rules: what clients read as its limits.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use domain::UnitId;
use slmm_operator::{Rule, RuleDraft, RuleInput};
use store_operator::{Details, DeviceAct, Fact};
use web::WebError;
use web::json::{private_json, private_json_with};

use super::view::{DeletedView, RuleAnswer, RulesView};
use super::{unprocessable, upstream};
use crate::Office;
use crate::guard::Staff;

/// `GET …/alerts/rules`.
pub(crate) async fn list(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(&staff, &unit).await?;
    let rules = office.control.rules(&meter).await.map_err(upstream)?;
    Ok(private_json(&RulesView::new(&rules)))
}

/// `POST …/alerts/rules`: 201 with the rule as SLMM has it now.
pub(crate) async fn create(
    office: Data<Office>,
    staff: Staff,
    unit: Path<String>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let meter = office.meter(&staff, &unit).await?;
    let draft = draft(&body)?;
    let created = office.control.create_rule(&meter, &draft).await;
    let rule = created.map_err(upstream)?;
    let details = facts(&rule, Side::After, Details::default());
    office
        .record(&staff, DeviceAct::CreateRule, meter, details)
        .await?;
    Ok(private_json_with(
        StatusCode::CREATED,
        &RuleAnswer::new(&rule),
    ))
}

/// `PUT …/alerts/rules/{rule_id}`: the whole rule anew.
pub(crate) async fn update(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
    body: Bytes,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let meter = office.meter(&staff, &unit).await?;
    let draft = draft(&body)?;
    let (before, _) = office.rule(&meter, &id).await?;
    let updated = office.control.update_rule(&meter, before.id, &draft).await;
    let rule = updated.map_err(upstream)?;
    let details = facts(&before, Side::Before, Details::default());
    let details = facts(&rule, Side::After, details);
    office
        .record(&staff, DeviceAct::ChangeRule, meter, details)
        .await?;
    Ok(private_json(&RuleAnswer::new(&rule)))
}

/// `DELETE …/alerts/rules/{rule_id}`: says how many are left, for the last one leaves the meter on
/// its fast rate for nothing.
pub(crate) async fn delete(
    office: Data<Office>,
    staff: Staff,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (unit, id) = path.into_inner();
    let meter = office.meter(&staff, &unit).await?;
    let (before, all) = office.rule(&meter, &id).await?;
    let deleted = office.control.delete_rule(&meter, before.id).await;
    deleted.map_err(upstream)?;
    let details = facts(&before, Side::Before, Details::default());
    office
        .record(&staff, DeviceAct::DeleteRule, meter, details)
        .await?;
    Ok(private_json(&DeletedView {
        deleted: before.id,
        remaining: all.saturating_sub(1),
    }))
}

impl Office {
    /// The rule of that id among the meter's, and how many it has. SLMM takes an id alone, and ids
    /// are used again.
    async fn rule(&self, meter: &UnitId, id: &str) -> Result<(Rule, usize), WebError> {
        let id: i64 = id.parse().map_err(|_no_id| WebError::NotFound)?;
        let rules = self.control.rules(meter).await.map_err(upstream)?;
        let all = rules.len();
        let found = rules.into_iter().find(|rule| rule.id == id);
        found.map(|rule| (rule, all)).ok_or(WebError::NotFound)
    }
}

fn draft(body: &[u8]) -> Result<RuleDraft, WebError> {
    let input = RuleInput::from_json(body).map_err(unprocessable)?;
    RuleDraft::check(&input).map_err(unprocessable)
}

/// Which side of an act a fact is of.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// Writes a rule down, as it was before an act or is after it.
fn facts(rule: &Rule, side: Side, details: Details) -> Details {
    let threshold = rule.threshold_db.map(|db| db.to_string());
    let schedule = [&rule.schedule_start, &rule.schedule_end].map(|end| end.as_deref());
    let schedule = match schedule {
        [Some(start), Some(end)] => format!("{start} to {end}"),
        _ => "always".to_owned(),
    };
    [
        (Fact::Rule, rule.id.to_string()),
        (Fact::Name, rule.name.clone()),
        (Fact::Enabled, rule.enabled.to_string()),
        (Fact::Metric, rule.metric_text.clone()),
        (Fact::Comparison, rule.comparison.as_str().to_owned()),
        (Fact::ThresholdDb, threshold.unwrap_or_default()),
        (Fact::DurationS, rule.duration_s.to_string()),
        (Fact::ClearMarginDb, rule.clear_margin_db.to_string()),
        (Fact::CooldownS, rule.cooldown_s.to_string()),
        (Fact::Schedule, schedule),
        (Fact::Days, rule.schedule_days.clone().unwrap_or_default()),
    ]
    .into_iter()
    .fold(details, |details, (fact, value)| match side {
        Side::Before => details.before(fact, &value),
        Side::After => details.after(fact, &value),
    })
}
