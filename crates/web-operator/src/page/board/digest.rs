//! From what is known of every meter to what stands on the board.

use domain::{Breach, Decibel, LocationState, ProjectStatus, TimeZone, Timestamp};
use store_operator::{BoardPlace, BoardProject, StandingMeter};
use web::when::{When, duration};

use super::rollup::{Chip, rollup};
use super::{BoardPage, BreachLine, Line, SilentLine};
use crate::page::head::Head;
use crate::survey::{Look, Sight};
use crate::{Office, OperatorSettings};

/// Everything on the board but what stands round it.
#[derive(Default)]
pub(super) struct Digest {
    breaches: Vec<(Timestamp, BreachLine)>,
    silent: Vec<SilentLine>,
    running: Vec<Line>,
    over: Vec<Line>,
    states: Vec<LocationState>,
    open_portals: usize,
    /// When a client last came in, and to which project.
    last_visit: Option<(Timestamp, String)>,
    last_visit_words: Option<String>,
    /// Meters of which SLMM has not said yet whether a limit is broken.
    unjudged: usize,
}

/// Who looks, and at what moment.
struct Eye<'a> {
    settings: &'a OperatorSettings,
    look: &'a Look,
    zone: &'a TimeZone,
    now: Timestamp,
}

pub(super) fn is_running(project: &BoardProject) -> bool {
    project.status == ProjectStatus::Active
}

pub(super) fn digest(office: &Office, look: &Look, projects: Vec<BoardProject>) -> Digest {
    let settings = &office.settings;
    let eye = Eye {
        settings,
        look,
        zone: &settings.site_zone,
        now: office.now(),
    };
    let mut digest = Digest::default();
    for project in projects {
        digest.add(&eye, project);
    }
    digest.last_visit_words = digest.last_visit.as_ref().map(|(at, project)| {
        let when = When::on(*at, eye.zone, eye.now);
        format!("a client last came in {when} ({project})")
    });
    digest
        .breaches
        .sort_by_key(|(onset, _)| std::cmp::Reverse(*onset));
    digest
}

impl Digest {
    fn add(&mut self, eye: &Eye<'_>, project: BoardProject) {
        let running = is_running(&project);
        self.open_portals += usize::from(project.portal_open);
        let (mut states, mut above) = (Vec::new(), 0);
        for place in project.places.iter().filter(|_| running) {
            let sight = eye.look.at(place.meter.as_ref(), eye.settings);
            above += usize::from(sight.breaches.as_ref().is_some_and(|all| !all.is_empty()));
            states.push(sight.observation.state);
            if let Some(meter) = &place.meter {
                self.add_meter(eye, &project, place, meter, sight);
            }
        }
        let visit = project.portal_opened_at;
        if let Some(at) = visit.filter(|at| self.last_visit.as_ref().is_none_or(|(l, _)| l < at)) {
            self.last_visit = Some((at, project.name.clone()));
        }
        self.states.extend_from_slice(&states);
        let line = Line {
            id: project.id.to_string(),
            name: project.name,
            number: project.number,
            client: project.client_name,
            status: project.status.to_string(),
            rollup: rollup(&states, above),
            portal_open: project.portal_open,
            opened: visit.map(|at| When::near(at, eye.zone, eye.now)),
        };
        if running {
            self.running.push(line);
        } else {
            self.over.push(line);
        }
    }

    fn add_meter(
        &mut self,
        eye: &Eye<'_>,
        project: &BoardProject,
        place: &BoardPlace,
        meter: &StandingMeter,
        sight: Sight,
    ) {
        let state = sight.observation.state;
        if is_silent(state) {
            let last = sight.observation.reading.map(|reading| reading.at);
            self.silent.push(SilentLine {
                project_id: project.id.to_string(),
                project: project.name.clone(),
                place: place.name.clone(),
                unit: meter.unit.to_string(),
                state: Chip::of(state),
                last: last.map(|at| When::near(at, eye.zone, eye.now)),
            });
        }
        match sight.breaches {
            None => self.unjudged += 1,
            Some(breaches) => self.breaches.extend(breaches.into_iter().map(|breach| {
                let line = breach_line(eye, project, place, meter, &breach);
                (breach.onset_at, line)
            })),
        }
    }

    pub(super) fn page(self, head: Head, reachable: bool) -> BoardPage {
        BoardPage {
            head,
            summary: self.summary(),
            away: (!reachable).then(|| {
                "SLMM does not answer. What stands here is what it said last; a meter of which \
                 nothing is remembered is unavailable."
                    .to_owned()
            }),
            breaches: self.breaches.into_iter().map(|(_, line)| line).collect(),
            silent: self.silent,
            running: self.running,
            over: self.over,
        }
    }

    /// The day in a few sentences.
    fn summary(&self) -> Vec<String> {
        if self.running.is_empty() {
            return vec!["No project is being monitored.".to_owned()];
        }
        let mut summary = vec![self.about_limits()];
        let meters = self.states.iter().filter(|s| **s != LocationState::NoMeter);
        let measuring = meters.clone().filter(|s| **s == LocationState::Measuring);
        let silent = self.silent.len();
        let (measuring, meters) = (measuring.count(), count(meters.count(), "meter"));
        summary.push(format!("{meters}: {measuring} measuring, {silent} silent."));
        let visit = self.last_visit_words.as_deref();
        let visit = visit.unwrap_or("no client has come in yet");
        let portals = count(self.open_portals, "portal");
        summary.push(format!("{portals} open; {visit}."));
        summary
    }

    fn about_limits(&self) -> String {
        let broken = match self.breaches.len() {
            0 if self.unjudged > 0 => String::new(),
            0 => "No limit is being broken. ".to_owned(),
            1 => "1 limit is being broken. ".to_owned(),
            many => format!("{many} limits are being broken. "),
        };
        let unjudged = if self.unjudged == 0 {
            String::new()
        } else {
            let meters = count(self.unjudged, "meter");
            format!("For {meters} SLMM has not said yet whether a limit is broken: look again.")
        };
        format!("{broken}{unjudged}").trim_end().to_owned()
    }
}

/// Nothing new comes of it, though something should.
fn is_silent(state: LocationState) -> bool {
    matches!(
        state,
        LocationState::Offline | LocationState::Stale | LocationState::NoData
    )
}

fn breach_line(
    eye: &Eye<'_>,
    project: &BoardProject,
    place: &BoardPlace,
    meter: &StandingMeter,
    breach: &Breach,
) -> BreachLine {
    let threshold = Decibel::new(breach.threshold);
    let threshold = threshold.map_or_else(|| breach.threshold.to_string(), |db| db.to_string());
    BreachLine {
        project_id: project.id.to_string(),
        project: project.name.clone(),
        place: place.name.clone(),
        unit: meter.unit.to_string(),
        limit: breach.limit.clone(),
        against: format!("{}, {threshold} dB", metric_words(eye.settings, breach)),
        since: When::near(breach.onset_at, eye.zone, eye.now),
        lasted: duration(breach.onset_at, eye.now),
    }
}

/// As people of the field say it; the percentiles are what the meters are set to.
fn metric_words(settings: &OperatorSettings, breach: &Breach) -> String {
    use domain::Metric::{Leq, Lmax, Lmin, Ln1, Ln2, Lp, Lpeak};
    match breach.metric {
        Lp => "Lp".to_owned(),
        Leq => "Leq".to_owned(),
        Lmax => "Lmax".to_owned(),
        Lmin => "Lmin".to_owned(),
        Lpeak => "Lpeak".to_owned(),
        Ln1 => settings.ln1_label.clone(),
        Ln2 => settings.ln2_label.clone(),
    }
}

/// "1 meter", "2 meters".
pub(crate) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
