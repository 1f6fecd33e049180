//! What a simulator is made of.

use std::time::Duration;

/// The FTP user of every simulated unit. Nothing of it may ever leave a portal.
pub const FTP_USERNAME: &str = "canary-ftp-user";
/// The FTP password of every simulated unit, which SLMM's roster shows in clear.
pub const FTP_PASSWORD: &str = "canary-ftp-pass-7f3a";

/// How to make a simulator.
#[derive(Debug, Clone)]
pub struct SimConfig {
    /// The units of the roster, in order.
    pub units: Vec<String>,
    /// What the sound is made from: the same seed gives the same sound at the same time.
    pub seed: u64,
    /// SLMM's `TIMEZONE_OFFSET`, h east of UTC: the fixed local time of schedules, and of the site.
    pub timezone_offset_h: i8,
    /// The hour of a working day that the site's sound begins at, 0 to 23, whatever time it is;
    /// `None` for the sound of the real hour.
    pub start_hour: Option<u8>,
    /// SLMM's limit of database sessions; `None` for a service that never stalls.
    pub capacity: Option<Capacity>,
}

/// How much SLMM bears before it goes deaf.
#[derive(Debug, Clone, Copy)]
pub struct Capacity {
    /// Database sessions in all: each REST request and each watched unit holds one.
    pub sessions: usize,
    /// How long one session too many stops the whole service.
    pub deaf_for: Duration,
    /// How long a REST request holds its session.
    pub service_time: Duration,
    /// The same for `/history`.
    pub history_service_time: Duration,
}

impl Default for Capacity {
    fn default() -> Self {
        Self {
            sessions: 15,
            deaf_for: Duration::from_secs(30),
            service_time: Duration::from_millis(2),
            history_service_time: Duration::from_millis(30),
        }
    }
}

impl SimConfig {
    /// A simulator of this many units, `SLM-101` and on.
    pub fn with_units(count: usize) -> Self {
        Self {
            units: (101..)
                .take(count)
                .map(|number| format!("SLM-{number}"))
                .collect(),
            seed: 43,
            timezone_offset_h: -5,
            start_hour: None,
            capacity: None,
        }
    }
}

impl Default for SimConfig {
    fn default() -> Self {
        Self::with_units(6)
    }
}
