//! Serves a simulated SLMM with believable construction-site sound.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use domain::SystemClock;
use slmm_sim::{Capacity, RunningSim, Sim, SimConfig, SimError};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// A simulator of SLMM: its API under /api/nl43, and a control API under /_sim.
#[derive(Debug, Parser)]
#[command(version)]
struct Args {
    /// Where to listen. Like SLMM it asks nobody who they are: keep it on a loopback address.
    #[arg(long, default_value = "127.0.0.1:8100")]
    listen: SocketAddr,
    /// How many units, SLM-101 and on.
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u16).range(1..=500))]
    units: u16,
    /// The same seed gives the same sound at the same time.
    #[arg(long, default_value_t = 43)]
    seed: u64,
    /// Let the site sound like this hour of a working day at the start, 0 to 23.
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=23))]
    start_hour: Option<u8>,
    /// Hours east of UTC of the site and of rules' schedules.
    #[arg(
        long,
        env = "SLMM_TIMEZONE_OFFSET",
        default_value_t = -5,
        allow_negative_numbers = true,
        value_parser = clap::value_parser!(i8).range(-12..=14)
    )]
    timezone_offset: i8,
    /// Bear no more than SLMM does: the sixteenth session makes it deaf for 30 s.
    #[arg(long)]
    mimic_limit: bool,
}

impl Args {
    fn config(&self) -> SimConfig {
        SimConfig {
            seed: self.seed,
            start_hour: self.start_hour,
            timezone_offset_h: self.timezone_offset,
            capacity: self.mimic_limit.then(Capacity::default),
            ..SimConfig::with_units(usize::from(self.units))
        }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let sim = Sim::new(&args.config(), Arc::new(SystemClock));
    match sim.serve(&args.listen.to_string()) {
        Ok(running) => {
            tracing::info!(address = %running.address(), units = args.units, "serving");
            actix_rt::System::new().block_on(until_told(running))
        }
        Err(error) => {
            report(&error);
            ExitCode::FAILURE
        }
    }
}

async fn until_told(running: RunningSim) -> ExitCode {
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::error!(%error, "no signal handler to be had");
            return ExitCode::FAILURE;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    running.stop().await;
    ExitCode::SUCCESS
}

fn report(error: &SimError) {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    tracing::error!(cause, "{error}");
}
