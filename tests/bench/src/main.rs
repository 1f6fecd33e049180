//! Measures the product against every line of what it is to reach, and prints one table. Routes are
//! told as shares of what a bare actix handler does in the same process and run: machines differ,
//! ratios do not. Build it with `--release`, and the programs with it; `just bench` does.

mod bare;
mod board;
mod costs;
mod flood;
mod house;
mod live;
mod paced;
mod pressure;
mod room;
mod routes;
mod start;
mod table;
mod upstream;
mod wrk;

use clap::{Parser, ValueEnum};
use load::process::load_average;

use crate::table::{Line, Table};

/// Measures, part by part, and prints a table of all lines.
#[derive(Debug, Parser)]
struct Args {
    /// Only this part; may be given several times
    #[arg(long, value_name = "PART")]
    only: Vec<Part>,
    #[command(flatten)]
    rounds: routes::Rounds,
    #[command(flatten)]
    live: live::Extent,
    /// Looks at the board, after the first
    #[arg(long, default_value_t = 20)]
    looks: usize,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The portal's routes, with wrk.
    Routes,
    /// Thousands of live viewers, and revocation among them.
    Live,
    /// A thousand visitors, and an SLMM that bears fifteen sessions.
    Pressure,
    /// Guessed passwords by the hundred.
    Flood,
    /// SLMM killed, or late.
    Upstream,
    /// Start and idle memory.
    Start,
    /// The operator app's board in a large house.
    Board,
    /// Single steps of a request.
    Costs,
}

/// A viewer's file here, and what everything else takes.
const FILES_BESIDE: u64 = 1000;

fn main() {
    let args = Args::parse();
    let wanted = |part: &&Part| args.only.is_empty() || args.only.contains(part);
    if wanted(&&Part::Live) {
        room::make(args.live.viewers as u64 + FILES_BESIDE);
    }
    let bare = bare::start();
    let mut lines = Vec::new();
    for part in Part::value_variants().iter().filter(wanted) {
        println!("\n## {part:?} (load average {})\n", load_average());
        lines.extend(measure(*part, &args, &bare));
    }
    println!("\n## All lines\n\n{}", Table(lines));
}

fn measure(part: Part, args: &Args, bare: &bare::Bare) -> Vec<Line> {
    let tokio = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime")
    };
    match part {
        Part::Routes => routes::measure(&args.rounds, bare),
        Part::Live => tokio().block_on(live::measure(args.live)),
        Part::Pressure => tokio().block_on(pressure::measure()),
        Part::Flood => tokio().block_on(flood::measure()),
        Part::Upstream => tokio().block_on(upstream::measure()),
        Part::Start => tokio().block_on(start::measure()),
        Part::Board => actix_rt::System::new().block_on(board::measure(&bare.url(), args.looks)),
        Part::Costs => {
            tokio().block_on(costs::measure());
            Vec::new()
        }
    }
}
