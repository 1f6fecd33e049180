//! What the audit log says of the command line.

use testkit::on_both_engines;

use crate::desk::Desk;

on_both_engines! {
    async fn every_change_is_recorded_with_who_and_from_where_and_no_secret(desk: Desk) {
        let client = desk.make(&["create-client", "--name", "Harbour"]);
        let project = desk.make(&["create-project", "--name", "Tower"]);
        desk.json(&["link-project", "Tower", "Harbour"]);
        let location = desk.make(&["add-location", "Tower", "--name", "Gate"]);
        desk.make(&["add-unit", "SLM-1"]);
        desk.make(&["assign-unit", "SLM-1", "Gate"]);
        desk.json(&["end-assignment", "SLM-1"]);
        let mut secrets = Vec::new();
        for act in ["enable", "password", "rotate-link", "disable"] {
            let answer = desk.json(&["portal", act, "Tower"]);
            secrets.extend(answer["password"].as_str().map(str::to_owned));
            secrets.extend(answer["link_url"].as_str().and_then(|url| url.rsplit('/').next()).map(str::to_owned));
        }
        desk.json(&["remove-location", "Gate"]);
        desk.json(&["set-status", "Tower", "deleted"]);
        assert_eq!(secrets.len(), 4);

        let log = desk.data.operator().audit_log(100).unwrap();
        let told: Vec<_> = log.iter().rev().map(|r| (r.action.as_str(), r.subject_id.as_str())).collect();
        let (client, project, location) = (client.as_str(), project.as_str(), location.as_str());
        assert_eq!(
            told,
            [
                ("client.create", client),
                ("project.create", project),
                ("project.link", project),
                ("location.add", location),
                ("unit.add", "SLM-1"),
                ("unit.assign", "SLM-1"),
                ("unit.end-assignment", "SLM-1"),
                ("portal.enable", project),
                ("portal.password", project),
                ("portal.rotate-link", project),
                ("portal.disable", project),
                ("location.remove", location),
                ("project.status", project),
            ]
        );
        for record in &log {
            assert_eq!((record.actor.name.as_str(), record.actor.origin.as_str()), ("casey", "command line"));
            let written = format!("{record:?}");
            assert!(secrets.iter().all(|secret| !written.contains(secret)), "{written}");
        }
    }

    async fn what_was_refused_or_only_looked_at_is_not_recorded(desk: Desk) {
        desk.make(&["create-project", "--name", "Tower"]);
        desk.refusal(&["create-project", "--name", " "]);
        desk.refusal(&["set-status", "Mast", "active"]);
        for what in ["clients", "projects", "locations", "units", "assignments"] {
            desk.list(what);
        }
        desk.json(&["portal", "show", "Tower"]);
        desk.json(&["status"]);
        desk.json(&["migrate"]);
        assert_eq!(desk.data.operator().audit_log(100).unwrap().len(), 1);
    }
}

#[test]
fn whoever_became_somebody_else_is_named_as_who_they_are() {
    let actor = |desk: Desk| {
        desk.make(&["add-unit", "SLM-1"]);
        desk.data
            .operator()
            .audit_log(1)
            .unwrap()
            .remove(0)
            .actor
            .name
    };
    let desk = Desk::new().with("USER", "root").with("SUDO_USER", "casey");
    assert_eq!(actor(desk), "casey");
    let desk = Desk::new().without("USER").with("LOGNAME", "robin\n");
    assert_eq!(actor(desk), "robin");
    assert_eq!(
        actor(Desk::new().without("USER")),
        "an account without a name"
    );
}
