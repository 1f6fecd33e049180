//! How many threads answer requests.

use std::num::NonZero;

use clap::Args;
use clap::builder::RangedU64ValueParser;

/// `WORKERS`.
#[derive(Debug, Clone, Args)]
pub struct WorkerArgs {
    /// Worker threads [default: cores]
    #[arg(
        long,
        env = "WORKERS",
        value_name = "WORKERS",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=256)
    )]
    workers: Option<usize>,
}

impl WorkerArgs {
    /// Worker threads: as many as the machine has cores unless something else was said.
    pub fn count(&self) -> usize {
        self.workers.unwrap_or_else(cores)
    }
}

/// The machine's cores, one where it does not tell.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}
