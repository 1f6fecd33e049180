//! What a poll does: the turns of the monitors and of the background poller.

use domain::Timestamp;
use jiff::SignedDuration;

use crate::alerts::Alerts;
use crate::meter::Reach;
use crate::monitor::{Frame, Monitor};
use crate::unit::Unit;
use crate::wire;
use crate::world::World;

impl World {
    /// The background poller's turn: it leaves alone what a monitor polls.
    pub(crate) fn visit(&mut self, index: usize, at: Timestamp) {
        let Some(unit) = self.units.get_mut(index) else {
            return;
        };
        unit.poller_due = at + SignedDuration::from_secs(60);
        if self
            .monitors
            .get(&unit.id)
            .is_none_or(|monitor| !monitor.running)
        {
            unit.poll_background(at);
        }
    }

    /// One turn of a unit's monitor.
    pub(crate) fn poll(&mut self, id: &str, at: Timestamp) {
        let unit = self.units.iter_mut().find(|unit| unit.id == id);
        let Some(monitor) = self.monitors.get_mut(id) else {
            return;
        };
        if !monitor.is_wanted() {
            monitor.running = false;
            return;
        }
        let reach = unit
            .as_ref()
            .map_or(Reach::Refusing, |unit| unit.meter.reach);
        match (unit, reach) {
            (Some(unit), Reach::Online) => {
                monitor.waiting = false;
                answered(monitor, unit, &mut self.alerts, self.offset_h, at);
            }
            (_, Reach::Silent) if !monitor.waiting => {
                monitor.waiting = true;
                monitor.due = at + Monitor::TIME_OUT;
                return;
            }
            _ => {
                monitor.waiting = false;
                failed(monitor, id, &mut self.alerts, at);
            }
        }
        if at.duration_since(monitor.sent_at) >= Monitor::HEARTBEAT {
            let heartbeat = wire::heartbeat(id, at, monitor.reachable);
            monitor.offer(&heartbeat);
            monitor.sent_at = at;
        }
        monitor.due = at + monitor.pause(at);
    }
}

fn answered(
    monitor: &mut Monitor,
    unit: &mut Unit,
    alerts: &mut Alerts,
    offset_h: i8,
    at: Timestamp,
) {
    let snapshot = unit.meter.say(at.as_second());
    let fresh = |asked: Timestamp| at.duration_since(asked) < Monitor::STATE_REFRESH;
    let state = match &monitor.state {
        Some((state, asked)) if fresh(*asked) => state.clone(),
        _ => {
            let state = unit.meter.run_state().to_owned();
            monitor.state = Some((state.clone(), at));
            state
        }
    };
    unit.keep(&snapshot, &state, at);
    if !monitor.reachable {
        alerts.regain_contact(&unit.id, at);
    }
    monitor.failures = 0;
    monitor.reachable = true;
    let start = unit.row.as_ref().and_then(|row| row.measurement_start_time);
    let frame = Frame::Data {
        at,
        state,
        start,
        snapshot: Box::new(snapshot.clone()),
    };
    broadcast(monitor, &unit.id, frame, at);
    alerts.evaluate(&unit.id, &snapshot, at, offset_h);
}

/// The third failure in a row is the loss of the meter: one frame and one event.
fn failed(monitor: &mut Monitor, id: &str, alerts: &mut Alerts, at: Timestamp) {
    monitor.failures += 1;
    if monitor.reachable && monitor.failures >= 3 {
        monitor.reachable = false;
        broadcast(monitor, id, Frame::Unreachable { at }, at);
        alerts.lose_contact(id, at);
    }
}

/// Sends a frame to those who listen, and keeps it for those who come.
pub(crate) fn broadcast(monitor: &mut Monitor, id: &str, frame: Frame, at: Timestamp) {
    if !monitor.subscribers.is_empty() {
        monitor.offer(&wire::frame(id, &frame));
    }
    monitor.last = Some(frame);
    monitor.sent_at = at;
}
