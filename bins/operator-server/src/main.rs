//! The app of the firm's own staff: for the office LAN, never for the internet.

mod config;

use std::process::ExitCode;
use std::sync::Arc;

use actix_web::web::Data;
use auth::{HashParams, SystemRandom, Verifier};
use domain::{Clock, SystemClock};
use slmm::Slmm;
use slmm_operator::Control;
use store::{Database, DatabaseOptions};
use web::RecentLog;
use web_operator::{Access, Office, Passwords, serve};

use crate::config::{Args, Config};

/// Passwords that may wait to be hashed, of strangers and of whoever is at work each.
const VERIFIER_QUEUE: usize = 8;

fn main() -> ExitCode {
    match settings::begin(config::command, |args: &Args| &args.log, Config::of) {
        Ok((config, log)) => settings::end(
            "the operator app",
            actix_rt::System::new().block_on(run(config, log)),
        ),
        Err(code) => code,
    }
}

async fn run(config: Config, log: RecentLog) -> Result<(), Box<dyn std::error::Error>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let random = Arc::new(SystemRandom::new());
    let database = Database::open(&config.database, DatabaseOptions::new(clock.clone()))?;
    for applied in database.migrate()? {
        tracing::info!(%applied, "the database was migrated");
    }
    // Beside a portal it is too much sooner: there it is for whoever divides to see to it.
    settings::warn_of_pressure(&config.slmm);
    // Staff's own requests wait for the same turns as those of pages.
    let control = Control::start(config.slmm.clone())?;
    let slmm = Slmm::start(config.slmm, clock.clone(), random.clone())?;
    let verifier = || Verifier::new(1, VERIFIER_QUEUE, HashParams::owasp(), random.clone());
    let passwords = Passwords {
        at_the_door: verifier(),
        at_work: verifier(),
        tries: Passwords::TRIES,
    };
    if config.keys.is_temporary {
        tracing::warn!("--dev: the key is of this start only; no portal takes its previews");
    }
    if config.operator.access == Access::Open {
        tracing::warn!(
            "nobody is asked to sign in: whoever reaches {} can change everything",
            config.server.listen
        );
    }
    let office = Office::new(
        config.operator,
        database,
        (slmm, control),
        config.keys.signer,
        passwords,
        clock,
        random,
    )?
    .with_log(log);
    let (server, address) = serve(&Data::new(office), config.server)?;
    tracing::info!(%address, "the operator app is open");
    server.await?;
    tracing::info!("the operator app is closed");
    Ok(())
}
