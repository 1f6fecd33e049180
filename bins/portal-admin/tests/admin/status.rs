//! How the database and SLMM are.

use domain::SystemClock;
use serde_json::{Value, json};
use slmm_sim::{Sim, SimConfig};
use std::sync::Arc;
use testkit::on_both_engines;

use crate::desk::Desk;

on_both_engines! {
    async fn status_counts_what_is_in_use(desk: Desk) {
        desk.make(&["create-client", "--name", "Harbour"]);
        desk.make(&["create-project", "--name", "Tower"]);
        let gone = desk.make(&["create-project", "--name", "Mast"]);
        desk.json(&["set-status", &gone, "deleted"]);
        desk.json(&["portal", "enable", "Tower"]);
        desk.make(&["add-location", "Tower", "--name", "Gate"]);
        desk.make(&["add-unit", "SLM-1"]);
        desk.make(&["add-unit", "SLM-2"]);
        desk.make(&["assign-unit", "SLM-1", "Gate"]);
        let url = desk.data.database().url();
        assert_eq!(
            desk.json(&["status"]),
            json!({
                "database": { "engine": url.engine(), "url": url.to_string() },
                "migrations": { "state": "current", "applied": [] },
                "slmm": { "base_url": "http://127.0.0.1:1", "reachable": false },
                "counts": {
                    "clients": 1, "projects": 1, "open_portals": 1, "locations": 1, "units": 2,
                    "assignments": 1,
                },
            })
        );
        let words = desk.text(&["status"]);
        let lines: Vec<_> = words.lines().collect();
        assert_eq!(lines[1], "migrations  current");
        assert_eq!(lines[2], "SLMM        http://127.0.0.1:1 does not answer");
        assert!(lines[3].starts_with("in use      clients 1, projects 1,"), "{words}");
    }

    async fn a_database_of_a_newer_program_is_only_looked_at(desk: Desk) {
        desk.make(&["add-unit", "SLM-1"]);
        desk.data.raw().execute(
            "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000001')",
        );
        for arguments in [&["migrate"][..], &["list", "units"], &["add-unit", "SLM-2"]] {
            let words = desk.refusal(arguments);
            assert!(words.contains("a newer program") && words.contains("29991231000001"), "{words}");
        }
        let status = desk.json(&["status"]);
        assert_eq!(status["counts"], Value::Null);
        assert_eq!(
            status["migrations"],
            json!({ "state": "newer than this program: 29991231000001", "applied": [] })
        );
        assert_eq!(desk.text(&["status"]).lines().count(), 3);
    }
}

#[test]
fn a_fresh_database_is_migrated_by_its_first_status() {
    let status = Desk::new().json(&["status"]);
    assert_eq!(status["migrations"]["state"], "current");
    assert!(
        !status["migrations"]["applied"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(status["counts"]["clients"], 0);
}

#[test]
fn slmm_that_answers_is_said_to_answer() {
    let sim = Sim::new(&SimConfig::default(), Arc::new(SystemClock));
    let running = sim.serve("127.0.0.1:0").unwrap();
    let desk = Desk::new().with("SLMM_BASE_URL", &running.base_url());
    let status = desk.json(&["status"]);
    assert_eq!(
        status["slmm"],
        json!({ "base_url": running.base_url(), "reachable": true })
    );
    assert!(desk.text(&["status"]).contains(" answers\n"));
}

#[test]
fn a_base_url_that_is_none_is_refused_where_it_is_needed_alone() {
    let desk = Desk::new().with("SLMM_BASE_URL", "ftp://slmm");
    desk.json(&["list", "units"]);
    assert!(desk.usage(&["status"]).starts_with("SLMM_BASE_URL: "));
}
