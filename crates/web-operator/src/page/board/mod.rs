//! The board: the day at a glance, for whoever is on call.

mod digest;
mod first;
mod lines;
mod rollup;
mod samples;
mod verdict;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use store_operator::{BoardPlace, Operator};
use web::WebError;

use super::head::Head;
use super::html;
use crate::Office;
use crate::guard::Staff;
use digest::digest;
use first::First;
pub(crate) use lines::short_metric;
use lines::{BreachLine, Line, SilentLine, VisitLine};
pub(crate) use rollup::Chip;
use verdict::{Figure, Verdict};

/// How often the page is asked for anew, s.
const EVERY_S: u16 = 15;
/// How soon, s, where a meter has not been asked everything yet: after a start.
const SOON_S: u16 = 3;

/// `operator/board.html`
#[derive(Debug, Serialize)]
pub(crate) struct BoardPage {
    head: Head,
    refresh_s: u16,
    /// How many limits are being broken: the title and its icon say so.
    above: usize,
    verdict: Verdict,
    figures: Vec<Figure>,
    /// What is to be known of SLMM, where it does not answer.
    away: Option<&'static str>,
    breaches: Vec<BreachLine>,
    silent: Vec<SilentLine>,
    /// How many silent meters are left out.
    more_silent: usize,
    visits: Vec<VisitLine>,
    /// Projects that are being monitored, those of concern first.
    running: Vec<Line>,
    /// Projects that are over.
    over: Vec<Line>,
    /// What comes next, where there is no project yet.
    first: Option<First>,
}

/// `GET /`.
pub(crate) async fn show(office: Data<Office>, staff: Staff) -> Result<HttpResponse, WebError> {
    let projects = office.desk.act(staff.actor(), Operator::board).await?;
    let first = if projects.is_empty() {
        Some(First::of(&office, &staff).await?)
    } else {
        None
    };
    // What a project that is over leaves standing is still a meter, but nobody's concern today.
    let watched = projects
        .iter()
        .filter(|project| digest::is_running(project));
    let meters = watched.flat_map(|project| project.places.iter().filter_map(meter));
    let look = office.survey.look(meters).await;
    let reachable = office.slmm.is_reachable().await;
    let digest = digest(&office, &look, reachable, projects);
    html(&office, &digest.page(Head::new(&office, "board"), first))
}

fn meter(place: &BoardPlace) -> Option<&store_operator::StandingMeter> {
    place.meter.as_ref()
}
