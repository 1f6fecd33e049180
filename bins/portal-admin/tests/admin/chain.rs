//! Clients, projects, locations and meters.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::desk::Desk;

on_both_engines! {
    async fn the_first_command_of_all_makes_the_tables(desk: Desk) {
        let client = desk.make(&["create-client", "--name", "Harbour & Sons"]);
        assert_eq!(desk.list("clients")[0]["id"], client.as_str());
    }

    async fn migrating_says_what_it_applied_and_does_it_once(desk: Desk) {
        let applied = desk.json(&["migrate"]);
        let names = applied["applied"].as_array().unwrap();
        assert!(names.len() > 1, "{applied}");
        assert!(names.iter().all(Value::is_string));
        assert_eq!(desk.json(&["migrate"]), json!({ "applied": [] }));
        assert_eq!(desk.text(&["migrate"]), "the database is up to date\n");
    }

    async fn a_client_is_listed_as_it_was_created(desk: Desk) {
        let arguments = ["create-client", "--name", " Harbour & Sons ", "--email", "site@harbour.example"];
        let id = desk.make(&arguments);
        assert_eq!(
            desk.json(&["list", "clients"]),
            json!({ "clients": [{
                "id": id,
                "name": "Harbour & Sons",
                "slug": "harbour-sons",
                "contact_email": "site@harbour.example",
                "active": true,
            }] })
        );
    }

    async fn a_project_is_of_a_client_by_id_by_name_or_in_words(desk: Desk) {
        let client = desk.make(&["create-client", "--name", "Harbour"]);
        let by_id = desk.make(&["create-project", "--name", "A", "--client", &client]);
        let by_name = desk.make(&["create-project", "--name", "B", "--client", "Harbour"]);
        let in_words = desk.make(&["create-project", "--name", "C", "--client-name", "The town"]);
        let nobodys = desk.make(&["create-project", "--name", "D", "--time-zone", "europe/berlin"]);
        let projects = desk.list("projects");
        let told: Vec<_> = projects
            .iter()
            .map(|p| [&p["id"], &p["client_id"], &p["client_name"], &p["time_zone"]].map(Value::as_str))
            .collect();
        let linked = [Some(client.as_str()), Some("Harbour"), None];
        assert_eq!(
            told,
            [
                [Some(by_id.as_str()), linked[0], linked[1], None],
                [Some(by_name.as_str()), linked[0], linked[1], None],
                [Some(in_words.as_str()), None, Some("The town"), None],
                [Some(nobodys.as_str()), None, None, Some("Europe/Berlin")],
            ]
        );
        assert!(projects.iter().all(|p| p["status"] == "active" && p["portal_enabled"] == false));
    }

    async fn a_project_is_given_to_a_client(desk: Desk) {
        let client = desk.make(&["create-client", "--name", "Harbour"]);
        let project = desk.make(&["create-project", "--name", "Tower", "--client-name", "?"]);
        assert_eq!(
            desk.json(&["link-project", "Tower", "Harbour"]),
            json!({ "id": project, "client_id": client })
        );
        assert_eq!(desk.list("projects")[0]["client_name"], "Harbour");
    }

    async fn a_location_is_added_with_its_position_and_removed(desk: Desk) {
        let project = desk.make(&["create-project", "--name", "Tower"]);
        let gate = ["add-location", "Tower", "--name", "North gate", "--kind", "sound", "--lat", "40.7", "--lon", "-74"];
        let gate = desk.make(&gate);
        let yard = desk.make(&["add-location", &project, "--name", "Yard"]);
        let locations = desk.list("locations");
        assert_eq!(
            locations[0],
            json!({
                "id": gate, "project_id": project, "project": "Tower", "name": "North gate",
                "kind": "sound", "description": null, "latitude": 40.7, "longitude": -74.0,
                "sort_order": 0, "removed_at": null,
            })
        );
        assert_eq!(locations[1]["id"], yard.as_str());
        assert_eq!(locations[1]["latitude"], Value::Null);

        assert_eq!(desk.json(&["remove-location", "North gate"]), json!({ "id": gate }));
        assert!(desk.list("locations")[0]["removed_at"].is_string());
        assert!(desk.refusal(&["remove-location", "North gate"]).contains("North gate"));
        assert!(desk.refusal(&["remove-location", &gate]).contains("has been removed"));
    }

    async fn a_meter_is_in_the_roster_once(desk: Desk) {
        let arguments = ["add-unit", "SLM-101", "--kind", "slm", "--serial", "00123", "--model", "NL-43"];
        assert_eq!(desk.make(&arguments), "SLM-101");
        assert_eq!(
            desk.json(&["list", "units"]),
            json!({ "units": [{
                "id": "SLM-101", "kind": "slm", "serial": "00123", "model": "NL-43",
                "calibration_due": null, "retired_at": null,
            }] })
        );
        assert_eq!(desk.refusal(&arguments), "unit SLM-101 is in the roster already");
        // Letter case counts for SLMM.
        assert_eq!(desk.make(&["add-unit", "slm-101"]), "slm-101");
    }

    async fn a_project_stands_where_it_was_set(desk: Desk) {
        let project = desk.make(&["create-project", "--name", "Tower"]);
        for status in ["completed", "archived", "active", "deleted"] {
            assert_eq!(
                desk.json(&["set-status", &project, status]),
                json!({ "id": project, "status": status })
            );
            assert_eq!(desk.list("projects")[0]["status"], status);
        }
        // A deleted project is found by its id alone, and can be brought back.
        assert!(desk.refusal(&["set-status", "Tower", "active"]).contains("no project"));
        let words = desk.refusal(&["add-location", &project, "--name", "Gate"]);
        assert!(words.contains("is deleted"), "{words}");
        desk.json(&["set-status", &project, "active"]);
        desk.make(&["add-location", "Tower", "--name", "Gate"]);
    }

    async fn a_name_that_several_have_is_refused_and_an_id_is_not(desk: Desk) {
        let first = desk.make(&["create-project", "--name", "Tower"]);
        let second = desk.make(&["create-project", "--name", "Tower"]);
        let words = desk.refusal(&["set-status", "Tower", "completed"]);
        assert_eq!(
            words,
            "2 projects are called \"Tower\": give the id of the one that is meant; `portal-admin list projects` shows them"
        );
        desk.json(&["set-status", &second, "deleted"]);
        assert_eq!(desk.json(&["set-status", "Tower", "completed"])["id"], first.as_str());
    }
}

#[test]
fn people_are_answered_a_made_things_id_and_nothing_else() {
    let desk = Desk::new();
    let client = desk.text(&["create-client", "--name", "Harbour"]);
    assert_eq!(desk.list("clients")[0]["id"], client.trim_end());
    assert_eq!(desk.text(&["add-unit", "SLM-101"]), "SLM-101\n");
    let project = desk.text(&["create-project", "--name", "Tower"]);
    let project = project.trim_end();
    let (words, client) = (
        desk.text(&["link-project", project, "Harbour"]),
        client.trim_end(),
    );
    assert_eq!(words, format!("project {project} is of client {client}\n"));
    let words = desk.text(&["set-status", "Tower", "completed"]);
    assert_eq!(words, format!("project {project} is completed\n"));
}

#[test]
fn people_are_shown_lists_as_tables() {
    let desk = Desk::new();
    let client = desk.make(&["create-client", "--name", "Harbour"]);
    desk.make(&["create-project", "--name", "Tower", "--client", "Harbour"]);
    let location = [
        "add-location",
        "Tower",
        "--name",
        "Gate",
        "--lat",
        "40.5",
        "--lon",
        "-74.25",
    ];
    let location = desk.make(&location);
    desk.make(&["add-unit", "SLM-101", "--model", "NL-43"]);
    let pad = " ".repeat(client.len() - 2);
    assert_eq!(
        desk.text(&["list", "clients"]),
        format!("ID{pad}  NAME     E-MAIL\n{client}  Harbour  -\n")
    );
    assert!(
        desk.text(&["list", "projects"])
            .ends_with("  Tower  Harbour  active  closed\n")
    );
    assert_eq!(
        desk.text(&["list", "locations"]),
        format!(
            "ID{pad}  NAME  PROJECT  POSITION      REMOVED\n{location}  Gate  Tower    40.5, -74.25  -\n"
        )
    );
    assert_eq!(
        desk.text(&["list", "units"]),
        "ID       KIND  SERIAL  MODEL  RETIRED\nSLM-101  slm   -       NL-43  -\n"
    );
    assert_eq!(
        desk.text(&["list", "assignments"]),
        "ID  UNIT  LOCATION  FROM  UNTIL  STATE\n"
    );
    assert!(
        desk.text(&["remove-location", "Gate"])
            .contains("is removed")
    );
}
