//! Samples of the inbox.

use domain::{TimeZone, Timestamp};
use web::Page;
use web::when::When;

use super::digest::{Tally, filter_fields};
use super::line::{Happened, Line};
use super::{AlertsPage, EVERY_S};
use crate::page::head::Head;
use crate::page::units::stay::Stay;
use crate::survey::NOT_OVER;

fn when() -> When {
    When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
}

fn line(state: &'static str, stay: Option<Stay>) -> Line {
    let over = state == "not recorded";
    Line {
        unit: "SLM-101".into(),
        event: Happened {
            id: 7,
            name: "Night <noise>".into(),
            onset: when(),
            clear: stay.is_none().then(when),
            peak: over.then(|| "71.2".into()),
            active: state == "Active",
            state,
            seen: over.then(|| ("Ada".into(), when())),
        },
        stay,
    }
}

impl Page for AlertsPage {
    const TEMPLATE: &'static str = "operator/alerts.html";

    fn samples() -> Vec<Self> {
        let page = |lines, tally: Tally| Self {
            head: Head::sample("alerts", true),
            refresh_s: EVERY_S,
            filter: filter_fields("", "active"),
            summary: tally.summary(),
            missing: tally.missing(),
            lines,
        };
        let stays = Stay::samples().into_iter().skip(1).map(Some);
        let states = ["Active", NOT_OVER, "not recorded"];
        let lines = states.iter().zip(stays.chain([None]));
        let lines = lines.map(|(state, stay)| line(state, stay)).collect();
        let busy = Tally {
            on: 1,
            unsure: 1,
            awaited: 1,
            unsaid: 2,
            beyond: 3,
            ..Tally::default()
        };
        vec![page(lines, busy), page(Vec::new(), Tally::default())]
    }
}
