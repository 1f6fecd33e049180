//! Viewers who come back when the connection is lost, after the waits of the portal's own page
//! (`assets/shared/js/live-endings.js`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::{Clock, SystemClock};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::crowd::Group;
use crate::portal::Portal;
use crate::socket::{Door, Heard, Socket};

/// A connection that lived for so long was healthy: the next wait is a short one again.
const HEALTHY: Duration = Duration::from_secs(30);
/// The close code of a server that restarts.
const RESTART: u16 = 1012;
/// Every frame with levels begins so.
const READING: &[u8] = br#"{"type":"reading""#;

/// What became of the viewers.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Of each, what it knows.
    pub viewers: Vec<Knowledge>,
    /// The longest from the end of a connection to the next reading.
    pub back: Duration,
    /// Connections that ended, by close code, and attempts that failed, by reason.
    pub ends: BTreeMap<String, usize>,
}

/// What a viewer knows, by [`Clock::elapsed`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Knowledge {
    /// When it heard a reading last.
    pub heard: Option<Duration>,
    /// When it lost the connection, until it hears a reading again.
    pub lost: Option<Duration>,
}

/// Viewers, until they are dropped.
pub struct Regulars {
    _viewers: JoinSet<()>,
    ledger: Arc<Mutex<Ledger>>,
}

impl Regulars {
    /// Lets this many viewers of a group's locations come, a thousand a second.
    pub fn come(portal: &Portal, group: &Group, count: usize) -> Self {
        let ledger = Ledger {
            viewers: vec![Knowledge::default(); count],
            ..Ledger::default()
        };
        let ledger = Arc::new(Mutex::new(ledger));
        let mut viewers = JoinSet::new();
        for number in 0..count {
            let location = &group.locations[number % group.locations.len()];
            let session = &group.sessions[number % group.sessions.len()];
            let viewer = Viewer {
                number,
                portal: portal.clone(),
                path: format!("/portal/api/location/{location}/stream"),
                headers: portal.headers(session),
                ledger: ledger.clone(),
                attempt: 0,
            };
            viewers.spawn(viewer.watch());
        }
        Self {
            _viewers: viewers,
            ledger,
        }
    }

    /// What became of them so far; who is away now counts with that, too.
    pub fn ledger(&self) -> Ledger {
        let mut ledger = self.ledger.lock().expect("the ledger").clone();
        let now = SystemClock.elapsed();
        let away = ledger.viewers.iter().filter_map(|viewer| viewer.lost);
        let longest = away.map(|since| now.saturating_sub(since)).max();
        ledger.back = ledger.back.max(longest.unwrap_or_default());
        ledger
    }

    /// Waits until every one of them has heard a reading since that moment of [`Clock::elapsed`].
    pub async fn hear(&self, since: Duration) {
        let waits = |ledger: &Ledger| ledger.viewers.iter().any(|one| one.heard < Some(since));
        while waits(&self.ledger.lock().expect("the ledger")) {
            sleep(Duration::from_millis(20)).await;
        }
    }
}

struct Viewer {
    number: usize,
    portal: Portal,
    path: String,
    headers: String,
    ledger: Arc<Mutex<Ledger>>,
    /// Connections lost since the last healthy one.
    attempt: u32,
}

impl Viewer {
    async fn watch(mut self) {
        sleep(Duration::from_millis(self.number as u64)).await;
        loop {
            let opened = SystemClock.elapsed();
            let end = self.connection().await;
            sleep(self.lost(end, opened)).await;
        }
    }

    /// Notes the end of a connection, and says how long to wait before the next.
    fn lost(&mut self, end: String, opened: Duration) -> Duration {
        let mut ledger = self.ledger.lock().expect("the ledger");
        let knowledge = &mut ledger.viewers[self.number];
        knowledge.lost.get_or_insert(SystemClock.elapsed());
        if (knowledge.heard).is_some_and(|heard| heard.saturating_sub(opened) >= HEALTHY) {
            self.attempt = 0;
        }
        let delay = delay(end == RESTART.to_string(), self.attempt, self.chance());
        self.attempt += 1;
        *ledger.ends.entry(end).or_default() += 1;
        delay
    }

    /// One connection, to its end: the close code, or the reason of its failing.
    async fn connection(&self) -> String {
        let door = Door {
            address: self.portal.address(),
            source: self.portal.address().ip(),
            path: &self.path,
            headers: &self.headers,
        };
        let mut socket = match Socket::open(&door).await {
            Ok(socket) => socket,
            Err(error) => return error.to_string(),
        };
        loop {
            match socket.next().await {
                Heard::Text(frame) if frame.starts_with(READING) => self.note_reading(),
                Heard::Text(_) => {}
                Heard::Closed(code) => return code.to_string(),
                Heard::Cut => return "cut".to_owned(),
            }
        }
    }

    fn note_reading(&self) {
        let now = SystemClock.elapsed();
        let mut ledger = self.ledger.lock().expect("the ledger");
        let knowledge = &mut ledger.viewers[self.number];
        knowledge.heard = Some(now);
        if let Some(lost) = knowledge.lost.take() {
            ledger.back = ledger.back.max(now.saturating_sub(lost));
        }
    }

    /// From 0 to 1, spread evenly over viewers and attempts.
    fn chance(&self) -> f64 {
        // Multiples of the golden ratio fill the interval without gaps.
        ((self.number as f64) * 0.618_034 + f64::from(self.attempt) * 0.414_214).fract()
    }
}

/// A restart is short; otherwise a ceiling that doubles, and anywhere below it.
fn delay(restart: bool, attempt: u32, chance: f64) -> Duration {
    let ms = if restart && attempt < 3 {
        500.0 + 2500.0 * chance
    } else {
        let ceiling = (2000.0 * 2.0_f64.powi(attempt.min(6).cast_signed())).min(60_000.0);
        1000.0 + chance * (ceiling - 1000.0)
    };
    Duration::from_secs_f64(ms / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_waits_as_the_page_does() {
        let ms = |restart, attempt, chance| delay(restart, attempt, chance).as_millis();
        assert_eq!((ms(true, 0, 0.0), ms(true, 2, 1.0)), (500, 3000));
        assert_eq!((ms(true, 3, 1.0), ms(false, 0, 1.0)), (16_000, 2000));
        assert_eq!((ms(false, 1, 0.0), ms(false, 50, 1.0)), (1000, 60_000));
    }
}
