//! The command line for scripts and for rescue: what the operator app does, on the same database.

mod args;
mod commands;
mod error;
mod output;

use std::process::ExitCode;

use crate::args::Args;

fn main() -> ExitCode {
    let args: Args = match settings::read() {
        Ok(args) => args,
        Err(code) => return code,
    };
    match commands::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}
