//! How SLMM is reached, and how much is asked of it.

use std::time::Duration;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use domain::TimeZone;
use slmm::Config;

use crate::Refusal;

/// `SLMM_BASE_URL`, `SLMM_TIMEOUT_MS`, `SLMM_MAX_REQUESTS`, `SLMM_MAX_FEEDS`, `SLMM_TIMEZONE_OFFSET`.
#[derive(Debug, Clone, Args)]
pub struct SlmmArgs {
    /// Where SLMM is
    #[arg(
        long = "slmm-base-url",
        env = "SLMM_BASE_URL",
        value_name = "SLMM_BASE_URL",
        default_value = "http://127.0.0.1:8100"
    )]
    base_url: String,

    /// Longest wait for an answer of SLMM, head and body, ms
    #[arg(
        long = "slmm-timeout-ms",
        env = "SLMM_TIMEOUT_MS",
        value_name = "SLMM_TIMEOUT_MS",
        default_value = "3000",
        value_parser = RangedU64ValueParser::<u64>::new().range(50..=60_000)
    )]
    timeout_ms: u64,

    /// Requests to SLMM at once, over this process; SLMM stalls beyond about 14 of all together
    #[arg(
        long = "slmm-max-requests",
        env = "SLMM_MAX_REQUESTS",
        value_name = "SLMM_MAX_REQUESTS",
        default_value = "4",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=14)
    )]
    max_requests: usize,

    /// Meters watched live at once, over this process
    #[arg(
        long = "slmm-max-feeds",
        env = "SLMM_MAX_FEEDS",
        value_name = "SLMM_MAX_FEEDS",
        default_value = "8",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=64)
    )]
    max_feeds: usize,

    /// SLMM's own setting of that name, hours from UTC, in which limits' hours are read
    #[arg(
        long = "slmm-timezone-offset",
        env = "SLMM_TIMEZONE_OFFSET",
        value_name = "SLMM_TIMEZONE_OFFSET",
        default_value = "-5",
        allow_hyphen_values = true,
        value_parser = clap::value_parser!(i8).range(-12..=14)
    )]
    timezone_offset: i8,
}

/// What SLMM 0.4.0 bears of requests in flight and watched meters, over all processes that ask it.
pub const SLMM_BEARS: usize = 14;

/// Warns where one process alone may press SLMM beyond what it bears.
pub fn warn_of_pressure(slmm: &Config) {
    let together = slmm.max_requests() + slmm.max_feeds();
    if together > SLMM_BEARS {
        tracing::warn!(
            together,
            "SLMM stalls beyond about {SLMM_BEARS} requests and watched meters together"
        );
    }
}

impl SlmmArgs {
    /// The client's configuration.
    ///
    /// # Errors
    /// [`Refusal`] names `SLMM_BASE_URL`.
    pub fn config(&self) -> Result<Config, Refusal> {
        let timeout = Duration::from_millis(self.timeout_ms);
        Config::new(&self.base_url, timeout, self.max_requests)
            .map_err(|problem| Refusal::new("SLMM_BASE_URL", problem))?
            .with_max_feeds(self.max_feeds)
            .map_err(|problem| Refusal::new("SLMM_MAX_FEEDS", problem))
    }

    /// The local time in which SLMM reads a limit's hours.
    pub fn zone(&self) -> TimeZone {
        domain::fixed_zone(self.timezone_offset)
    }
}
