//! One line that says which setting is wrong, what is wrong with it, and what would be right.

use std::fmt::Display;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, FromArgMatches, Parser};

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {problem}")]
pub struct Refusal {
    name: &'static str,
    problem: String,
}

impl Refusal {
    /// `problem` says what is wrong with the setting called `name`, and what would be right.
    pub fn new(name: &'static str, problem: impl Display) -> Self {
        Self {
            name,
            problem: problem.to_string(),
        }
    }
}

/// The exit code of a start that failed for its settings.
const USAGE: u8 = 2;

/// Reads a program's settings. `Err` holds the exit code with which to end: help was asked for
/// and given, or a line on standard error has told what is wrong.
pub fn read<A: Parser>() -> Result<A, ExitCode> {
    read_by(A::command)
}

/// The same by a command of the program's own, such as one with other defaults. It is made here: a
/// command knows the environment as it was when it was made, and the file has to be in it.
pub fn read_by<A: FromArgMatches>(command: impl FnOnce() -> Command) -> Result<A, ExitCode> {
    load_env_file().map_err(|refusal| refuse(&refusal))?;
    let told = command().try_get_matches();
    let args = told.and_then(|told| A::from_arg_matches(&told));
    args.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Nobody may be reading what was asked for; that is theirs to know.
            error
                .print()
                .map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
        }
        _ => say(&one_line(&error.render().to_string())),
    })
}

/// Says what is wrong with a setting, and gives the exit code to end with.
pub fn refuse(refusal: &Refusal) -> ExitCode {
    say(&format!("error: {refusal}"))
}

#[expect(
    clippy::print_stderr,
    reason = "the log is not set up before the settings are read"
)]
fn say(line: &str) -> ExitCode {
    eprintln!("{line}");
    ExitCode::from(USAGE)
}

/// clap tells the matter first, with what is missing or possible in lines of their own; then it
/// repeats the usage.
fn one_line(rendered: &str) -> String {
    let is_usage = |line: &&str| line.starts_with("Usage:") || line.starts_with("For more");
    let lines: Vec<_> = rendered
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take_while(|line| !is_usage(line))
        .collect();
    if lines.is_empty() {
        "error: the settings cannot be read".to_owned()
    } else {
        lines.join(" ")
    }
}

fn load_env_file() -> Result<(), Refusal> {
    match dotenvy::dotenv() {
        Ok(_) => Ok(()),
        Err(error) if error.not_found() => Ok(()),
        // The line itself may hold a secret and is not repeated.
        Err(dotenvy::Error::LineParse(_, at)) => Err(Refusal::new(
            ".env",
            format!("a line cannot be read at its character {at}; write NAME=value"),
        )),
        Err(error) => Err(Refusal::new(".env", error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usage_error_is_one_line() {
        let clap = "error: invalid value 'x' for '--workers <WORKERS>': invalid digit found in string\n\nFor more information, try '--help'.\n";
        assert_eq!(
            one_line(clap),
            "error: invalid value 'x' for '--workers <WORKERS>': invalid digit found in string"
        );
        let list = "error: the following required arguments were not provided:\n  --name <NAME>\n\nUsage: x\n";
        assert_eq!(
            one_line(list),
            "error: the following required arguments were not provided: --name <NAME>"
        );
        let choice = "error: invalid value 'x' for '<WHAT>'\n  [possible values: a, b]\n\n  tip: a similar value exists: 'a'\n\nFor more information, try '--help'.\n";
        assert_eq!(
            one_line(choice),
            "error: invalid value 'x' for '<WHAT>' [possible values: a, b] tip: a similar value exists: 'a'"
        );
    }
}
