//! Which meter stands where, and when.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::desk::Desk;

/// Two locations of a project, and two meters.
fn site(desk: &Desk) {
    desk.make(&["create-project", "--name", "Tower"]);
    desk.make(&["add-location", "Tower", "--name", "Gate"]);
    desk.make(&["add-location", "Tower", "--name", "Yard"]);
    desk.make(&["add-unit", "SLM-1"]);
    desk.make(&["add-unit", "SLM-2"]);
}

/// Unit, location and whether in force, newest first.
fn standing(desk: &Desk) -> Vec<(String, String, bool)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    desk.list("assignments")
        .iter()
        .map(|a| {
            (
                word(&a["unit_id"]),
                word(&a["location"]),
                a["active"] == true,
            )
        })
        .collect()
}

fn stay(unit: &str, location: &str, active: bool) -> (String, String, bool) {
    (unit.to_owned(), location.to_owned(), active)
}

on_both_engines! {
    async fn a_meter_is_put_at_a_location(desk: Desk) {
        site(&desk);
        let arguments = ["assign-unit", "SLM-1", "Gate", "--from", "2026-01-02T03:04:05-05:00"];
        let id = desk.make(&arguments);
        let assignments = desk.list("assignments");
        let location = &desk.list("locations")[0]["id"];
        assert_eq!(
            assignments,
            [json!({
                "id": id, "unit_id": "SLM-1", "location_id": location, "location": "Gate",
                "from": "2026-01-02T08:04:05Z", "until": null, "active": true,
            })]
        );
    }

    async fn a_move_ends_the_meters_stay_and_the_locations(desk: Desk) {
        site(&desk);
        desk.make(&["assign-unit", "SLM-1", "Gate", "--from", "2026-01-01T00:00:00Z"]);
        desk.make(&["assign-unit", "SLM-2", "Yard", "--from", "2026-01-02T00:00:00Z"]);
        desk.make(&["assign-unit", "SLM-1", "Yard", "--from", "2026-01-03T00:00:00Z"]);
        assert_eq!(
            standing(&desk),
            [stay("SLM-1", "Yard", true), stay("SLM-2", "Yard", false), stay("SLM-1", "Gate", false)]
        );
        for ended in &desk.list("assignments")[1..] {
            assert_eq!(ended["until"], "2026-01-03T00:00:00Z");
        }
    }

    async fn a_stay_is_ended_now_and_only_once(desk: Desk) {
        site(&desk);
        let id = desk.make(&["assign-unit", "SLM-1", "Gate"]);
        assert_eq!(desk.json(&["end-assignment", "SLM-1"]), json!({ "id": id }));
        assert_eq!(standing(&desk), [stay("SLM-1", "Gate", false)]);
        assert!(desk.list("assignments")[0]["until"].is_string());
        assert_eq!(
            desk.refusal(&["end-assignment", "SLM-1"]),
            "unit SLM-1 is not assigned to any location"
        );
    }

    async fn a_removed_location_has_no_meter(desk: Desk) {
        site(&desk);
        desk.make(&["assign-unit", "SLM-1", "Gate"]);
        desk.json(&["remove-location", "Gate"]);
        assert_eq!(standing(&desk), [stay("SLM-1", "Gate", false)]);
        assert!(desk.refusal(&["assign-unit", "SLM-1", "Gate"]).contains("no location"));
    }

    async fn what_cannot_stand_is_refused_and_changes_nothing(desk: Desk) {
        site(&desk);
        desk.make(&["assign-unit", "SLM-1", "Gate", "--from", "2026-02-01T00:00:00Z"]);
        let before = desk.list("assignments");
        let table: &[(&[&str], &str)] = &[
            (&["SLM-1", "Gate"], "there already"),
            (&["SLM-2", "Gate", "--from", "2026-01-01T00:00:00Z"], "overlap"),
            (&["SLM-1", "Yard", "--from", "2026-01-01T00:00:00Z", "--until", "2026-02-02T00:00:00Z"], "overlap"),
            (&["SLM-2", "Yard", "--from", "2026-01-02T00:00:00Z", "--until", "2026-01-01T00:00:00Z"], "later than from"),
            (&["SLM-2", "Yard", "--from", "2026-01-02T00:00:00Z", "--until", "2026-01-02T00:00:00Z"], "later than from"),
            (&["SLM-2", "Gate", "--from", "2099-01-01T00:00:00Z"], "still to come"),
            (&["SLM-9", "Gate"], "no unit has the id or the name \"SLM-9\"; `portal-admin list units` shows them"),
            (&["SLM-2", "Roof"], "no location has the id or the name \"Roof\"; `portal-admin list locations` shows them"),
            (&["../status", "Gate"], "a unit id has"),
        ];
        for (arguments, words) in table {
            let said = desk.refusal(&[&["assign-unit"], *arguments].concat());
            assert!(said.contains(words), "{arguments:?}: {said}");
            assert_eq!(desk.list("assignments"), before, "{arguments:?}");
        }
    }

    async fn a_past_stay_can_be_entered_beside_a_running_one(desk: Desk) {
        site(&desk);
        desk.make(&["assign-unit", "SLM-1", "Gate", "--from", "2026-02-01T00:00:00Z"]);
        let past = ["assign-unit", "SLM-1", "Yard", "--from", "2026-01-01T00:00:00Z", "--until", "2026-02-01T00:00:00Z"];
        desk.make(&past);
        assert_eq!(
            standing(&desk),
            [stay("SLM-1", "Gate", true), stay("SLM-1", "Yard", false)]
        );
    }
}

#[test]
fn people_are_told_of_a_stay_in_words() {
    let desk = Desk::new();
    site(&desk);
    let id = desk.text(&[
        "assign-unit",
        "SLM-1",
        "Gate",
        "--from",
        "2026-01-01T00:00:00Z",
    ]);
    let row = desk.text(&["list", "assignments"]);
    let expected = format!(
        "\n{}  SLM-1  Gate      2026-01-01T00:00:00Z  -      active\n",
        id.trim_end()
    );
    assert!(row.ends_with(&expected), "{row}");
    let words = desk.text(&["end-assignment", "SLM-1"]);
    assert_eq!(words, format!("assignment {} is over\n", id.trim_end()));
}
