//! Contexts that show both sides of every condition in the templates.

use domain::{TimeZone, Timestamp};
use slmm_operator::RuleInput;
use web::FieldProblem;
use web::WebError;
use web::when::When;

use super::MeterPage;
use super::edit::RulePage;
use super::form::rule_form;
use super::parts::{DevicePart, EventLine, RuleLine};
use crate::page::alerts::{AlertsPage, EVERY_S, Line, filter_fields};
use crate::page::form::Form;
use crate::page::head::Head;
use crate::page::units::stay::Stay;

fn when() -> When {
    When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
}

fn form() -> Form {
    let mut form = rule_form(&RuleInput::default());
    let wrong = vec![FieldProblem::new("threshold_db", "a number from 0 to 160")];
    if let Ok(refused) = form.clone().refused(WebError::Unprocessable(wrong)) {
        form = refused;
    }
    form
}

fn device(reachable: Option<bool>) -> DevicePart {
    let known = reachable == Some(true);
    DevicePart {
        run: "Measuring",
        since: known.then(when),
        levels: vec![("Lp".into(), Some("61.0".into())), ("Leq".into(), None)],
        read: known.then(when),
        reachable,
        last_seen: known.then(when),
        last_error: (!known).then(|| "refused <10.0.0.7>".into()),
        supply: if known {
            vec![("Battery", "80".into())]
        } else {
            Vec::new()
        },
        kept_alive: known,
        monitor: "polls every 10 s",
        watchers: 2,
    }
}

fn rule(enabled: bool) -> RuleLine {
    RuleLine {
        id: 3,
        name: "Night <noise>".into(),
        words: "Alert when Leq is above 65 dB for 60 s, 22:00 to 07:00".into(),
        advanced: "hysteresis 2 dB, cooldown 30 s".into(),
        enabled,
        trouble: enabled.then_some("SLMM never comes to it"),
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

pub(super) fn meter() -> Vec<MeterPage> {
    let page = |device, rules, events: Option<Vec<EventLine>>, offer_rest| MeterPage {
        head: Head::sample("units", true),
        unit: "SLM-101".into(),
        active: events.iter().flatten().filter(|event| event.active).count(),
        device,
        rules,
        events,
        form: form(),
        offer_rest,
    };
    vec![
        page(
            Some(device(Some(true))),
            Some(vec![rule(true), rule(false)]),
            Some(vec![event(true), event(false)]),
            false,
        ),
        page(
            Some(device(Some(false))),
            Some(Vec::new()),
            Some(Vec::new()),
            true,
        ),
        page(Some(device(None)), None, None, false),
        page(None, None, None, false),
    ]
}

fn rule_page(is_last: bool) -> RulePage {
    RulePage {
        head: Head::sample("units", true),
        unit: "SLM-101".into(),
        id: 3,
        name: "Night <noise>".into(),
        form: form(),
        is_last,
    }
}

pub(super) fn rule_pages() -> Vec<RulePage> {
    vec![rule_page(true), rule_page(false)]
}

pub(in crate::page) fn alerts() -> Vec<AlertsPage> {
    let line = |active, stay| Line {
        unit: "SLM-101".into(),
        stay,
        event: event(active),
    };
    let page = |lines, active, unheard| AlertsPage {
        head: Head::sample("alerts", true),
        refresh_s: EVERY_S,
        filter: filter_fields("", "active"),
        lines,
        active,
        unheard,
    };
    let stay = Stay::samples().into_iter().next();
    vec![
        page(vec![line(true, stay), line(false, None)], 1, 0),
        page(Vec::new(), 0, 2),
        page(Vec::new(), 0, 0),
    ]
}
