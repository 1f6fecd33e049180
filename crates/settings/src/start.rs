//! How a server starts and ends, as its supervisor sees it.

use std::fmt::Display;
use std::process::ExitCode;

use clap::{Command, FromArgMatches};
use web::RecentLog;

use crate::{LogArgs, Refusal, read_by, refuse};

/// Reads a server's settings, starts its log and checks what clap could not. `Err` holds the exit
/// code with which to end, as for [`read_by`].
pub fn begin<A: FromArgMatches, C>(
    command: impl FnOnce() -> Command,
    log: impl FnOnce(&A) -> &LogArgs,
    check: impl FnOnce(A) -> Result<C, Refusal>,
) -> Result<(C, RecentLog), ExitCode> {
    let args: A = read_by(command)?;
    let recent = log(&args).start().map_err(|refusal| refuse(&refusal))?;
    let config = check(args).map_err(|refusal| refuse(&refusal))?;
    Ok((config, recent))
}

/// The exit code of a server called `name`; what ended it is logged.
pub fn end(name: &str, run: Result<(), impl Display>) -> ExitCode {
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            tracing::error!(%cause, "{name} cannot go on");
            ExitCode::FAILURE
        }
    }
}
