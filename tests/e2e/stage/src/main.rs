//! What the browser tests look at: a database, a simulated SLMM, and the real portal and operator
//! app in one process, on loopback ports, with a clock that runs like a wall clock and can be told
//! to stand or to jump. With `--empty` nothing is in the database, and the meters of SLMM are in
//! nobody's roster.
//!
//! It prints one line of JSON when all is up, then takes one order a line (see [`order::Order`])
//! and answers each with one line of JSON. It ends with its standard input.

mod order;
mod places;
mod portals;
mod sound;
mod staff;
mod stage;
mod time;

use std::io::{BufRead as _, Write as _};

use serde_json::{Value, json};

use crate::order::Order;
use crate::stage::Stage;

fn main() {
    let mut stage = match std::env::args().nth(1).as_deref() {
        Some("--empty") => Stage::set_empty(),
        Some(other) => panic!("{other} is no option: there is --empty"),
        None => Stage::set(),
    };
    tell(&stage.introduction());
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("orders are UTF-8");
        let answer = match serde_json::from_str::<Order>(&line) {
            Ok(Order::Quit) => break,
            Ok(order) => stage.carry_out(order),
            Err(error) => Err(format!("no such order: {error}")),
        };
        tell(&answer.unwrap_or_else(|error| json!({ "error": error })));
    }
}

fn tell(answer: &Value) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{answer}").expect("somebody reads the answers");
    out.flush().expect("somebody reads the answers");
}
