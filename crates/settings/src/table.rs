//! The settings of a program, for its documentation.

use clap::{Arg, Command};

/// A Markdown table of what a program reads: variable, flag, default, meaning.
pub fn table(program: &Command) -> String {
    let mut text =
        String::from("| variable | flag | default | what |\n| --- | --- | --- | --- |\n");
    for argument in program
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
    {
        if let Some(flag) = argument.get_long() {
            text.push_str(&row(flag, argument));
        }
    }
    text
}

fn row(flag: &str, argument: &Arg) -> String {
    let code = |text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!("`{text}`")
        }
    };
    let variable = argument
        .get_env()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let default = argument
        .get_default_values()
        .first()
        .and_then(|value| value.to_str())
        .unwrap_or_default();
    let help = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    format!(
        "| {} | `--{flag}` | {} | {} |\n",
        code(variable),
        code(default),
        help.replace('|', "\\|")
    )
}
