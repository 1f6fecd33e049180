//! From what is known of every meter to what stands on the board.

use std::cmp::Reverse;

use domain::{LocationState, ProjectStatus, TimeZone, Timestamp};
use store_operator::BoardProject;
use web::when::When;

use super::first::First;
use super::lines::{BreachLine, Line, SilentLine, Spot, VisitLine};
use super::rollup::{Standing, rollup};
use super::verdict::Tally;
use super::{BoardPage, EVERY_S, SOON_S};
use crate::page::head::Head;
use crate::survey::{Alarms, Look, Sight};
use crate::{Office, OperatorSettings};

/// Silent meters on the page.
const SILENT: usize = 50;
/// Visits on the page.
const VISITS: usize = 6;

/// Everything on the board but what stands round it.
#[derive(Default)]
pub(super) struct Digest {
    tally: Tally,
    /// Those that go on first, then the newest.
    breaches: Vec<((bool, Reverse<Timestamp>), BreachLine)>,
    silent: Vec<(Silence, SilentLine)>,
    visits: Vec<(Timestamp, VisitLine)>,
    running: Vec<(Concern, Line)>,
    over: Vec<Line>,
    /// Whether another look would tell more.
    unsettled: bool,
}

/// What sorts silent meters: the state, then who was heard last.
type Silence = (usize, Reverse<Option<Timestamp>>);
/// What sorts projects: limits broken, then silent meters.
type Concern = (Reverse<usize>, Reverse<usize>);

/// Who looks, and at what moment.
struct Eye<'a> {
    settings: &'a OperatorSettings,
    look: &'a Look,
    zone: &'a TimeZone,
    now: Timestamp,
    reachable: bool,
}

pub(super) fn is_running(project: &BoardProject) -> bool {
    project.status == ProjectStatus::Active
}

pub(super) fn digest(
    office: &Office,
    look: &Look,
    reachable: bool,
    projects: Vec<BoardProject>,
) -> Digest {
    let settings = &office.settings;
    let eye = Eye {
        settings,
        look,
        zone: &settings.site_zone,
        now: office.now(),
        reachable,
    };
    let mut digest = Digest::default();
    digest.tally.reachable = reachable;
    for project in projects {
        digest.add(&eye, project);
    }
    digest.sort();
    digest
}

impl Digest {
    fn add(&mut self, eye: &Eye<'_>, project: BoardProject) {
        let running = is_running(&project);
        self.tally.projects += usize::from(running);
        self.tally.open_portals += usize::from(project.portal_open);
        let (broken, silent) = (self.tally.broken, self.tally.silent);
        let mut standings = Vec::new();
        let mut above = 0;
        for place in project.places.iter().filter(|_| running) {
            let sight = eye.look.at(place.meter.as_ref(), eye.settings);
            above += usize::from(sight.broken() > 0);
            standings.push(Standing::of(&sight));
            if let Some(meter) = &place.meter {
                let spot = Spot {
                    project: &project,
                    place,
                    meter,
                    sight: &sight,
                };
                self.add_meter(eye, spot);
            }
        }
        self.add_visit(eye, &project);
        let line = Line {
            id: project.id.to_string(),
            name: project.name,
            number: project.number,
            client: project.client_name,
            status: project.status.to_string(),
            rollup: rollup(&standings, above),
            portal_open: project.portal_open,
            opened: project
                .portal_opened_at
                .map(|at| When::near(at, eye.zone, eye.now)),
        };
        if running {
            let concern = (
                Reverse(self.tally.broken - broken),
                Reverse(self.tally.silent - silent),
            );
            self.running.push((concern, line));
        } else {
            self.over.push(line);
        }
    }

    fn add_meter(&mut self, eye: &Eye<'_>, spot: Spot<'_>) {
        let sight = spot.sight;
        let state = sight.observation.state;
        self.tally.meters += 1;
        self.tally.measuring += usize::from(state == LocationState::Measuring);
        self.tally.unheard += usize::from(!sight.heard);
        self.unsettled |= !sight.settled;
        if let Some(rank) = silence(sight, eye.reachable) {
            self.tally.silent += 1;
            let last = sight.observation.reading.map(|reading| reading.at);
            let line = SilentLine::new(spot, eye.zone, eye.now);
            self.silent.push(((rank, Reverse(last)), line));
        }
        match &sight.alarms {
            Alarms::NotAsked => self.tally.unasked += 1,
            Alarms::Unsaid => self.tally.unsaid += 1,
            Alarms::Known(breaches) => {
                self.tally.broken += sight.broken();
                self.tally.not_over += breaches.len() - sight.broken();
                self.breaches.extend(breaches.iter().map(|breach| {
                    let line = BreachLine::new(spot, breach, eye.settings, eye.now);
                    ((!line.active, Reverse(breach.onset_at)), line)
                }));
            }
        }
    }

    fn add_visit(&mut self, eye: &Eye<'_>, project: &BoardProject) {
        let Some(at) = project.portal_opened_at else {
            return;
        };
        let line = VisitLine {
            project_id: project.id.to_string(),
            project: project.name.clone(),
            client: project.client_name.clone(),
            at: When::near(at, eye.zone, eye.now),
            ago: When::ago(at, eye.now),
        };
        self.visits.push((at, line));
    }

    /// The most urgent first; what is alike stays by the name of its project.
    fn sort(&mut self) {
        self.breaches.sort_by_key(|(concern, _)| *concern);
        self.silent.sort_by_key(|(silence, _)| *silence);
        self.visits.sort_by_key(|(at, _)| Reverse(*at));
        self.visits.truncate(VISITS);
        self.running.sort_by_key(|(concern, _)| *concern);
    }

    pub(super) fn page(self, head: Head, first: Option<First>) -> BoardPage {
        let more_silent = self.silent.len().saturating_sub(SILENT);
        BoardPage {
            head,
            refresh_s: if self.unsettled { SOON_S } else { EVERY_S },
            above: self.tally.broken,
            verdict: self.tally.verdict(),
            figures: self.tally.figures(),
            away: (!self.tally.reachable).then_some(
                "SLMM does not answer. What stands here is what it said last; a meter of which \
                 nothing is remembered is unavailable.",
            ),
            breaches: lines(self.breaches),
            silent: lines(self.silent).into_iter().take(SILENT).collect(),
            more_silent,
            visits: lines(self.visits),
            running: lines(self.running),
            over: self.over,
            first,
        }
    }
}

fn lines<K, T>(sorted: Vec<(K, T)>) -> Vec<T> {
    sorted.into_iter().map(|(_, line)| line).collect()
}

/// Whether nothing new comes of a meter though something should, and how urgent that is. Where
/// SLMM answers, one of which it says nothing is silent too.
fn silence(sight: &Sight, reachable: bool) -> Option<usize> {
    match sight.observation.state {
        LocationState::Offline => Some(0),
        LocationState::Stale => Some(1),
        LocationState::NoData => Some(2),
        LocationState::Unavailable if reachable && sight.heard => Some(3),
        _ => None,
    }
}
