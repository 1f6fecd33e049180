//! The board: the day at a glance.

mod digest;
mod rollup;

use actix_web::HttpResponse;
use actix_web::web::Data;
use domain::TimeZone;
use serde::Serialize;
use store_operator::{BoardPlace, Operator};
use web::when::When;
use web::{Page, WebError};

use super::head::Head;
use super::html;
use crate::Office;
use crate::guard::Staff;
use digest::digest;
use rollup::Chip;

/// `operator/board.html`
#[derive(Debug, Serialize)]
pub(crate) struct BoardPage {
    head: Head,
    /// The day in a few sentences.
    summary: Vec<String>,
    /// What is to be known of SLMM, where it does not answer.
    away: Option<String>,
    breaches: Vec<BreachLine>,
    silent: Vec<SilentLine>,
    /// Projects that are being monitored.
    running: Vec<Line>,
    /// Projects that are over.
    over: Vec<Line>,
}

/// A limit that is being broken.
#[derive(Debug, Serialize)]
struct BreachLine {
    project_id: String,
    project: String,
    place: String,
    unit: String,
    limit: String,
    /// Such as "leq, 65.0 dB".
    against: String,
    since: When,
    lasted: String,
}

/// A meter of which nothing new comes.
#[derive(Debug, Serialize)]
struct SilentLine {
    project_id: String,
    project: String,
    place: String,
    unit: String,
    state: Chip,
    /// When it was last heard, where it was.
    last: Option<When>,
}

/// One project.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    name: String,
    number: Option<String>,
    client: Option<String>,
    status: String,
    /// How many locations are in which state; empty without locations.
    rollup: Vec<Chip>,
    portal_open: bool,
    opened: Option<When>,
}

/// `GET /`.
pub(crate) async fn show(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    let projects = office.desk.act(staff.actor(), Operator::board).await?;
    // What a project that is over leaves standing is still a meter, but nobody's concern today.
    let watched = projects
        .iter()
        .filter(|project| digest::is_running(project));
    let meters = watched.flat_map(|project| project.places.iter().filter_map(meter));
    let look = office.survey.look(meters).await;
    let digest = digest(&office, &look, projects);
    let reachable = office.slmm.is_reachable().await;
    let page = digest.page(Head::new(&office, "board"), reachable);
    html(&office, &page)
}

fn meter(place: &BoardPlace) -> Option<&store_operator::StandingMeter> {
    place.meter.as_ref()
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "operator/board.html";

    fn samples() -> Vec<Self> {
        let at = || When::full(domain::Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let line = |status: &str, full: bool| Line {
            id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            name: "Harbour <Tower>".into(),
            number: full.then(|| "P-17".into()),
            client: full.then(|| "Port Authority".into()),
            status: status.into(),
            rollup: Chip::samples(full),
            portal_open: full,
            opened: full.then(at),
        };
        let head = |open| Head::sample("board", open);
        let breach = BreachLine {
            project_id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            project: "Harbour <Tower>".into(),
            place: "North gate".into(),
            unit: "SLM-101".into(),
            limit: "Night noise".into(),
            against: "leq, 65.0 dB".into(),
            since: at(),
            lasted: "12 min".into(),
        };
        let silent = |last| SilentLine {
            project_id: "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01".into(),
            project: "Harbour <Tower>".into(),
            place: "South fence".into(),
            unit: "SLM-102".into(),
            state: Chip::sample(),
            last,
        };
        vec![
            Self {
                head: head(true),
                summary: vec!["One limit is being broken.".into()],
                away: Some("SLMM does not answer.".into()),
                breaches: vec![breach],
                silent: vec![silent(Some(at())), silent(None)],
                running: vec![line("active", true), line("active", false)],
                over: vec![line("archived", true), line("completed", false)],
            },
            Self {
                head: head(false),
                summary: vec!["There is no project yet.".into()],
                away: None,
                breaches: Vec::new(),
                silent: Vec::new(),
                running: Vec::new(),
                over: Vec::new(),
            },
        ]
    }
}
