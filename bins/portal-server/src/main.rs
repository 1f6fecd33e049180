//! The client portal: the one binary that faces the internet.

mod config;
mod schema;

use std::process::ExitCode;
use std::sync::Arc;

use actix_web::web::Data;
use auth::{HashParams, SystemRandom, Verifier};
use clap::CommandFactory;
use domain::{Clock, ProcessId, SystemClock};
use slmm::Slmm;
use store::{Database, DatabaseOptions};
use web::RecentLog;
use web_portal::{Portal, Reporter, serve};

use crate::config::{Args, Config};

fn main() -> ExitCode {
    match settings::begin(Args::command, |args: &Args| &args.log, Config::of) {
        Ok((config, log)) => settings::end(
            "the portal",
            actix_rt::System::new().block_on(run(config, log)),
        ),
        Err(code) => code,
    }
}

async fn run(config: Config, log: RecentLog) -> Result<(), Box<dyn std::error::Error>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let random = Arc::new(SystemRandom::new());
    let database = Database::open(&config.database, DatabaseOptions::new(clock.clone()))?;
    schema::wait_for(&database).await?;
    settings::warn_of_pressure(&config.slmm);
    let slmm = Slmm::start(config.slmm, clock.clone(), random.clone())?;
    let verifier = Verifier::new(
        config.verifier_threads,
        VERIFIER_QUEUE,
        HashParams::owasp(),
        random.clone(),
    );
    if config.keys.is_temporary {
        tracing::warn!(
            "--dev: the key is of this start only; when it ends, everybody is signed out"
        );
    }
    let public_url = config.portal.origin.as_str().to_owned();
    let portal = Portal::new(
        config.portal,
        database,
        slmm,
        config.keys.signer,
        verifier,
        clock.clone(),
    )?;
    let portal = Data::new(portal);
    let (server, address) = serve(&portal, config.server)?;
    if let Some(listen) = config.metrics {
        let counted = portal.clone().into_inner();
        let (metrics, address) = web::serve_metrics(listen, Arc::new(move || counted.metrics()))?;
        tracing::info!(%address, "metrics are told");
        actix_rt::spawn(metrics);
    }
    let process = ProcessId::generate(&*clock, &*random)?;
    let reporter = Reporter::start(&portal, process, address, log, Reporter::EVERY)?;
    tracing::info!(%address, %public_url, "the portal is open");
    server.await?;
    drop(reporter);
    tracing::info!("the portal is closed");
    Ok(())
}

/// How many people may wait for their password to be checked before the next is asked to try again.
const VERIFIER_QUEUE: usize = 8;
