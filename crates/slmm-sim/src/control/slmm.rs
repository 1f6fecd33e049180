//! What can be done to SLMM's own tables and loops. A unit that is not registered is
//! [`SimError::UnknownUnit`].

use bytestring::ByteString;
use domain::Timestamp;
use jiff::SignedDuration;

use crate::error::SimError;
use crate::event::Event;
use crate::meter::Reach;
use crate::monitor::{Frame, Monitor};
use crate::polling::broadcast;
use crate::rule::{Rule, RuleSpec};
use crate::sim::Sim;
use crate::trail::TrailRow;

impl Sim {
    /// Polls a unit now, by its monitor or, where none runs, by the background poller.
    pub fn poll(&self, id: &str) -> Result<(), SimError> {
        let now = self.now();
        let mut world = self.world();
        if world
            .monitors
            .get(id)
            .is_some_and(|monitor| monitor.running)
        {
            world.poll(id, now);
            return Ok(());
        }
        let unit = world
            .unit_mut(id)
            .ok_or_else(|| SimError::UnknownUnit(id.to_owned()))?;
        unit.poll_background(now);
        Ok(())
    }

    /// Whether the background poller alone visits the unit, once a minute, and minds its
    /// reachability; else its monitor runs.
    pub fn set_poller_only(&self, id: &str, on: bool) -> Result<(), SimError> {
        self.with_unit(id, |unit, now| {
            unit.monitor_enabled = !on;
            unit.poller_due = now + SignedDuration::from_secs(60);
        })?;
        self.with_monitor(id, |monitor, now| {
            monitor.keepalive = !on;
            if on {
                monitor.running = !monitor.subscribers.is_empty();
            } else {
                monitor.ensure_running(now);
            }
        })
    }

    /// The unit was registered, tried once by the poller, and never answered.
    pub fn set_never_reached(&self, id: &str) -> Result<(), SimError> {
        self.set_poller_only(id, true)?;
        self.set_reach(id, Reach::Refusing)?;
        self.with_unit(id, |unit, now| {
            unit.trail.clear();
            unit.row = None;
            unit.row_dropped = false;
            unit.poll_background(now);
        })
    }

    /// Whether SLMM has no row of the unit (404). It keeps one again from the next poll on.
    pub fn drop_row(&self, id: &str, dropped: bool) -> Result<(), SimError> {
        self.with_unit(id, |unit, _| {
            unit.row_dropped = dropped;
            unit.row = unit.row.take().filter(|_| !dropped);
        })
    }

    /// What the row says of reachability. Nothing minds it while a monitor runs; the poller
    /// corrects it where it comes by.
    pub fn set_reachability(
        &self,
        id: &str,
        is_reachable: bool,
        consecutive_failures: u32,
        last_error: Option<&str>,
    ) -> Result<(), SimError> {
        self.with_unit(id, |unit, _| {
            if let Some(row) = &mut unit.row {
                row.contact.is_reachable = is_reachable;
                row.contact.consecutive_failures = consecutive_failures;
                row.contact.last_error = last_error.map(str::to_owned);
            }
        })
    }

    /// Whether the unit's loop hangs: no poll, no frame, no heartbeat.
    pub fn stall(&self, id: &str, on: bool) -> Result<(), SimError> {
        self.with_monitor(id, |monitor, now| {
            monitor.stalled = on;
            monitor.due = monitor.due.max(now);
        })
    }

    /// Sends a text to the unit's subscribers, word for word, and keeps it for the next.
    pub fn send_frame(&self, id: &str, text: &str) -> Result<(), SimError> {
        let frame = Frame::Text(ByteString::from(text));
        self.with_monitor(id, |monitor, now| broadcast(monitor, id, frame, now))
    }

    /// Ends the unit's sockets with close code 1012.
    pub fn close_feeds(&self, id: &str) -> Result<(), SimError> {
        self.with_monitor(id, |monitor, _| monitor.subscribers.clear())
    }

    /// Puts an event into SLMM's table, and says under which id.
    pub fn insert_event(&self, event: Event) -> i64 {
        self.world().alerts.add_event(event)
    }

    /// Stores a rule unchecked: an infinite threshold makes the listing answer 500.
    pub fn insert_rule(&self, unit: &str, spec: RuleSpec) -> Rule {
        self.world().alerts.add_rule(unit, spec)
    }

    /// Puts a row into a unit's trail.
    pub fn insert_row(&self, unit: &str, row: TrailRow) -> Result<(), SimError> {
        self.with_unit(unit, |unit, _| unit.trail.insert(row))
    }

    /// Empties a unit's trail.
    pub fn clear_trail(&self, unit: &str) -> Result<(), SimError> {
        self.with_unit(unit, |unit, _| unit.trail.clear())
    }

    /// A unit's events as SLMM has them, newest first.
    pub fn events(&self, unit: &str) -> Vec<Event> {
        self.world().alerts.events_of(unit)
    }

    /// A unit's rules as SLMM has them.
    pub fn rules(&self, unit: &str) -> Vec<Rule> {
        self.world().alerts.rules_of(unit)
    }

    fn with_monitor(
        &self,
        id: &str,
        change: impl FnOnce(&mut Monitor, Timestamp),
    ) -> Result<(), SimError> {
        let now = self.now();
        let mut world = self.world();
        if world.unit(id).is_none() && !world.monitors.contains_key(id) {
            return Err(SimError::UnknownUnit(id.to_owned()));
        }
        change(world.monitor_of(id, now), now);
        Ok(())
    }
}
