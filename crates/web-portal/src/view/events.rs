//! Breaches and interruptions.

use domain::{Breach, BreachStatus, Events, Interruption};
use serde::Serialize;
use store::Location;

use super::{LocationName, Utc, level, one_decimal};

#[derive(Debug, Clone, Serialize)]
struct BreachView {
    limit: String,
    metric: &'static str,
    threshold_db: f64,
    onset_at: Utc,
    onset_db: Option<f64>,
    peak_db: Option<f64>,
    clear_at: Option<Utc>,
    status: &'static str,
}

impl From<&Breach> for BreachView {
    fn from(breach: &Breach) -> Self {
        let Breach {
            limit,
            metric,
            threshold,
            onset_at,
            onset,
            peak,
            clear_at,
            status,
        } = breach;
        Self {
            limit: limit.clone(),
            metric: metric.as_str(),
            threshold_db: one_decimal(*threshold),
            onset_at: Utc(*onset_at),
            onset_db: level(*onset),
            peak_db: level(*peak),
            clear_at: clear_at.map(Utc),
            status: status.as_str(),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
struct InterruptionView {
    from: Utc,
    to: Option<Utc>,
}

impl From<&Interruption> for InterruptionView {
    fn from(interruption: &Interruption) -> Self {
        let Interruption { from, to } = interruption;
        Self {
            from: Utc(*from),
            to: to.map(Utc),
        }
    }
}

/// `GET /portal/api/location/{id}/events`.
#[derive(Debug, Serialize)]
pub(crate) struct EventsView {
    active: usize,
    events: Vec<BreachView>,
    interruptions: Vec<InterruptionView>,
    /// Said only where it is false: SLMM is away and nothing is remembered.
    #[serde(skip_serializing_if = "Option::is_none")]
    available: Option<bool>,
}

impl EventsView {
    /// The newest `limit` of each; `None` where SLMM did not say.
    pub(crate) fn new(events: Option<&Events>, limit: usize) -> Self {
        let nothing = Events::default();
        let shown = events.unwrap_or(&nothing);
        Self {
            active: shown.active(),
            events: shown
                .breaches
                .iter()
                .take(limit)
                .map(BreachView::from)
                .collect(),
            interruptions: shown
                .interruptions
                .iter()
                .take(limit)
                .map(InterruptionView::from)
                .collect(),
            available: events.is_none().then_some(false),
        }
    }
}

#[derive(Debug, Serialize)]
struct Located<T> {
    location: LocationName,
    #[serde(flatten)]
    what: T,
}

/// `GET /portal/api/events`.
#[derive(Debug, Serialize)]
pub(crate) struct ProjectEventsView {
    active: usize,
    events: Vec<Located<BreachView>>,
    interruptions: Vec<Located<InterruptionView>>,
    /// Said only where it is false: of some location nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    available: Option<bool>,
}

impl ProjectEventsView {
    /// The newest `limit` of each over these locations, breaches of one status only if asked.
    /// `active` counts all breaches in progress at these locations, whatever is filtered.
    pub(crate) fn new(
        parts: &[(&Location, Option<Events>)],
        status: Option<BreachStatus>,
        limit: usize,
    ) -> Self {
        let known = || {
            parts
                .iter()
                .filter_map(|(location, events)| Some((*location, events.as_ref()?)))
        };
        let mut breaches: Vec<_> = known()
            .flat_map(|(location, events)| {
                events.breaches.iter().map(move |breach| (location, breach))
            })
            .filter(|(_, breach)| status.is_none_or(|status| breach.status == status))
            .collect();
        breaches.sort_by_key(|(_, breach)| std::cmp::Reverse(breach.onset_at));
        let mut interruptions: Vec<_> = known()
            .flat_map(|(location, events)| {
                events.interruptions.iter().map(move |one| (location, one))
            })
            .collect();
        interruptions.sort_by_key(|(_, one)| std::cmp::Reverse(one.from));
        Self {
            active: known().map(|(_, events)| events.active()).sum(),
            events: breaches.into_iter().take(limit).map(located).collect(),
            interruptions: interruptions.into_iter().take(limit).map(located).collect(),
            available: parts
                .iter()
                .any(|(_, events)| events.is_none())
                .then_some(false),
        }
    }
}

fn located<'a, S, T: From<&'a S>>((location, what): (&Location, &'a S)) -> Located<T> {
    Located {
        location: location.into(),
        what: T::from(what),
    }
}
