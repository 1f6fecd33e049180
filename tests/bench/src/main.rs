//! Measures the portal's routes, and the operator app's board, against a bare actix handler that
//! answers a fixed JSON body, in one process and one run: machines differ, ratios do not. Build it
//! with `--release`.

mod bare;
mod board;
mod stage;
mod wrk;

use clap::{Parser, ValueEnum};

use crate::stage::Stage;
use crate::wrk::{Load, Measured};

/// Prints a table of requests/s and latency, each as a ratio to the bare handler.
#[derive(Debug, Parser)]
struct Args {
    /// Seconds a measurement
    #[arg(long, default_value_t = 4)]
    seconds: u32,
    /// Rounds; of each figure the median counts
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Connections
    #[arg(long, default_value_t = 64)]
    connections: u32,
    /// Only this part
    #[arg(long)]
    only: Option<Part>,
    /// Looks at the board, after the first
    #[arg(long, default_value_t = 20)]
    looks: usize,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The portal's routes, with wrk.
    Portal,
    /// The operator app's board.
    Board,
}

fn main() {
    let args = Args::parse();
    let bare = bare::start();
    if args.only != Some(Part::Board) {
        measure_portal(&args, &bare);
    }
    if args.only != Some(Part::Portal) {
        println!();
        actix_rt::System::new().block_on(board::measure(&bare.url(), args.looks));
    }
}

fn measure_portal(args: &Args, bare: &bare::Bare) {
    let load = Load {
        seconds: args.seconds,
        connections: args.connections,
    };
    let stage = actix_rt::System::new().block_on(Stage::set());
    let routes = stage.routes();

    println!(
        "{} connections, {} s a measurement, median of {} rounds\n",
        args.connections, args.seconds, args.rounds
    );
    println!("| route | requests/s | of bare | to reach | p50, ms | p99, ms | p99 / bare |");
    println!("|---|---|---|---|---|---|---|");
    let bare_url = format!("{}/bare", bare.url());
    // Bare and measured by turns, so that a busy moment of the machine strikes both.
    for route in &routes {
        let mut bares = Vec::new();
        let mut ours = Vec::new();
        for _ in 0..args.rounds {
            bares.push(wrk::run(&bare_url, None, load));
            ours.push(wrk::run(
                &stage.url(&route.path),
                Some(stage.cookie()),
                load,
            ));
        }
        print_row(route, &Measured::median(&bares), &Measured::median(&ours));
    }
    println!(
        "\nBare: a handler with a fixed body of {} bytes, no middleware, {} workers.",
        bare::BODY.len(),
        stage::WORKERS
    );
}

fn print_row(route: &stage::Route, bare: &Measured, ours: &Measured) {
    println!(
        "| {} | {:.0} (bare {:.0}) | {:.0} % | {} | {:.2} | {:.2} | {:.1} |",
        route.name,
        ours.per_second,
        bare.per_second,
        100.0 * ours.per_second / bare.per_second,
        route.goal,
        ours.p50_ms,
        ours.p99_ms,
        ours.p99_ms / bare.p99_ms,
    );
}
