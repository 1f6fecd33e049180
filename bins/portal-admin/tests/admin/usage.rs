//! What the program understands, and what it says of the rest.

use crate::desk::Desk;

fn not_understood(table: &[(&[&str], &str)]) {
    let desk = Desk::new();
    for (arguments, words) in table {
        let said = desk.usage(arguments);
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn what_is_not_understood_is_said_in_one_line_with_exit_code_two() {
    let table: &[(&[&str], &str)] = &[
        (&[], "requires a subcommand"),
        (&["portal"], "requires a subcommand"),
        (&["operator"], "requires a subcommand"),
        (
            &["operator", "create", "--email", "a@b.example"],
            "--name <NAME>",
        ),
        (&["operator", "reset-password"], "<EMAIL>"),
        (
            &["operator", "list", "anna@firm.example"],
            "unexpected argument",
        ),
        (&["frobnicate"], "unrecognized subcommand 'frobnicate'"),
        (&["migrat"], "'migrate'"),
        (&["migrate", "now"], "unexpected argument 'now'"),
        (&["create-client"], "--name <NAME>"),
        (
            &[
                "create-project",
                "--name",
                "A",
                "--client",
                "B",
                "--client-name",
                "C",
            ],
            "cannot be used with",
        ),
        (&["add-location", "Tower"], "--name <NAME>"),
        (
            &["add-location", "Tower", "--name", "A", "--lat", "4"],
            "--lon <LON>",
        ),
        (
            &["add-location", "Tower", "--name", "A", "--lon", "4"],
            "--lat <LAT>",
        ),
    ];
    not_understood(table);
}

#[test]
fn a_value_that_is_none_is_said_with_what_would_be_right() {
    let table: &[(&[&str], &str)] = &[
        (
            &[
                "add-location",
                "Tower",
                "--name",
                "A",
                "--lat",
                "north",
                "--lon",
                "4",
            ],
            "'north'",
        ),
        (
            &["add-location", "Tower", "--name", "A", "--kind", "dust"],
            "\"dust\" is not one of: sound",
        ),
        (
            &["add-unit", "SLM-1", "--kind", "camera"],
            "\"camera\" is not one of: slm",
        ),
        (&["assign-unit", "SLM-1"], "<LOCATION>"),
        (
            &["assign-unit", "SLM-1", "Gate", "--from", "yesterday"],
            "a time is written as in 2026-11-21T04:00:00Z",
        ),
        (
            &["assign-unit", "SLM-1", "Gate", "--until", "2026-11-21"],
            "a time is written as in",
        ),
        (
            &[
                "assign-unit",
                "SLM-1",
                "Gate",
                "--until",
                "2026-11-21T04:00:00",
            ],
            "a time is written as in",
        ),
        (
            &["set-status", "Tower", "gone"],
            "is not one of: active, completed, archived, deleted",
        ),
        (&["set-status", "Tower", "Active"], "is not one of"),
        (&["portal", "enable"], "<PROJECT>"),
        (
            &[
                "operator",
                "create",
                "--email",
                "a@b.example",
                "--name",
                "A",
                "--role",
                "root",
            ],
            "\"root\" is not one of: superadmin, admin, operator",
        ),
        (
            &["portal", "slam", "Tower"],
            "unrecognized subcommand 'slam'",
        ),
        (
            &["list", "cats"],
            "[possible values: clients, projects, locations, units, assignments]",
        ),
        (&["list"], "<WHAT>"),
        (
            &[
                "--database-url",
                "mysql://casey:hunter2@db/portal",
                "migrate",
            ],
            "DATABASE_URL: a database is named",
        ),
        (
            &["--database-url", "sqlite://:memory:", "migrate"],
            "DATABASE_URL: ",
        ),
    ];
    not_understood(table);
}

#[test]
fn json_may_be_asked_for_before_or_after_the_command() {
    let desk = Desk::new();
    for arguments in [
        &["--json", "list", "units"][..],
        &["list", "--json", "units"],
        &["list", "units", "--json"],
    ] {
        assert_eq!(desk.text(arguments), "{\"units\":[]}\n", "{arguments:?}");
    }
}

#[test]
fn a_failure_is_told_in_words_also_where_json_was_asked_for() {
    let desk = Desk::new();
    let words = desk.refusal(&["remove-location", "Roof", "--json"]);
    assert!(words.contains("no location"), "{words}");
    desk.usage(&["list", "--json"]);
}

#[test]
fn the_database_is_a_flag_a_variable_or_a_line_of_the_env_file() {
    let desk = Desk::new().without("DATABASE_URL");
    let folder = desk.folder.path();
    desk.text(&["migrate"]);
    assert!(folder.join("data/terra-view.db").is_file());

    std::fs::write(folder.join(".env"), "DATABASE_URL=sqlite://from-file.db\n").unwrap();
    desk.text(&["migrate"]);
    assert!(folder.join("from-file.db").is_file());

    let flag = ["migrate", "--database-url", "sqlite://made/for/it/flag.db"];
    desk.text(&flag);
    assert!(folder.join("made/for/it/flag.db").is_file());

    let desk = desk.with("DATABASE_URL", "sqlite://variable.db");
    desk.text(&["migrate"]);
    assert!(desk.folder.path().join("variable.db").is_file());
}

#[test]
fn help_names_every_command_and_setting_and_shows_no_value() {
    let desk = Desk::new().with("DATABASE_URL", "postgres://casey:hunter2@db/portal");
    let help = desk.text(&["--help"]);
    for command in [
        "migrate",
        "create-client",
        "create-project",
        "link-project",
        "add-location",
        "remove-location",
        "add-unit",
        "assign-unit",
        "set-status",
        "end-assignment",
        "portal",
        "operator",
        "list",
        "status",
    ] {
        assert!(help.contains(&format!("  {command} ")), "{command}");
    }
    assert!(
        help.contains("DATABASE_URL") && !help.contains("hunter2"),
        "{help}"
    );
    assert!(
        desk.text(&["portal", "--help"])
            .contains("PORTAL_PUBLIC_URL")
    );
    assert!(desk.text(&["status", "--help"]).contains("SLMM_BASE_URL"));
    assert!(desk.text(&["--version"]).starts_with("portal-admin "));
}
