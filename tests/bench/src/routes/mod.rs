//! The portal's routes against the bare handler, in one process and one run.

mod stage;

use load::Process;

pub use self::stage::WORKERS;
use self::stage::{Route, Stage};
use crate::bare::{self, Bare};
use crate::table::Line;
use crate::wrk::{self, Load, Measured};

/// What the bare handler's 99th percentile may be multiplied by.
const TAIL: f64 = 3.0;

/// How a route is measured.
#[derive(Debug, Clone, clap::Args)]
pub struct Rounds {
    /// Seconds of a measurement of a route
    #[arg(long, default_value_t = 4)]
    pub seconds: u32,
    /// Rounds; of each figure the median counts
    #[arg(long, default_value_t = 3)]
    pub rounds: usize,
    /// Connections
    #[arg(long, default_value_t = 64)]
    pub connections: u32,
    /// Only the route whose name has these words
    #[arg(long)]
    pub route: Option<String>,
}

/// Measures each by turns with the bare handler, so that a busy moment of the machine strikes both.
pub fn measure(rounds: &Rounds, bare: &Bare) -> Vec<Line> {
    let load = Load {
        seconds: rounds.seconds,
        connections: rounds.connections,
    };
    let stage = actix_rt::System::new().block_on(Stage::set());
    println!("| route | requests/s | bare | µs of processor | bare | p50, ms | p99, ms | bytes |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut lines = Vec::new();
    let wanted = |route: &&Route| match &rounds.route {
        Some(words) => route.name.contains(words),
        None => true,
    };
    for route in stage.routes().iter().filter(wanted) {
        let mut bares = Vec::new();
        let mut ours = Vec::new();
        for _ in 0..rounds.rounds {
            bares.push(measured(&format!("{}/bare", bare.url()), None, load));
            let url = stage.url(&route.path);
            ours.push(measured(&url, Some(stage.cookie()), load));
        }
        let (bare, ours) = (Measured::median(&bares), Measured::median(&ours));
        tell(route, &bare, &ours);
        lines.extend(lines_of(route, &bare, &ours));
    }
    println!(
        "\nBare: a handler with a fixed body of {} bytes, no middleware, {WORKERS} workers.",
        bare::BODY.len()
    );
    lines
}

/// With what this process, the servers' own, took of the processors meanwhile.
fn measured(url: &str, cookie: Option<&str>, load: Load) -> Measured {
    let before = Process::own().cpu();
    let measured = wrk::run(url, cookie, load);
    let cpu = Process::own().cpu().saturating_sub(before);
    let requests = measured.per_second * f64::from(load.seconds);
    Measured {
        cpu_us: cpu.as_secs_f64() * 1e6 / requests,
        ..measured
    }
}

fn tell(route: &Route, bare: &Measured, ours: &Measured) {
    println!(
        "| {} | {:.0} | {:.0} | {:.1} | {:.1} | {:.2} | {:.2} | {} |",
        route.name,
        ours.per_second,
        bare.per_second,
        ours.cpu_us,
        bare.cpu_us,
        ours.p50_ms,
        ours.p99_ms,
        route.bytes
    );
}

fn lines_of(route: &Route, bare: &Measured, ours: &Measured) -> Vec<Line> {
    let mut lines = vec![
        Line::share(
            &format!("{}, requests/s", route.name),
            ours.per_second,
            bare.per_second,
            route.least,
        ),
        Line::most("… p99", ours.p99_ms, TAIL * bare.p99_ms, "ms")
            .of(&format!("bare {:.2} ms", bare.p99_ms)),
    ];
    if let Some(most) = route.most_bytes {
        let bytes = route.bytes as f64;
        lines.push(Line::most("… on the wire", bytes, most as f64, "bytes"));
    }
    lines
}
