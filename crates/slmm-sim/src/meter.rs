//! A meter: what it hears, whether it measures, and whether it can be reached.

use std::sync::Arc;

use crate::measurement::{Measurement, Results};
use crate::snapshot::{Snapshot, Tamper};
use crate::sound::Sound;

/// How a meter answers its TCP port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It answers.
    Online,
    /// It refuses connections, at once.
    Refusing,
    /// It takes connections and says nothing until the time-out.
    Silent,
}

/// The instrument itself, as opposed to what SLMM knows of it.
#[derive(Debug, Clone)]
pub(crate) struct Meter {
    sound: Sound,
    pub(crate) reach: Reach,
    /// `None` while stopped.
    running: Option<Measurement>,
    /// What the last measurement came to.
    held: Option<Results>,
    script: Option<f64>,
    /// What it answers to the question whether it measures, instead of the truth.
    pub(crate) state: Option<String>,
    pub(crate) tamper: Arc<Tamper>,
}

impl Meter {
    /// A meter that has been measuring since that second of Unix time.
    pub(crate) fn measuring(sound: Sound, since: i64) -> Self {
        Self {
            sound,
            reach: Reach::Online,
            running: Some(Measurement::begin(since)),
            held: None,
            script: None,
            state: None,
            tamper: Arc::default(),
        }
    }

    /// What it would say at that second.
    pub(crate) fn say(&mut self, second: i64) -> Snapshot {
        self.listen(second);
        self.snapshot(second)
    }

    /// The same for the time before the simulation began, with one second heard out of ten.
    pub(crate) fn say_of_old(&mut self, second: i64) -> Snapshot {
        self.listen_to_one_of(10, second);
        self.snapshot(second)
    }

    fn snapshot(&self, second: i64) -> Snapshot {
        let lp = self.script.unwrap_or_else(|| self.sound.level(second));
        let results = self
            .running
            .as_ref()
            .map_or(self.held, Measurement::results);
        Snapshot::take(lp, results, &self.tamper)
    }

    /// Its answer to the question whether it measures.
    pub(crate) fn run_state(&self) -> &str {
        match (&self.state, &self.running) {
            (Some(state), _) => state,
            (None, Some(_)) => "Start",
            (None, None) => "Stop",
        }
    }

    /// Begins a new measurement.
    pub(crate) fn start(&mut self, second: i64) {
        self.running = Some(Measurement::begin(second));
    }

    /// Ends the measurement and holds its results.
    pub(crate) fn stop(&mut self, second: i64) {
        self.listen(second);
        if let Some(measurement) = self.running.take() {
            self.held = measurement.results();
        }
    }

    /// Forgets the results of the last measurement, as after power-on.
    pub(crate) fn reset(&mut self, second: i64) {
        self.held = None;
        if self.running.is_some() {
            self.start(second);
        }
    }

    /// Replaces what it hears by a constant level, dB, from that second on.
    pub(crate) fn script(&mut self, level: Option<f64>, second: i64) {
        self.listen(second.saturating_sub(1));
        self.script = level;
    }

    /// Hears every second, but a sample now and then where a long time has to be made up for.
    fn listen(&mut self, second: i64) {
        let behind = self
            .running
            .as_ref()
            .map_or(0, |running| running.behind(second));
        self.listen_to_one_of(
            if behind <= 120 {
                1
            } else {
                (behind / 3600).clamp(5, 60)
            },
            second,
        );
    }

    fn listen_to_one_of(&mut self, stride: i64, second: i64) {
        if let Some(measurement) = &mut self.running {
            measurement.listen(&self.sound, self.script, second, stride);
        }
    }
}
