//! What a meter sums up since its measurement began.

use crate::sound::{Sound, as_f64, energy};

/// Half a decibel a bin, from 0 to 150 dB.
const BINS: usize = 300;
const BIN_DB: f64 = 0.5;

/// The results of a measurement so far, dB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Results {
    pub(crate) leq: f64,
    /// Sound exposure level.
    pub(crate) le: f64,
    pub(crate) lmax: f64,
    pub(crate) lmin: f64,
    pub(crate) lpeak: f64,
    /// Levels exceeded for 1, 10, 50, 90 and 95 % of the time.
    pub(crate) ln: [f64; 5],
}

/// A measurement in progress.
#[derive(Debug, Clone)]
pub(crate) struct Measurement {
    /// The first second not yet heard, Unix time.
    upto: i64,
    seconds: f64,
    energy: f64,
    lmax: f64,
    lmin: f64,
    lpeak: f64,
    histogram: Vec<f64>,
}

impl Measurement {
    /// A measurement that begins at this second of Unix time and has heard nothing yet.
    pub(crate) fn begin(second: i64) -> Self {
        Self {
            upto: second,
            seconds: 0.0,
            energy: 0.0,
            lmax: f64::NEG_INFINITY,
            lmin: f64::INFINITY,
            lpeak: f64::NEG_INFINITY,
            histogram: vec![0.0; BINS],
        }
    }

    /// How long it has not listened, s, if it is to have heard `second` too.
    pub(crate) fn behind(&self, second: i64) -> i64 {
        second.saturating_add(1).saturating_sub(self.upto)
    }

    /// Listens up to and including `second`, to one second out of every `stride`. `script`
    /// replaces the sound.
    pub(crate) fn listen(&mut self, sound: &Sound, script: Option<f64>, second: i64, stride: i64) {
        let end = second.saturating_add(1);
        while self.upto < end {
            let step = stride.min(end - self.upto);
            let level = script.unwrap_or_else(|| sound.level(self.upto));
            self.add(level, level + sound.crest(self.upto), as_f64(step));
            self.upto += step;
        }
    }

    fn add(&mut self, level: f64, peak: f64, seconds: f64) {
        self.seconds += seconds;
        self.energy += energy(level) * seconds;
        self.lmax = self.lmax.max(level);
        self.lmin = self.lmin.min(level);
        self.lpeak = self.lpeak.max(peak);
        if let Some(bin) = self.histogram.get_mut(bin_of(level)) {
            *bin += seconds;
        }
    }

    /// The results, or `None` while nothing was heard.
    pub(crate) fn results(&self) -> Option<Results> {
        if self.seconds <= 0.0 {
            return None;
        }
        Some(Results {
            leq: 10.0 * (self.energy / self.seconds).log10(),
            le: 10.0 * self.energy.log10(),
            lmax: self.lmax,
            lmin: self.lmin,
            lpeak: self.lpeak,
            ln: [1.0, 10.0, 50.0, 90.0, 95.0].map(|percent| self.exceeded_for(percent)),
        })
    }

    fn exceeded_for(&self, percent: f64) -> f64 {
        let wanted = self.seconds * percent / 100.0;
        let mut above = 0.0;
        let mut floor = BIN_DB * as_f64(i64::try_from(BINS).unwrap_or(0));
        for held in self.histogram.iter().rev() {
            floor -= BIN_DB;
            if above + held >= wanted && *held > 0.0 {
                let part = (wanted - above) / held;
                return (floor + BIN_DB * (1.0 - part)).clamp(self.lmin, self.lmax);
            }
            above += held;
        }
        self.lmin
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the histogram first"
)]
fn bin_of(level: f64) -> usize {
    let last = as_f64(i64::try_from(BINS - 1).unwrap_or(0));
    (level / BIN_DB).floor().clamp(0.0, last) as usize
}
