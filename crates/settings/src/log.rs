//! What is logged, and how it looks.

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use web::RecentLog;

use crate::Refusal;
use crate::keep::Keep;

/// `LOG_FORMAT` and `RUST_LOG`.
#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    /// How the log looks
    #[arg(
        long,
        env = "LOG_FORMAT",
        value_name = "LOG_FORMAT",
        value_enum,
        default_value = "pretty"
    )]
    log_format: LogFormat,

    /// How much is logged: off, error, warn, info, debug or trace, also by part, as in info,slmm=debug
    #[arg(
        long,
        env = "RUST_LOG",
        value_name = "RUST_LOG",
        default_value = "info"
    )]
    rust_log: String,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// For collectors: one JSON object a line.
    Json,
}

impl LogArgs {
    /// Starts to log, on standard error. Standard output is left to what was asked for. The answer
    /// keeps the newest warnings and errors.
    ///
    /// # Errors
    /// [`Refusal`] names `RUST_LOG`.
    pub fn start(&self) -> Result<RecentLog, Refusal> {
        let filter = EnvFilter::try_new(&self.rust_log)
            .map_err(|problem| Refusal::new("RUST_LOG", problem))?;
        let recent = RecentLog::default();
        let registry = tracing_subscriber::registry()
            .with(filter)
            .with(Keep(recent.clone()));
        let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
        let started = match self.log_format {
            LogFormat::Pretty => registry.with(lines).try_init(),
            LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
        };
        started
            .map(|()| recent)
            .map_err(|problem| Refusal::new("RUST_LOG", problem))
    }
}
