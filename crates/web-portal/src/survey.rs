//! Putting a scope and the meters together: what can be said of a project's locations.
//!
//! A meter's name is only ever had from a stay of a location that a scope resolved, and whatever
//! the meter's memory holds is cut to that stay.

use domain::{
    AlarmSource, BreachStatus, Events, Levels, Limit, LocationState, MeterStatus, Observation,
    Timestamp, Trail, Window, observe,
};
use futures_util::future::join_all;
use slmm::{Answer, TrailSpan};
use std::sync::Arc;
use store::{Location, ProjectScope, Stay};

use crate::Portal;
use web::history::hours_before;

/// What is known of a location's meter now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sighting {
    /// What is said of it.
    pub(crate) observation: Observation,
    /// Whether SLMM did not answer and this is what it last said.
    pub(crate) remembered: bool,
    /// The meter's latest levels, as far as they are this location's.
    pub(crate) levels: Option<Levels>,
    /// Whether SLMM reaches the meter.
    pub(crate) reachable: bool,
    /// When the meter's measurement began; for judging what is summed up in it, not for showing.
    pub(crate) began: Option<Timestamp>,
}

/// A location with what is known of it.
pub(crate) struct Sight<'a> {
    /// The location.
    pub(crate) location: &'a Location,
    /// What is said of it.
    pub(crate) sighting: Sighting,
    /// The limits of the meter that stands there; `None` where SLMM did not say.
    pub(crate) limits: Option<Arc<[Limit]>>,
    /// What happened there; `None` where SLMM did not say.
    pub(crate) events: Option<Events>,
    /// Whether that is all: of some meter that stood there SLMM may have said nothing.
    pub(crate) complete: bool,
}

impl Sight<'_> {
    /// Whether a limit is being broken there.
    pub(crate) fn above_limit(&self) -> bool {
        self.events
            .as_ref()
            .is_some_and(|events| events.active() > 0)
    }

    /// Since when a limit is being broken there.
    pub(crate) fn above_since(&self) -> Option<Timestamp> {
        let breaches = self.events.iter().flat_map(|events| &events.breaches);
        let active = breaches.filter(|breach| breach.status == BreachStatus::Active);
        active.map(|breach| breach.onset_at).min()
    }

    /// Since when SLMM cannot reach the meter.
    pub(crate) fn lost_contact_at(&self) -> Option<Timestamp> {
        let interruptions = self.events.iter().flat_map(|events| &events.interruptions);
        let open = interruptions.filter(|interruption| interruption.to.is_none());
        open.map(|interruption| interruption.from).max()
    }

    /// When the last meter was taken away, as far back as that is remembered.
    pub(crate) fn meter_removed_at(&self, now: Timestamp) -> Option<Timestamp> {
        let stays = self.location.stays().iter();
        let ended = stays.filter_map(|stay| stay.tenure().window.until);
        ended.filter(|until| *until <= now).max()
    }
}

impl Portal {
    /// Looks at every location of the project.
    pub(crate) async fn survey<'a>(
        &self,
        scope: &'a ProjectScope,
        now: Timestamp,
    ) -> Vec<Sight<'a>> {
        join_all(
            scope
                .locations()
                .iter()
                .map(|location| self.look(location, now)),
        )
        .await
    }

    /// Looks at one location, its events included.
    pub(crate) async fn look<'a>(&self, location: &'a Location, now: Timestamp) -> Sight<'a> {
        let sighting = self.sight(location, now).await;
        let limits = self.limits(location, now).await;
        let (events, complete) = self
            .events(location, &sighting, limits.as_deref(), now)
            .await;
        Sight {
            location,
            sighting,
            limits,
            events,
            complete,
        }
    }

    /// What is said of a location now.
    pub(crate) async fn sight(&self, location: &Location, now: Timestamp) -> Sighting {
        let Some(stay) = location.current(now) else {
            return Sighting::bare(LocationState::NoMeter);
        };
        match self.slmm.status(stay.unit()).await {
            Answer::Fresh(status) => self.sighting(stay, &status, false, now),
            Answer::Remembered(status) => self.sighting(stay, &status, true, now),
            Answer::Nothing | Answer::Unasked => Sighting::bare(LocationState::Unavailable),
        }
    }

    fn sighting(
        &self,
        stay: &Stay,
        status: &MeterStatus,
        remembered: bool,
        now: Timestamp,
    ) -> Sighting {
        let observation = observe(status, &stay.tenure(), self.settings.stale_after, now);
        Sighting {
            observation,
            remembered,
            levels: observation.reading.map(|reading| reading.levels),
            reachable: status.reachable,
            began: status.measuring_since,
        }
    }

    /// The limits of the meter that stands there now; empty without one, `None` where SLMM did
    /// not say.
    pub(crate) async fn limits(&self, location: &Location, now: Timestamp) -> Option<Arc<[Limit]>> {
        match location.current(now) {
            None => Some(Arc::new([])),
            Some(stay) => self.slmm.limits(stay.unit()).await.into_value(),
        }
    }

    /// What happened at a location during the stays of its meters, newest first; `None` where
    /// SLMM did not say. Then whether that is all.
    pub(crate) async fn events(
        &self,
        location: &Location,
        sighting: &Sighting,
        limits: Option<&[Limit]>,
        now: Timestamp,
    ) -> (Option<Events>, bool) {
        let stays: Vec<&Stay> = location
            .stays()
            .iter()
            .filter(|stay| has_begun(stay, now))
            .collect();
        let parts = join_all(
            stays
                .iter()
                .map(|stay| self.events_of_stay(location, stay, sighting, limits, now)),
        )
        .await;
        let complete = parts.iter().all(Option::is_some);
        let known = complete || parts.iter().any(Option::is_some);
        let mut all = Events::default();
        for part in parts.into_iter().flatten() {
            all.merge(part);
        }
        (known.then_some(all), complete)
    }

    async fn events_of_stay(
        &self,
        location: &Location,
        stay: &Stay,
        sighting: &Sighting,
        limits: Option<&[Limit]>,
        now: Timestamp,
    ) -> Option<Events> {
        let events = self.slmm.events(stay.unit()).await.into_value()?;
        let is_current = location
            .current(now)
            .is_some_and(|current| current.unit() == stay.unit());
        let source = AlarmSource {
            limits: limits.filter(|_| is_current),
            levels: sighting.levels.as_ref().filter(|_| is_current),
            began: sighting.began.filter(|_| is_current),
            reachable: sighting.reachable || !is_current,
            zone: &self.settings.slmm_zone,
            now,
        };
        Some(source.judge(&stay.tenure(), &events))
    }

    /// The last `hours` of a location, stitched from its meters' stays; `None` where it had no
    /// meter in that time or SLMM did not say.
    pub(crate) async fn trail(
        &self,
        location: &Location,
        hours: f64,
        now: Timestamp,
    ) -> Option<Trail> {
        let from = hours_before(now, hours);
        let range = Window { from, until: None };
        let stays: Vec<&Stay> = location
            .stays_within(&range)
            .filter(|stay| has_begun(stay, now))
            .collect();
        let span = TrailSpan::covering(hours);
        let began = match location.current(now) {
            Some(_) => self.sight(location, now).await.began,
            None => None,
        };
        let answers = join_all(stays.iter().map(|stay| self.slmm.trail(stay.unit(), span))).await;
        let parts: Vec<_> = stays
            .iter()
            .zip(answers)
            .filter_map(|(stay, answer)| Some((stay.tenure(), answer.into_value()?)))
            .collect();
        let running = |window: &Window| began.filter(|_| window.contains(now));
        let stitched = Trail::stitch(
            parts
                .iter()
                .map(|(tenure, points)| (tenure, running(&tenure.window), &points[..])),
        );
        (!parts.is_empty()).then(|| stitched.since(from))
    }
}

impl Sighting {
    fn bare(state: LocationState) -> Self {
        Self {
            observation: Observation::bare(state),
            remembered: false,
            levels: None,
            reachable: true,
            began: None,
        }
    }
}

/// Whether a stay is going on or over. A meter that is yet to come is not told of, not even by a
/// list that is known to be empty where it would otherwise be unknown.
fn has_begun(stay: &Stay, now: Timestamp) -> bool {
    stay.tenure().window.from <= now
}
