//! Everything in one process with fresh data: the first thing a newcomer runs.

mod address;
mod args;
mod data;
mod sound;

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;
use auth::{HashParams, LockoutPolicy, SecretKey, Signer, SystemRandom, Verifier};
use domain::{Clock, ProcessId, SystemClock, TimeZone, fixed_zone};
use slmm::Slmm;
use slmm_operator::Control;
use slmm_sim::{Sim, SimConfig};
use store::{Database, DatabaseOptions};
use store_operator::{Actor, Operator};
use web::live::LiveLimits;
use web::{PublicOrigin, RateLimit, RecentLog, ServerOptions};
use web_operator::{Access, Office, OperatorSettings, Passwords, Watching};
use web_portal::{Portal, PortalSettings, Reporter, serve_with, styleguide};

use crate::args::{Args, Home};
use crate::data::{OpenPortal, ZONE};

/// SLMM's fixed local time in the demo, h east of UTC.
const SLMM_OFFSET_H: i8 = -5;

fn main() -> ExitCode {
    let args: Args = match settings::read() {
        Ok(args) => args,
        Err(code) => return code,
    };
    let started = args.log.start();
    let (home, log) = match started.and_then(|log| Ok((args.home()?, log))) {
        Ok(started) => started,
        Err(refusal) => return settings::refuse(&refusal),
    };
    match actix_rt::System::new().block_on(run(&args, &home, log)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            tracing::error!(%cause, "the demo cannot go on");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: &Args, home: &Home, log: RecentLog) -> Result<(), Box<dyn Error>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let random = Arc::new(SystemRandom::new());
    let database = Database::open(&home.database(), DatabaseOptions::new(clock.clone()))?;
    database.migrate()?;
    let actor = Actor {
        name: "demo".into(),
        origin: "demo".into(),
    };
    let operator = Operator::new(database.clone(), clock.clone(), random.clone(), actor);
    let portals = data::fill(&operator, &*random, clock.now())?;

    let config = SimConfig {
        start_hour: Some(10),
        timezone_offset_h: SLMM_OFFSET_H,
        ..SimConfig::with_units(data::UNITS)
    };
    let sim = Sim::new(&config, clock.clone());
    sound::direct(&sim, clock.now())?;
    let slmm_at = sim.serve(&address::prefer(args.slmm_listen)?.to_string())?;

    let listen = address::prefer(args.portal_listen)?;
    let origin: PublicOrigin = format!("http://{listen}").parse()?;
    let slmm_config = slmm::Config::new(&slmm_at.base_url(), Duration::from_secs(3), 4)?;
    let slmm = Slmm::start(slmm_config, clock.clone(), random.clone())?;
    let signer = Signer::new(&SecretKey::random(&*random)?, &[]);
    let verifier = Verifier::new(1, 8, HashParams::owasp(), random.clone());
    let settings = portal_settings(origin.clone())?;
    let passwords = Passwords {
        at_the_door: verifier.clone(),
        at_work: verifier.clone(),
        tries: Passwords::TRIES,
    };
    let office = Office::new(
        operator_settings(&settings),
        database.clone(),
        (
            slmm.clone(),
            Control::start(staff_config(&slmm_at.base_url())?)?,
        ),
        signer.clone(),
        passwords,
        clock.clone(),
        random.clone(),
    )?
    .with_log(log);
    let operator_listen = address::prefer(args.operator_listen)?;
    let (operator_server, operator_at) =
        web_operator::serve(&Data::new(office), listening(operator_listen))?;
    let portal = Portal::new(settings, database, slmm, signer, verifier, clock.clone())?;
    let portal = Data::new(portal);
    let (server, portal_at) = serve_with(&portal, listening(listen), styleguide::configure)?;
    let process = ProcessId::generate(&*clock, &*random)?;
    let reporter = report(&portal, process, portal_at)?;
    let places = Places {
        operator: format!("http://{operator_at}"),
        slmm: slmm_at.base_url(),
    };
    tell(&origin, &places, home, &portals);
    let (portal_ended, operator_ended) = tokio::join!(server, operator_server);
    portal_ended?;
    operator_ended?;
    drop(reporter);
    slmm_at.stop().await;
    Ok(())
}

/// Both apps are one process with one log, which the operator app shows already.
fn report(
    portal: &Data<Portal>,
    process: ProcessId,
    address: SocketAddr,
) -> std::io::Result<Reporter> {
    let log = RecentLog::default();
    Reporter::start(portal, process, address, log, Reporter::EVERY)
}

/// SLMM bears few sessions; staff get two of them.
fn staff_config(slmm_url: &str) -> Result<slmm::Config, slmm::SlmmError> {
    slmm::Config::new(slmm_url, Duration::from_secs(3), 2)
}

fn listening(listen: SocketAddr) -> ServerOptions {
    ServerOptions {
        listen,
        workers: 2,
        stop_by_signal: true,
    }
}

/// Where what is not the portal listens.
struct Places {
    operator: String,
    slmm: String,
}

fn operator_settings(portal: &PortalSettings) -> OperatorSettings {
    OperatorSettings {
        brand: portal.brand.clone(),
        access: Access::Open,
        cookie_secure: portal.cookie_secure,
        trusted_proxies: portal.trusted_proxies.clone(),
        portal_origin: portal.origin.clone(),
        headline: portal.headline,
        ln1_label: portal.ln1_label.clone(),
        ln2_label: portal.ln2_label.clone(),
        stale_after: portal.stale_after,
        map: portal.map.clone(),
        site_zone: portal.site_zone.clone(),
        slmm_zone: portal.slmm_zone.clone(),
        watching: Watching::default(),
    }
}

fn portal_settings(origin: PublicOrigin) -> Result<PortalSettings, Box<dyn Error>> {
    Ok(PortalSettings {
        brand: "Terra-View".into(),
        cookie_secure: origin.is_https(),
        origin,
        trusted_proxies: "".parse()?,
        session_max_age: Duration::from_hours(30 * 24),
        rate_limit: RateLimit::USUAL,
        lockout: LockoutPolicy {
            attempts: 5,
            lock_for: Duration::from_mins(15),
        },
        headline: "leq".parse()?,
        ln1_label: "L1".into(),
        ln2_label: "L10".into(),
        stale_after: Duration::from_mins(1),
        stream_cap: Duration::from_mins(15),
        heartbeat: PortalSettings::HEARTBEAT,
        ping_every: PortalSettings::PING_EVERY,
        live: LiveLimits {
            viewers: 1000,
            per_session: 20,
        },
        map: None,
        site_zone: TimeZone::get(ZONE)?,
        slmm_zone: fixed_zone(SLMM_OFFSET_H),
    })
}

#[expect(
    clippy::print_stdout,
    reason = "these lines are what the demo is run for"
)]
fn tell(origin: &PublicOrigin, places: &Places, home: &Home, portals: &[OpenPortal]) {
    println!("\nThe demo is up. Open a link and enter its password:\n");
    for portal in portals {
        println!("  {} ({})", portal.project, portal.client);
        println!(
            "    link      {}/portal/p/{}",
            origin.as_str(),
            portal.link.as_str()
        );
        println!("    password  {}\n", portal.password.reveal());
    }
    println!(
        "  Every component in every state: {}/_styleguide\n",
        origin.as_str()
    );
    println!(
        "  The operator app, for the firm's staff: {} (open to everybody here). To try its sign-in,",
        places.operator
    );
    println!("  make an account, then open /login there:");
    println!(
        "    portal-admin --database-url sqlite://{} operator create --email you@example.com --name You --role admin\n",
        home.file().display()
    );
    println!(
        "  The simulated SLMM is at {} (its control API under /_sim),",
        places.slmm
    );
    println!("  the data in {}.", home.shown());
    println!("  Nothing is reachable from other machines. Ctrl-C ends it.\n");
}
