//! The look at the meters: what SLMM says of each, and which limits are broken there.
//!
//! A look asks SLMM one thing of a meter at most, whichever is the most overdue of its status, its
//! events and its limits, and shows the rest as it was last told. So a house of a thousand meters
//! costs SLMM a thousand requests a look and not three thousand, and what is not known yet is said
//! to be so. An answer that comes too late for a page is there for the next one.

mod inbox;
mod memory;
mod visit;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::{
    AlarmSource, Breach, BreachStatus, Clock, LocationState, Observation, Timestamp, UnitId,
    observe,
};
use futures_util::future::join_all;
use slmm::Slmm;
use store_operator::StandingMeter;

use crate::OperatorSettings;
pub(crate) use inbox::{Goes, Tiding};
use memory::{Newest, Question, Seen};
pub(crate) use visit::{Account, Told};

/// So many meters are waited for as long as SLMM is given.
const FEW: usize = 64;
/// How long a page waits for the answers of more.
const PATIENCE: Duration = Duration::from_millis(60);
/// So many meters are remembered; the firm has a few dozen.
const CAPACITY: usize = 4096;

/// What is known of the meters, shared by every page that shows some.
#[derive(Clone)]
pub(crate) struct Survey {
    slmm: Slmm,
    clock: Arc<dyn Clock>,
    seen: Arc<Mutex<HashMap<UnitId, Seen>>>,
    /// What happened at each, as the inbox was told.
    tidings: inbox::Memory,
}

/// What is said of a breach that has no end, where the meter is not heard.
pub(crate) const NOT_OVER: &str = "Not over when last heard";

/// Whether a breach is going on now: one that is open does only while the readings of its place are
/// current.
pub(crate) fn goes_on(breach: &Breach, observation: &Observation) -> bool {
    breach.status == BreachStatus::Active && observation.state == LocationState::Measuring
}

/// What was known at one moment.
pub(crate) struct Look {
    seen: HashMap<UnitId, Seen>,
    now: Timestamp,
    elapsed: Duration,
}

/// What is known of a location and the meter that stands there.
#[derive(Debug)]
pub(crate) struct Sight {
    /// The state, and the reading that may be shown beside it.
    pub(crate) observation: Observation,
    /// Whether SLMM was asked for it, lately; what is not heard yet is no failure.
    pub(crate) heard: bool,
    /// Which limits are being broken.
    pub(crate) alarms: Alarms,
    /// Whether everything that a page shows of it was asked for: another look adds nothing.
    pub(crate) settled: bool,
}

/// What is known of the limits at a location.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Alarms {
    /// Those that are not over, newest first; [`goes_on`] tells whether they are broken now.
    Known(Vec<Breach>),
    /// Nobody has asked SLMM yet, or not for minutes.
    NotAsked,
    /// SLMM did not say.
    Unsaid,
}

impl Sight {
    /// How many limits are known to be broken now.
    pub(crate) fn broken(&self) -> usize {
        match &self.alarms {
            Alarms::Known(breaches) => {
                let now = |breach: &&Breach| goes_on(breach, &self.observation);
                breaches.iter().filter(now).count()
            }
            Alarms::NotAsked | Alarms::Unsaid => 0,
        }
    }

    fn not_heard() -> Self {
        Self {
            observation: Observation::bare(LocationState::Unavailable),
            heard: false,
            alarms: Alarms::NotAsked,
            settled: false,
        }
    }
}

impl Survey {
    pub(crate) fn new(slmm: Slmm, clock: Arc<dyn Clock>) -> Self {
        Self {
            slmm,
            clock,
            seen: Arc::default(),
            tidings: inbox::Memory::default(),
        }
    }

    /// Looks at these meters: one request each at most.
    pub(crate) async fn look(&self, meters: impl Iterator<Item = &StandingMeter>) -> Look {
        let elapsed = self.clock.elapsed();
        let questions = self.questions(meters, elapsed);
        let many = questions.len() > FEW;
        let asked = questions.into_iter().map(|(unit, question)| {
            let survey = self.clone();
            tokio::spawn(async move { survey.ask(&unit, question).await })
        });
        let all = join_all(asked.collect::<Vec<_>>());
        if many {
            // Those still to come are remembered when they do.
            drop(tokio::time::timeout(PATIENCE, all).await);
        } else {
            drop(all.await);
        }
        Look {
            seen: self.seen().clone(),
            now: self.clock.now(),
            elapsed: self.clock.elapsed(),
        }
    }

    /// What to ask of each; nothing of a meter that somebody is asking about just now.
    fn questions<'a>(
        &self,
        meters: impl Iterator<Item = &'a StandingMeter>,
        elapsed: Duration,
    ) -> Vec<(UnitId, Question)> {
        let mut seen = self.seen();
        if seen.len() > CAPACITY {
            seen.clear();
        }
        meters
            .filter_map(|meter| {
                let of_meter = seen.entry(meter.unit.clone()).or_default();
                let question = of_meter.next(elapsed)?;
                Some((meter.unit.clone(), question))
            })
            .collect()
    }

    async fn ask(&self, unit: &UnitId, question: Question) {
        let heard = match question {
            Question::Status => Seen::status(self.slmm.status(unit).await),
            Question::Events => Seen::events(self.slmm.events(unit).await),
            Question::Limits => Seen::limits(self.slmm.limits(unit).await),
        };
        let (elapsed, now) = (self.clock.elapsed(), self.clock.now());
        self.seen()
            .entry(unit.clone())
            .or_default()
            .take(heard, elapsed, now);
    }

    fn seen(&self) -> MutexGuard<'_, HashMap<UnitId, Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Look {
    /// What is known of the place where this meter stands, if one does.
    pub(crate) fn at(&self, meter: Option<&StandingMeter>, settings: &OperatorSettings) -> Sight {
        let Some(meter) = meter else {
            return Sight {
                observation: Observation::bare(LocationState::NoMeter),
                heard: true,
                alarms: Alarms::Known(Vec::new()),
                settled: true,
            };
        };
        let Some(seen) = self.seen.get(&meter.unit) else {
            return Sight::not_heard();
        };
        let observation = match seen.said(self.elapsed, self.now) {
            Some((status, at)) => observe(&status, &meter.tenure, settings.stale_after, at),
            None => Observation::bare(LocationState::Unavailable),
        };
        Sight {
            heard: seen.is_heard(self.elapsed),
            alarms: self.alarms(seen, meter, &observation, settings),
            settled: seen.is_settled(self.elapsed),
            observation,
        }
    }

    fn alarms(
        &self,
        seen: &Seen,
        meter: &StandingMeter,
        observation: &Observation,
        settings: &OperatorSettings,
    ) -> Alarms {
        let events = match seen.newest_events(self.elapsed) {
            Newest::NotAsked => return Alarms::NotAsked,
            Newest::Unsaid => return Alarms::Unsaid,
            Newest::Events(events) => events,
        };
        let status = seen.said(self.elapsed, self.now).map(|(status, _)| status);
        let levels = observation.reading.map(|reading| reading.levels);
        let source = AlarmSource {
            limits: seen.known_limits(self.elapsed),
            levels: levels.as_ref(),
            began: status.and_then(|status| status.measuring_since),
            reachable: status.is_none_or(|status| status.reachable),
            zone: &settings.slmm_zone,
            now: self.now,
        };
        let mut breaches = source.judge(&meter.tenure, events).breaches;
        breaches.retain(|breach| breach.status == BreachStatus::Active);
        Alarms::Known(breaches)
    }
}
