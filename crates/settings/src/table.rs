//! The settings of a program, for its documentation.

use clap::{Arg, Command};

/// A Markdown table of what a program and its commands read: variable, flag, default, meaning.
pub fn table(program: &Command) -> String {
    let mut rows: Vec<String> = Vec::new();
    let own = program
        .get_arguments()
        .filter(|argument| !argument.is_hide_set());
    rows.extend(own.filter_map(row));
    settings_of_commands(program, &mut rows);
    format!(
        "| variable | flag | default | what |\n| --- | --- | --- | --- |\n{}",
        rows.concat()
    )
}

/// Settings that only some commands read, each once.
fn settings_of_commands(group: &Command, rows: &mut Vec<String>) {
    for command in group.get_subcommands() {
        for setting in command
            .get_arguments()
            .filter(|argument| argument.get_env().is_some())
        {
            let new = row(setting).filter(|row| !rows.contains(row));
            rows.extend(new);
        }
        settings_of_commands(command, rows);
    }
}

fn row(argument: &Arg) -> Option<String> {
    let flag = argument.get_long()?;
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
    Some(format!(
        "| {} | `--{flag}` | {} | {} |\n",
        code(variable),
        code(default),
        help.replace('|', "\\|")
    ))
}

/// A Markdown table of a program's commands, those of groups included: usage, meaning.
pub fn commands(program: &Command) -> String {
    let mut text = String::from("| command | what |\n| --- | --- |\n");
    list(&mut program.clone(), program.get_name(), &mut text);
    text
}

fn list(group: &mut Command, path: &str, text: &mut String) {
    for command in group
        .get_subcommands_mut()
        .filter(|command| command.get_name() != "help")
    {
        let path = format!("{path} {}", command.get_name());
        if command.has_subcommands() {
            list(command, &path, text);
            continue;
        }
        let usage = command.clone().bin_name(&path).render_usage().to_string();
        let usage = usage
            .trim_start_matches("Usage: ")
            .replace(" [OPTIONS]", "")
            .replace('|', "\\|");
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        let options: Vec<String> = command
            .get_arguments()
            .filter(|option| is_optional(option))
            .map(option)
            .collect();
        let call = [vec![usage], options].concat().join(" ");
        text.push_str(
            &[
                "| `", &call, "` | ", &about, " |
",
            ]
            .concat(),
        );
    }
}

fn is_optional(argument: &Arg) -> bool {
    argument.get_long().is_some()
        && !argument.is_required_set()
        && argument.get_env().is_none()
        && !argument.is_global_set()
}

fn option(argument: &Arg) -> String {
    let flag = argument.get_long().unwrap_or_default();
    let value = argument.get_value_names().and_then(|names| names.first());
    match value {
        Some(value) if argument.get_action().takes_values() => format!("[--{flag} {value}]"),
        _ => format!("[--{flag}]"),
    }
}
