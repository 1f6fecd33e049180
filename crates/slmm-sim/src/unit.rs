//! A unit of SLMM's roster: its settings, its meter, its cached row and its trail.

use domain::Timestamp;
use jiff::SignedDuration;

use crate::meter::{Meter, Reach};
use crate::snapshot::Snapshot;
use crate::sound::Sound;
use crate::trail::{Past, Trail};

/// SLMM's cached status row of a unit.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) last_seen: Timestamp,
    pub(crate) measurement_state: String,
    pub(crate) measurement_start_time: Option<Timestamp>,
    pub(crate) snapshot: Option<Snapshot>,
    pub(crate) contact: Contact,
}

/// What the background poller, and only it, keeps of a unit's reachability.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    pub(crate) is_reachable: bool,
    pub(crate) consecutive_failures: u32,
    pub(crate) last_poll_attempt: Option<Timestamp>,
    pub(crate) last_success: Option<Timestamp>,
    pub(crate) last_error: Option<String>,
}

/// A registered unit.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) id: String,
    pub(crate) tcp_port: u16,
    pub(crate) monitor_enabled: bool,
    pub(crate) meter: Meter,
    pub(crate) row: Option<Row>,
    /// While set, the row is not kept, so that `/status` answers 404.
    pub(crate) row_dropped: bool,
    pub(crate) trail: Trail,
    pub(crate) poller_due: Timestamp,
}

const HOUR_S: i64 = 3600;
/// How late SLMM noticed that a measurement began, s.
const NOTICED_S: i64 = 62;
const FIRST_PORT: u16 = 22_551;

impl Unit {
    /// A unit that has been running for a day, and was last polled at `now`.
    pub(crate) fn settled(id: &str, index: u16, sound: Sound, now: Timestamp) -> Self {
        let second = now.as_second();
        let began = second - 3 * HOUR_S - i64::from(index % 6) * HOUR_S - 17 * 60;
        let noticed = began + NOTICED_S;
        let past = Past {
            sound: sound.clone(),
            from: second - Trail::KEPT.as_secs() + i64::from(index % 50),
            began,
            noticed,
            to: second,
        };
        let mut unit = Self {
            id: id.to_owned(),
            tcp_port: FIRST_PORT.saturating_add(index),
            monitor_enabled: true,
            meter: Meter::measuring(sound, began),
            row: None,
            row_dropped: false,
            trail: Trail::after(past),
            poller_due: now,
        };
        unit.poll_background(now);
        if let (Some(row), Ok(noticed_at)) = (&mut unit.row, Timestamp::from_second(noticed)) {
            row.measurement_start_time = Some(noticed_at);
        }
        unit
    }

    /// Keeps what a poll brought, as SLMM does for the monitor and the poller alike.
    pub(crate) fn keep(&mut self, snapshot: &Snapshot, state: &str, at: Timestamp) {
        self.trail.sample(snapshot, at);
        if self.row_dropped {
            return;
        }
        let row = self.row.get_or_insert_with(|| Row::unseen(at));
        row.last_seen = at;
        row.snapshot = Some(snapshot.clone());
        let was_measuring = is_measuring(&row.measurement_state);
        match state {
            "Stop" => row.measurement_start_time = None,
            _ if is_measuring(state) && !was_measuring => row.measurement_start_time = Some(at),
            _ if is_measuring(state) => {}
            // Anything else is not taken over: the last recognised state stays.
            _ => return,
        }
        state.clone_into(&mut row.measurement_state);
    }

    /// A visit of the background poller, which comes where no monitor runs.
    pub(crate) fn poll_background(&mut self, at: Timestamp) {
        let error = self.connect_error();
        let answered = (self.meter.reach == Reach::Online).then(|| self.meter.say(at.as_second()));
        if let Some(snapshot) = &answered {
            let state = self.meter.run_state().to_owned();
            self.keep(snapshot, &state, at);
        }
        if self.row_dropped {
            return;
        }
        let contact = &mut self.row.get_or_insert_with(|| Row::unseen(at)).contact;
        contact.last_poll_attempt = Some(at);
        if answered.is_some() {
            *contact = Contact {
                last_success: Some(at),
                ..Contact::fresh(Some(at))
            };
        } else {
            contact.consecutive_failures += 1;
            contact.is_reachable = contact.consecutive_failures < 3;
            contact.last_error = Some(error);
        }
    }

    fn connect_error(&self) -> String {
        let port = self.tcp_port;
        format!(
            "Failed to connect to device: [Errno 111] Connect call failed ('127.0.0.1', {port})"
        )
    }
}

impl Row {
    /// The row that the database makes, with a time of whole seconds.
    fn unseen(at: Timestamp) -> Self {
        let whole = SignedDuration::new(0, at.subsec_nanosecond());
        Self {
            last_seen: at - whole,
            measurement_state: "unknown".to_owned(),
            measurement_start_time: None,
            snapshot: None,
            contact: Contact::fresh(None),
        }
    }
}

impl Contact {
    fn fresh(last_poll_attempt: Option<Timestamp>) -> Self {
        Self {
            is_reachable: true,
            consecutive_failures: 0,
            last_poll_attempt,
            last_success: None,
            last_error: None,
        }
    }
}

fn is_measuring(state: &str) -> bool {
    matches!(state, "Start" | "Measure")
}
