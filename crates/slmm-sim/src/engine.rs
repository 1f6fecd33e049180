//! SLMM's alert engine: rules over what a meter said, one poll after another.

use domain::{Metric, Timestamp};
use jiff::SignedDuration;

use crate::alerts::Alerts;
use crate::event::Event;
use crate::rule::Rule;
use crate::snapshot::Snapshot;

/// What the engine remembers of a rule; lost at a restart and when the rule is edited.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tracker {
    /// Since when the level is beyond the edge it has to cross next.
    edge_since: Option<Timestamp>,
    fired_at: Option<Timestamp>,
    /// The open event and its true peak.
    open: Option<(i64, f64)>,
}

impl Tracker {
    fn is_cooling(&self, cooldown_s: i64, at: Timestamp) -> bool {
        self.fired_at
            .is_some_and(|fired| at.duration_since(fired) < SignedDuration::from_secs(cooldown_s))
    }
}

impl Alerts {
    /// Runs a unit's rules over what the meter said. A malformed schedule ends the run: later
    /// rules are not looked at.
    pub(crate) fn evaluate(
        &mut self,
        unit: &str,
        snapshot: &Snapshot,
        at: Timestamp,
        offset_h: i8,
    ) {
        for rule in self
            .rules_of(unit)
            .into_iter()
            .filter(|rule| rule.spec.enabled)
        {
            match rule.spec.in_schedule(at, offset_h) {
                Ok(true) => {}
                Ok(false) => continue,
                Err(_malformed) => return,
            }
            let metric = rule.spec.metric.parse::<Metric>().ok();
            if let Some(value) = metric.and_then(|metric| snapshot.number(metric)) {
                self.weigh(&rule, value, at);
            }
        }
    }

    fn weigh(&mut self, rule: &Rule, value: f64, at: Timestamp) {
        let tracker = self.trackers.entry(rule.id).or_default();
        let lasted = SignedDuration::from_secs(rule.spec.duration_s);
        let crossed = match &mut tracker.open {
            None => rule.spec.exceeded_by(value),
            Some((_, peak)) => {
                *peak = rule.spec.worse(*peak, value);
                rule.spec.recovered_at(value)
            }
        };
        if !crossed {
            tracker.edge_since = None;
            return;
        }
        let since = *tracker.edge_since.get_or_insert(at);
        if at.duration_since(since) < lasted {
            return;
        }
        match tracker.open {
            None if tracker.is_cooling(rule.spec.cooldown_s, at) => {}
            None => self.fire(rule, value, at),
            Some((event, peak)) => self.clear(rule.id, event, peak, at),
        }
    }

    fn fire(&mut self, rule: &Rule, value: f64, at: Timestamp) {
        let event = self.add_event(Event {
            id: 0,
            rule_id: rule.id,
            unit_id: rule.unit_id.clone(),
            rule_name: rule.spec.name.clone(),
            metric: rule.spec.metric.clone(),
            threshold_db: rule.spec.threshold_db,
            onset_at: at,
            onset_value: Some(value),
            peak_value: Some(value),
            clear_at: None,
            acknowledged_at: None,
            acknowledged_by: None,
        });
        let fired = Tracker {
            edge_since: None,
            fired_at: Some(at),
            open: Some((event, value)),
        };
        self.trackers.insert(rule.id, fired);
    }

    fn clear(&mut self, rule: i64, event: i64, peak: f64, at: Timestamp) {
        if let Some(event) = self.events.iter_mut().find(|known| known.id == event) {
            event.clear_at = Some(at);
            event.peak_value = Some(peak);
        }
        if let Some(tracker) = self.trackers.get_mut(&rule) {
            tracker.edge_since = None;
            tracker.open = None;
        }
    }
}
