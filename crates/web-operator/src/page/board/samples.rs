//! Samples of the board.

use domain::{TimeZone, Timestamp};
use web::Page;
use web::when::When;

use super::first::First;
use super::lines::{BreachLine, Line, SilentLine, VisitLine};
use super::rollup::Chip;
use super::verdict::Tally;
use super::{BoardPage, EVERY_S, SOON_S};
use crate::page::head::Head;
use crate::survey::NOT_OVER;

const ID: &str = "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01";

fn at() -> When {
    When::full(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
}

fn line(status: &str, full: bool) -> Line {
    Line {
        id: ID.into(),
        name: "Harbour <Tower>".into(),
        number: full.then(|| "P-17".into()),
        client: full.then(|| "Port Authority".into()),
        status: status.into(),
        rollup: Chip::samples(full),
        portal_open: full,
        opened: full.then(at),
    }
}

fn breach(level: Option<&str>, active: bool) -> BreachLine {
    BreachLine {
        project_id: ID.into(),
        project: "Harbour <Tower>".into(),
        place: "North gate".into(),
        unit: "SLM-101".into(),
        limit: "Night noise".into(),
        against: "Leq, 65.0 dB".into(),
        level: level.map(str::to_owned),
        since: at(),
        lasted: "12 min".into(),
        active,
        not_over: NOT_OVER,
    }
}

fn silent(heard: bool) -> SilentLine {
    SilentLine {
        project_id: ID.into(),
        project: "Harbour <Tower>".into(),
        place: "South fence".into(),
        unit: "SLM-102".into(),
        state: Chip::sample(),
        last: heard.then(|| (at(), "2 h 4 min".into())),
    }
}

fn visit(client: Option<&str>) -> VisitLine {
    VisitLine {
        project_id: ID.into(),
        project: "Harbour <Tower>".into(),
        client: client.map(str::to_owned),
        at: at(),
        ago: at(),
    }
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "operator/board.html";

    fn samples() -> Vec<Self> {
        let busy = Tally {
            projects: 2,
            meters: 4,
            measuring: 1,
            silent: 2,
            broken: 2,
            not_over: 1,
            unsaid: 1,
            open_portals: 1,
            ..Tally::default()
        };
        let empty = |has_client, reachable| {
            let tally = Tally {
                reachable,
                ..Tally::default()
            };
            Self {
                head: Head::sample("board", false),
                refresh_s: EVERY_S,
                above: 0,
                verdict: tally.verdict(),
                figures: tally.figures(),
                away: None,
                breaches: Vec::new(),
                silent: Vec::new(),
                more_silent: 0,
                visits: Vec::new(),
                running: Vec::new(),
                over: Vec::new(),
                first: Some(First::after(has_client)),
            }
        };
        let full = Self {
            head: Head::sample("board", true),
            refresh_s: SOON_S,
            above: 2,
            verdict: busy.verdict(),
            figures: busy.figures(),
            away: Some("SLMM does not answer."),
            breaches: vec![
                breach(Some("71.2"), true),
                breach(None, true),
                breach(None, false),
            ],
            silent: vec![silent(true), silent(false)],
            more_silent: 3,
            visits: vec![visit(Some("Port <Authority>")), visit(None)],
            running: vec![line("active", true), line("active", false)],
            over: vec![line("archived", true), line("completed", false)],
            first: None,
        };
        let not_over = Self {
            breaches: vec![breach(None, false)],
            first: None,
            ..empty(true, true)
        };
        let one_above = Self {
            above: 1,
            first: None,
            ..empty(true, true)
        };
        let by_operator = |first| Self {
            head: Head::sample_for_operator("board"),
            first,
            ..empty(true, true)
        };
        vec![
            full,
            empty(false, true),
            one_above,
            not_over,
            by_operator(None),
            by_operator(Some(First::after(true))),
        ]
    }
}
