//! Everything that SLMM and its meters are at one moment, and how it goes on.

use std::collections::BTreeMap;

use bytestring::ByteString;
use domain::Timestamp;
use jiff::SignedDuration;
use tokio::sync::mpsc::Receiver;

use crate::alerts::Alerts;
use crate::config::SimConfig;
use crate::monitor::Monitor;
use crate::sound::{Sound, shift_for};
use crate::trail::Trail;
use crate::unit::Unit;
use crate::wire;

/// SLMM's queue of frames for one subscriber.
const QUEUE: usize = 5;

/// The state of the simulation. It knows no clock: each step is told the time.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) units: Vec<Unit>,
    pub(crate) monitors: BTreeMap<String, Monitor>,
    pub(crate) alerts: Alerts,
    pub(crate) offset_h: i8,
    next_subscriber: u64,
    stepped_to: Timestamp,
}

enum Due {
    Monitor(String),
    Poller(usize),
}

impl World {
    /// A world that has been running for a day.
    pub(crate) fn new(config: &SimConfig, now: Timestamp) -> Self {
        let shift = shift_for(now.as_second(), config.timezone_offset_h, config.start_hour);
        let units = (0_u16..)
            .zip(&config.units)
            .map(|(index, id)| {
                let sound = Sound::new(config.seed, u64::from(index), shift);
                Unit::settled(id, index, sound, now)
            })
            .collect();
        let mut world = Self {
            units,
            monitors: BTreeMap::new(),
            alerts: Alerts::default(),
            offset_h: config.timezone_offset_h,
            next_subscriber: 0,
            stepped_to: now,
        };
        world.boot(now);
        world
    }

    pub(crate) fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    pub(crate) fn unit_mut(&mut self, id: &str) -> Option<&mut Unit> {
        self.units.iter_mut().find(|unit| unit.id == id)
    }

    /// SLMM starts: what it remembered is gone, its tables are not. Every subscriber's queue ends.
    pub(crate) fn boot(&mut self, now: Timestamp) {
        self.alerts.forget();
        self.monitors.clear();
        let count = i32::try_from(self.units.len().max(1)).unwrap_or(i32::MAX);
        for (index, unit) in (1_i32..).zip(&mut self.units) {
            unit.trail.forget_sampling();
            unit.poller_due = now + SignedDuration::from_secs(60) * index / count;
            if unit.monitor_enabled {
                let mut monitor = Monitor::new(now);
                monitor.keepalive = true;
                monitor.running = true;
                // Spread over the idle cadence, as the start of one loop after another does.
                monitor.due = now + monitor.pause(now) * index / count;
                self.monitors.insert(unit.id.clone(), monitor);
            }
        }
        self.stepped_to = now;
    }

    /// Lets the world go on to `now`, poll by poll, each at the time it is due.
    pub(crate) fn step(&mut self, now: Timestamp) {
        if now < self.stepped_to {
            self.shift(now.duration_since(self.stepped_to));
        }
        self.skip_to(now - Trail::KEPT);
        self.stepped_to = now;
        while let Some((at, due)) = self.earliest().filter(|(at, _)| *at <= now) {
            match due {
                Due::Monitor(unit) => self.poll(&unit, at),
                Due::Poller(index) => self.visit(index, at),
            }
        }
    }

    /// Leaves out every poll before `from`.
    pub(crate) fn skip_to(&mut self, from: Timestamp) {
        for monitor in self.monitors.values_mut() {
            monitor.due = monitor.due.max(from);
        }
        for unit in &mut self.units {
            unit.poller_due = unit.poller_due.max(from);
        }
    }

    /// The clock was set: what waits keeps its distance.
    fn shift(&mut self, by: SignedDuration) {
        for monitor in self.monitors.values_mut() {
            monitor.due += by;
            monitor.sent_at += by;
            monitor.state = None;
        }
        for unit in &mut self.units {
            unit.poller_due += by;
            unit.trail.forget_sampling();
        }
    }

    fn earliest(&self) -> Option<(Timestamp, Due)> {
        let monitors = self
            .monitors
            .iter()
            .filter(|(_, monitor)| monitor.running && !monitor.stalled);
        let polls = monitors.min_by_key(|(_, monitor)| monitor.due);
        let visits = self
            .units
            .iter()
            .enumerate()
            .min_by_key(|(_, unit)| unit.poller_due);
        match (polls, visits) {
            (Some((id, monitor)), Some((_, unit))) if monitor.due <= unit.poller_due => {
                Some((monitor.due, Due::Monitor(id.clone())))
            }
            (Some((id, monitor)), None) => Some((monitor.due, Due::Monitor(id.clone()))),
            (_, Some((index, unit))) => Some((unit.poller_due, Due::Poller(index))),
            (None, None) => None,
        }
    }

    /// The monitor of a unit, made if there is none: nobody checks that the unit exists.
    pub(crate) fn monitor_of(&mut self, id: &str, now: Timestamp) -> &mut Monitor {
        self.monitors
            .entry(id.to_owned())
            .or_insert_with(|| Monitor::new(now))
    }

    /// A new subscriber's queue, in which the last frame already lies, and its number.
    pub(crate) fn subscribe(&mut self, id: &str, now: Timestamp) -> (u64, Receiver<ByteString>) {
        self.next_subscriber += 1;
        let number = self.next_subscriber;
        let monitor = self.monitor_of(id, now);
        let (sender, receiver) = tokio::sync::mpsc::channel(QUEUE);
        if let Some(last) = &monitor.last {
            // The queue is new and empty: there is room.
            drop(sender.try_send(wire::frame(id, last)));
        }
        monitor.subscribers.push((number, sender));
        monitor.ensure_running(now);
        (number, receiver)
    }

    pub(crate) fn unsubscribe(&mut self, id: &str, number: u64) {
        if let Some(monitor) = self.monitors.get_mut(id) {
            monitor.subscribers.retain(|(other, _)| *other != number);
        }
    }

    /// How many units have a subscriber.
    pub(crate) fn watched(&self) -> usize {
        self.monitors
            .values()
            .filter(|monitor| !monitor.subscribers.is_empty())
            .count()
    }
}
