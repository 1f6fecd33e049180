//! What cannot be taken, and what cannot be done.

use std::fs::OpenOptions;
use std::process::Stdio;

use proptest::prelude::*;
use testkit::on_both_engines;

use crate::desk::{Desk, Outcome};

on_both_engines! {
    async fn bad_input_is_refused_in_words_and_changes_nothing(desk: Desk) {
        desk.make(&["create-project", "--name", "Tower"]);
        let long = "x".repeat(10_000);
        let gate = ["add-location", "Tower", "--name", "Gate"];
        let position = |lat, lon| [&gate[..], &["--lat", lat, "--lon", lon]].concat();
        let table: Vec<(Vec<&str>, &str)> = vec![
            (vec!["create-client", "--name", ""], "name: a name is needed"),
            (vec!["create-client", "--name", " \t"], "name: a name is needed"),
            (vec!["create-client", "--name", &long], "name: it has 120 characters at most"),
            (vec!["create-client", "--name", "a\nb"], "name: it is one line"),
            (vec!["create-client", "--name", "a\u{1b}[2J"], "name: it is one line"),
            (vec!["create-client", "--name", "A", "--email", "nobody"], "email: an e-mail address"),
            (vec!["create-client", "--name", "A", "--email", "a@b.example, c@d.example"], "email: "),
            (vec!["create-project", "--name", ""], "name: a name is needed"),
            (vec!["create-project", "--name", &long], "name: it has 120 characters at most"),
            (vec!["create-project", "--name", "A", "--client", "nobody"], "no client has the id or the name \"nobody\""),
            (vec!["create-project", "--name", "A", "--client-name", " "], "client_name: a name is needed"),
            (vec!["create-project", "--name", "A", "--time-zone", "Mars/Olympus"], "time_zone: a time zone is an IANA name"),
            (vec!["create-project", "--name", "A", "--time-zone", "EST5EDT,M3"], "time_zone: "),
            (vec!["create-project", "--name", "A", "--time-zone", "../../etc/passwd"], "time_zone: "),
            (vec!["link-project", "Tower", "nobody"], "no client"),
            (vec!["link-project", "nothing", "nobody"], "no project"),
            (vec!["add-location", "nothing", "--name", "Gate"], "no project"),
            (vec!["add-location", "Tower", "--name", ""], "name: a name is needed"),
            (vec!["add-location", "Tower", "--name", &long], "name: it has 120 characters at most"),
            (position("NaN", "0"), "latitude: degrees from -90 to 90"),
            (position("0", "nan"), "longitude: degrees from -180 to 180"),
            (position("inf", "0"), "latitude: degrees from -90 to 90"),
            (position("90.001", "0"), "latitude: degrees from -90 to 90"),
            (position("0", "-180.001"), "longitude: degrees from -180 to 180"),
            (position("1e999", "0"), "latitude: degrees from -90 to 90"),
            (vec!["remove-location", ""], "no location has the id or the name \"\""),
            (vec!["remove-location", "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01"], "no location"),
            (vec!["add-unit", ""], "a unit id has 1 to 64 letters"),
            (vec!["add-unit", &long], "a unit id has 1 to 64 letters"),
            (vec!["add-unit", "_monitor"], "a unit id has"),
            (vec!["add-unit", "a/b"], "a unit id has"),
            (vec!["add-unit", "SLM-1", "--serial", &long], "serial: it has 120 characters at most"),
            (vec!["end-assignment", "SLM-1"], "no unit has the id or the name \"SLM-1\""),
            (vec!["set-status", "nothing", "active"], "no project"),
            (vec!["portal", "enable", "nothing"], "no project"),
        ];
        for (arguments, words) in &table {
            let said = desk.refusal(arguments);
            let shown: String = arguments.join(" ").chars().take(60).collect();
            assert!(said.contains(words), "{shown}: {said}");
            assert!(said.len() < 400, "{shown}: nothing is repeated at length");
        }
        assert_eq!(desk.data.operator().audit_log(100).unwrap().len(), 1);
    }

    async fn sql_in_a_name_is_a_name(desk: Desk) {
        let name = "'; DROP TABLE clients; --%_\\";
        desk.make(&["create-client", "--name", name]);
        assert_eq!(desk.list("clients")[0]["name"], name);
        let project = ["create-project", "--name", "Tower", "--client", name];
        desk.make(&project);
        assert!(desk.refusal(&["link-project", "Tower", "%"]).contains("no client"));
    }
}

#[test]
fn a_database_that_cannot_be_opened_is_said_without_its_password() {
    for url in [
        "postgres://casey:hunter2hunter2@127.0.0.1:1/portal",
        "postgres://casey@127.0.0.1:1/portal?password=hunter2hunter2",
        "sqlite:///dev/null/terra-view.db",
    ] {
        let desk = Desk::new().with("DATABASE_URL", url);
        let words = desk.refusal(&["list", "units"]);
        assert!(words.starts_with("cannot open "), "{words}");
        assert!(!words.contains("hunter2"), "{words}");
    }
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let desk = Desk::new();
    let file = desk.folder.path().join("letter.db");
    std::fs::write(&file, "Dear Sir or Madam, ".repeat(100)).unwrap();
    let desk = desk.with("DATABASE_URL", "sqlite://letter.db");
    desk.refusal(&["migrate"]);
    assert!(
        std::fs::read_to_string(file)
            .unwrap()
            .starts_with("Dear Sir")
    );
}

#[test]
fn an_answer_that_nobody_can_read_is_a_failure() {
    let desk = Desk::new();
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = desk
        .command(&["migrate"])
        .stdout(Stdio::from(full))
        .output();
    let words = Outcome::of(&output.unwrap()).failed(1, &["migrate"]);
    assert!(
        words.starts_with("the answer could not be written: "),
        "{words}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_a_client_is_called_it_is_kept_or_refused(name in "[^\\x00]{0,140}") {
        let desk = Desk::new();
        let given = format!("--name={name}");
        let outcome = desk.run(&["create-client", &given, "--json"]);
        if outcome.code == 0 {
            let clients = desk.list("clients");
            prop_assert_eq!(clients[0]["name"].as_str(), Some(name.trim()));
        } else {
            let words = outcome.failed(1, &["create-client", &given]);
            prop_assert!(words.starts_with("name: "), "{}", words);
        }
    }
}
