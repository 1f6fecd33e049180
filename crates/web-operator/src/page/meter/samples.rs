//! Contexts that show both sides of every condition in the templates.

use domain::{Metric, TimeZone, Timestamp};
use slmm_operator::RuleInput;
use web::history::ranges;
use web::when::When;
use web::{FieldProblem, Symbol, WebError};

use super::delete::number_form;
use super::edit::RulePage;
use super::form::RuleForm;
use super::parts::{Card, DevicePart, EventLine, LivePart, MonitorPart, RuleLine, Shape};
use super::{ChartPart, MeterPage};
use crate::page::head::Head;
use crate::page::units::stay::Stay;

fn when() -> When {
    When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
}

fn form(wrong: &[&str]) -> RuleForm {
    let input = RuleInput::from_fields([
        ("name".to_owned(), "Night <noise>".to_owned()),
        ("schedule_start".to_owned(), "7am".to_owned()),
        ("schedule_end".to_owned(), "7:00".to_owned()),
        ("schedule_days".to_owned(), "0,4".to_owned()),
    ]);
    let plain = RuleForm::new(&input, ["L1", "L<10>"]);
    if wrong.is_empty() {
        return plain;
    }
    let problem = |field: &&str| FieldProblem::new(*field, "a number from <0> to 160");
    let wrong = wrong.iter().map(problem).collect();
    let refused = plain.clone().refused(WebError::Unprocessable(wrong));
    refused.unwrap_or(plain)
}

const EACH_FIELD: [&str; 12] = [
    "name",
    "metric",
    "comparison",
    "threshold_db",
    "duration_s",
    "schedule_start",
    "schedule_end",
    "schedule_days",
    "clear_margin_db",
    "cooldown_s",
    "enabled",
    "nonsense",
];

fn live(known: bool) -> LivePart {
    let card = |metric: Metric, known: bool| Card {
        metric: metric.as_str(),
        symbol: Symbol::of(metric, "L1", "L<10>"),
        value: known.then(|| "61.0".into()),
        of: "at this moment".into(),
    };
    LivePart {
        state: if known { "measuring" } else { "unavailable" },
        shape: Shape {
            class: if known { "free" } else { "unavailable" },
            label: if known { "Measuring" } else { "Not known" },
        },
        big: vec![card(Metric::Leq, known)],
        cards: vec![card(Metric::Lp, known), card(Metric::Lmin, false)],
        since: known.then(when),
        age: known.then(when),
        why: if known { "" } else { "SLMM does not answer." },
    }
}

fn device(reachable: Option<bool>) -> DevicePart {
    let known = reachable == Some(true);
    DevicePart {
        run: "Measuring",
        since: known.then(when),
        reachable,
        last_seen: known.then(when),
        last_error: (!known).then(|| "refused <10.0.0.7>".into()),
        supply: vec![
            ("Battery", known.then(|| "80".into())),
            ("Power source", None),
        ],
        monitor: reachable.map(|kept_alive| MonitorPart {
            kept_alive,
            does: "polls every 10 s",
            watchers: 2,
        }),
    }
}

fn chart() -> ChartPart {
    ChartPart {
        hours: "2".into(),
        ranges: ranges(2.0),
        labels: vec![("lp", "Lp".into()), ("ln1", "L<1>".into())],
        limit_offset_min: -300,
    }
}

fn rule(enabled: bool) -> RuleLine {
    RuleLine {
        id: 3,
        mark: "00c0ffee".into(),
        name: "Night <noise>".into(),
        symbol: enabled.then(|| Symbol::of(Metric::Leq, "L1", "L10")),
        words: "above 65 dB for 60 s, 22:00 to 07:00, Mon to Fri".into(),
        advanced: "Hysteresis 2 dB, cooldown 300 s".into(),
        enabled,
        in_force: enabled,
        trouble: (!enabled).then_some("SLMM never comes to it"),
    }
}

fn event(active: bool) -> EventLine {
    EventLine {
        id: 7,
        name: "Night <noise>".into(),
        onset: when(),
        clear: (!active).then(when),
        lasted: "12 min".into(),
        peak: (!active).then(|| "71.2".into()),
        active,
        contact: false,
        seen: (!active).then(|| ("Ada".into(), when())),
    }
}

fn page(
    device: Option<DevicePart>,
    rules: Option<Vec<RuleLine>>,
    events: Option<Vec<EventLine>>,
    wrong: &[&str],
) -> MeterPage {
    let offer_rest = rules.as_ref().is_some_and(Vec::is_empty);
    MeterPage {
        head: Head::sample("units", true),
        refresh_s: 20,
        unit: "SLM-101".into(),
        stay: Stay::samples()
            .into_iter()
            .nth(1)
            .filter(|_| device.is_some()),
        live: live(device.is_some()),
        active: events.iter().flatten().filter(|event| event.active).count(),
        no_rules: offer_rest,
        unlistable: rules.is_none() && device.is_some(),
        by_number: number_form("3"),
        away: device
            .is_none()
            .then_some("SLMM has no meter of <this> id."),
        device,
        chart: chart(),
        rules,
        events,
        form: form(wrong),
        clock_note: offer_rest.then(|| "Hours count by <SLMM's> clock.".into()),
        offer_rest,
    }
}

pub(super) fn meter() -> Vec<MeterPage> {
    vec![
        page(
            Some(device(Some(true))),
            Some(vec![rule(true), rule(false)]),
            Some(vec![event(true), event(false)]),
            &[],
        ),
        page(
            Some(device(Some(false))),
            Some(Vec::new()),
            Some(Vec::new()),
            &EACH_FIELD,
        ),
        page(Some(device(None)), None, None, &["threshold_db"]),
        page(None, None, None, &[]),
    ]
}

pub(super) fn rule_pages() -> Vec<RulePage> {
    let page = |wrong: &[&str]| RulePage {
        head: Head::sample("units", true),
        unit: "SLM-101".into(),
        id: "3".into(),
        name: "Night <noise>".into(),
        form: form(wrong).of("00c0ffee".into()),
        clock_note: wrong
            .is_empty()
            .then(|| "Hours count by SLMM's clock.".into()),
    };
    vec![page(&[]), page(&["name"])]
}
