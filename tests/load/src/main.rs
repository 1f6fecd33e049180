//! Opens thousands of live sockets on a running portal, and says how it bears them: delivery, the
//! server's memory and processor time, revocation, and what is left when all have gone.
//!
//! Build it with `--release`. A viewer takes a file descriptor here and one in the server: raise
//! `ulimit -n` for both. `MAX_STREAMS` and `MAX_STREAMS_PER_SESSION` must have room.

use clap::Parser;
use load::metrics::Metrics;
use load::portal::Portal;
use load::process::Process;
use load::stages::{self, Stages};
use load::upstream::Slmm;
use tokio::runtime::Builder;

/// Live viewers on a running portal.
#[derive(Debug, Parser)]
struct Args {
    /// The portal, on a loopback address
    #[arg(long, default_value = "http://127.0.0.1:8000")]
    portal_url: String,
    /// A project's link token; may be given several times, each with its password
    #[arg(long, required = true)]
    link: Vec<String>,
    /// The passwords, in the order of the links
    #[arg(long, required = true)]
    password: Vec<String>,
    /// Viewers, spread over all locations of these projects
    #[arg(long, default_value_t = 10_000)]
    viewers: usize,
    /// Sessions a project; a sign-in costs the server a password hash
    #[arg(long, default_value_t = 1, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    sessions: usize,
    /// Seconds of measurement, once all are in
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// The server's process, for its memory and processor time
    #[arg(long)]
    pid: Option<u32>,
    /// The simulator, for the exact times of its polls, and its own count of sockets
    #[arg(long)]
    slmm_url: Option<String>,
    /// The portal's METRICS_LISTEN, for what it counts itself
    #[arg(long)]
    metrics_url: Option<String>,
    /// Then close the portal of this project, the first link's, and see its viewers shut out
    #[arg(long, value_name = "PROJECT", requires = "admin")]
    revoke: Option<String>,
    /// The portal-admin to do it with; it is told the database by its environment
    #[arg(long, value_name = "PATH")]
    admin: Option<std::path::PathBuf>,
}

fn main() {
    let args = Args::parse();
    assert_eq!(args.link.len(), args.password.len(), "one password a link");
    // One thread: the server under measurement needs the other core.
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(run(args));
}

async fn run(args: Args) {
    let mut stages = Stages {
        server: args.pid.map(Process),
        slmm: args.slmm_url.as_deref().map(Slmm::at),
        metrics: args.metrics_url.map(|url| Metrics { url }),
    };
    let portal = Portal::at(&args.portal_url);
    let groups =
        stages::sign_in(&portal, args.link.iter().zip(&args.password), args.sessions).await;
    let empty_kib = stages.server.map(Process::memory_kib);
    let tally = std::sync::Arc::default();
    let crowd = stages.gather(&portal, &groups, args.viewers, &tally).await;
    stages.measure(&crowd, &tally, args.seconds).await;
    stages.tell_memory(empty_kib, &crowd);
    if let (Some(project), Some(admin)) = (&args.revoke, &args.admin) {
        stages::revoke(&crowd, admin, project).await;
    }
    stages.leave(crowd).await;
}
