//! The sound of a construction site: a pure function of seed, place and second.

/// One place's sound. Any second can be asked for in any order, always with the same answer.
#[derive(Debug, Clone)]
pub(crate) struct Sound {
    seed: u64,
    /// Added to UTC seconds to get the site's local seconds.
    shift_s: i64,
    night_db: f64,
    day_db: f64,
    machine_db: f64,
}

/// What each stream of chance is for; streams must not share cells.
#[derive(Clone, Copy)]
enum Stream {
    Place = 1,
    Slow,
    Gusts,
    Flicker,
    Passing,
    PassingAt,
    PassingLevel,
    Machine,
    MachineLevel,
    MachineCycle,
    Load,
    Hammer,
    Crest,
}

const DAY_S: i64 = 86_400;

impl Sound {
    /// The sound of the place numbered `place`, whose local time is UTC plus `shift_s` s.
    pub(crate) fn new(seed: u64, place: u64, shift_s: i64) -> Self {
        let mut sound = Self {
            seed: mixed(seed ^ mixed(place)),
            shift_s,
            night_db: 0.0,
            day_db: 0.0,
            machine_db: 0.0,
        };
        sound.night_db = 39.0 + 5.0 * sound.chance(Stream::Place, 0);
        sound.day_db = 50.0 + 5.0 * sound.chance(Stream::Place, 1);
        sound.machine_db = 66.0 + 8.0 * sound.chance(Stream::Place, 2);
        sound
    }

    /// The time-weighted level at a second of Unix time, dB.
    pub(crate) fn level(&self, second: i64) -> f64 {
        let local = second.saturating_add(self.shift_s);
        let ambient = self.ambient(local);
        let mut energy = energy(ambient);
        if let Some(passing) = self.passing(local, ambient) {
            energy += self::energy(passing);
        }
        if let Some(machine) = self.machine(local) {
            energy += self::energy(machine);
        }
        (10.0 * energy.log10()).clamp(25.0, 118.0)
    }

    /// How far the C-weighted peak of that second lies above its level, dB.
    pub(crate) fn crest(&self, second: i64) -> f64 {
        10.5 + 4.0 * self.chance(Stream::Crest, second)
    }

    fn ambient(&self, local: i64) -> f64 {
        self.night_db
            + (self.day_db - self.night_db) * dayness(hour_of(local))
            + 1.8 * self.wander(Stream::Slow, local, 420)
            + 1.1 * self.wander(Stream::Gusts, local, 11)
            + 0.5 * (self.chance(Stream::Flicker, local) - 0.5)
    }

    /// A vehicle that goes by: rarely at night, every few minutes by day.
    fn passing(&self, local: i64, ambient: f64) -> Option<f64> {
        let cell = local.div_euclid(90);
        let likely = 0.08 + 0.45 * dayness(hour_of(local));
        if self.chance(Stream::Passing, cell) > likely {
            return None;
        }
        let at = 20.0 + 50.0 * self.chance(Stream::PassingAt, cell);
        let height = 6.0 + 11.0 * self.chance(Stream::PassingLevel, cell);
        let distance = (as_f64(local.rem_euclid(90)) - at) / 5.0;
        Some(ambient + height - 4.3 * distance * distance)
    }

    /// Plant at work: ten-minute jobs of digging and idling, some of them hammering.
    fn machine(&self, local: i64) -> Option<f64> {
        let job = local.div_euclid(600);
        if !is_working(local) || self.chance(Stream::Machine, job) > 0.7 {
            return None;
        }
        let loud = self.machine_db + 8.0 * (self.chance(Stream::MachineLevel, job) - 0.5);
        let cycle_s = 24.0 + 36.0 * self.chance(Stream::MachineCycle, job);
        let phase = (as_f64(local.rem_euclid(600)) / cycle_s).fract();
        let strain = 2.5 * self.wander(Stream::Load, local, 6);
        let working = loud + strain - if phase < 0.68 { 0.0 } else { 9.0 };
        let hammers = self.chance(Stream::Hammer, job) < 0.18 && phase < 0.4;
        Some(working + if hammers && local % 2 == 0 { 10.0 } else { 0.0 })
    }

    /// A smooth wandering between −1 and 1 with a knot every `period_s`.
    fn wander(&self, stream: Stream, local: i64, period_s: i64) -> f64 {
        let cell = local.div_euclid(period_s);
        let part = as_f64(local.rem_euclid(period_s)) / as_f64(period_s);
        let eased = part * part * (3.0 - 2.0 * part);
        let (from, to) = (self.chance(stream, cell), self.chance(stream, cell + 1));
        2.0 * (from + (to - from) * eased) - 1.0
    }

    /// From 0 to 1, by stream and cell.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the upper 53 bits fit a double exactly"
    )]
    fn chance(&self, stream: Stream, cell: i64) -> f64 {
        let salted = self.seed ^ (stream as u64).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let bits = mixed(salted.wrapping_add(cell.cast_unsigned().wrapping_mul(GOLDEN)));
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The shift that makes `start` sound like `hour` o'clock of a working day, or the zone's own.
pub(crate) fn shift_for(start: i64, offset_h: i8, hour: Option<u8>) -> i64 {
    let offset = i64::from(offset_h) * 3600;
    let Some(hour) = hour else { return offset };
    let local = start.saturating_add(offset);
    let to_hour = i64::from(hour % 24) * 3600 - local.rem_euclid(DAY_S);
    let days_back = (weekday_of(local) - 4).max(0);
    offset + to_hour - days_back * DAY_S
}

/// The energy of a level, relative to 0 dB.
pub(crate) fn energy(level: f64) -> f64 {
    10_f64.powf(level / 10.0)
}

/// Small whole numbers as they are.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of seconds, far below 2^53"
)]
pub(crate) fn as_f64(whole: i64) -> f64 {
    whole as f64
}

fn hour_of(local: i64) -> f64 {
    as_f64(local.rem_euclid(DAY_S)) / 3600.0
}

/// Monday is 0; the first of January 1970 was a Thursday.
fn weekday_of(local: i64) -> i64 {
    (local.div_euclid(DAY_S) + 3).rem_euclid(7)
}

fn is_working(local: i64) -> bool {
    let hour = hour_of(local);
    match weekday_of(local) {
        0..=4 => (7.0..12.0).contains(&hour) || (12.5..17.5).contains(&hour),
        5 => (8.0..13.0).contains(&hour),
        _ => false,
    }
}

/// How much of the day's bustle there is, 0 to 1.
fn dayness(hour: f64) -> f64 {
    match hour {
        h if h < 4.5 => 0.0,
        h if h < 8.0 => (h - 4.5) / 3.5,
        h if h < 18.0 => 1.0,
        h => 1.0 - (h - 18.0) / 6.0,
    }
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finalizer of splitmix64.
fn mixed(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(GOLDEN);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
