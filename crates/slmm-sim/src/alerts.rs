//! SLMM's tables of rules and events.

use std::collections::HashMap;

use domain::Timestamp;

use crate::engine::Tracker;
use crate::event::Event;
use crate::rule::{Rule, RuleSpec};

/// Rules, events, and the engine's memory.
#[derive(Debug, Default)]
pub(crate) struct Alerts {
    rules: Vec<Rule>,
    pub(crate) events: Vec<Event>,
    pub(crate) trackers: HashMap<i64, Tracker>,
}

impl Alerts {
    pub(crate) fn rules_of(&self, unit: &str) -> Vec<Rule> {
        self.rules
            .iter()
            .filter(|rule| rule.unit_id == unit)
            .cloned()
            .collect()
    }

    /// Stores a rule under the id after the highest there is, which may have been another's.
    pub(crate) fn add_rule(&mut self, unit: &str, spec: RuleSpec) -> Rule {
        let id = self.rules.iter().map(|rule| rule.id).max().unwrap_or(0) + 1;
        let rule = Rule {
            id,
            unit_id: unit.to_owned(),
            spec,
        };
        self.rules.push(rule.clone());
        rule
    }

    /// Replaces a rule; `None` where the unit has no such rule.
    pub(crate) fn replace_rule(
        &mut self,
        unit: &str,
        id: i64,
        spec: RuleSpec,
        now: Timestamp,
    ) -> Option<Rule> {
        let rule = self
            .rules
            .iter_mut()
            .find(|rule| rule.id == id && rule.unit_id == unit)?;
        rule.spec = spec;
        let replaced = rule.clone();
        self.close_edited(unit, id, now);
        Some(replaced)
    }

    /// Deletes a rule; says whether the unit had it.
    pub(crate) fn delete_rule(&mut self, unit: &str, id: i64, now: Timestamp) -> bool {
        let before = self.rules.len();
        self.rules
            .retain(|rule| rule.id != id || rule.unit_id != unit);
        let deleted = self.rules.len() < before;
        if deleted {
            self.close_edited(unit, id, now);
        }
        deleted
    }

    /// A unit's events, newest first.
    pub(crate) fn events_of(&self, unit: &str) -> Vec<Event> {
        let mut events: Vec<Event> = self
            .events
            .iter()
            .filter(|event| event.unit_id == unit)
            .cloned()
            .collect();
        events.sort_by_key(|event| std::cmp::Reverse((event.onset_at.as_second(), event.id)));
        events
    }

    /// Stores an event; one without an id gets the next.
    pub(crate) fn add_event(&mut self, mut event: Event) -> i64 {
        if event.id == 0 {
            event.id = self.events.iter().map(|event| event.id).max().unwrap_or(0) + 1;
        }
        let id = event.id;
        self.events.push(event);
        id
    }

    /// Marks an event as seen; says whether the unit has it. A repeat overwrites.
    pub(crate) fn acknowledge(
        &mut self,
        unit: &str,
        id: i64,
        by: Option<String>,
        now: Timestamp,
    ) -> bool {
        let found = self
            .events
            .iter_mut()
            .find(|event| event.id == id && event.unit_id == unit);
        let Some(event) = found else { return false };
        event.acknowledged_at = Some(now);
        event.acknowledged_by = by;
        true
    }

    /// An edit ends what is open, with the peak as it was at onset, and forgets the rule.
    fn close_edited(&mut self, unit: &str, rule: i64, now: Timestamp) {
        self.trackers.remove(&rule);
        let of_rule = |event: &&mut Event| event.rule_id == rule && event.unit_id == unit;
        for event in self
            .events
            .iter_mut()
            .filter(of_rule)
            .filter(|event| event.is_active())
        {
            event.clear_at = Some(now);
        }
    }

    /// Contact is lost: one open event a unit, also one from before a restart.
    pub(crate) fn lose_contact(&mut self, unit: &str, at: Timestamp) {
        if self.open_outages(unit).next().is_none() {
            self.add_event(Event::lost_contact(unit, at));
        }
    }

    /// Contact is regained.
    pub(crate) fn regain_contact(&mut self, unit: &str, at: Timestamp) {
        for event in self.open_outages(unit) {
            event.clear_at = Some(at);
        }
    }

    fn open_outages(&mut self, unit: &str) -> impl Iterator<Item = &mut Event> {
        self.events.iter_mut().filter(move |event| {
            event.unit_id == unit && event.metric == Event::CONNECTIVITY && event.is_active()
        })
    }

    /// A restart: the tables stay, the memory goes.
    pub(crate) fn forget(&mut self) {
        self.trackers.clear();
    }
}
