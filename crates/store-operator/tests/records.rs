//! Clients, projects, locations and units: what may be said of them, and how they are found.

#![cfg(test)]

use domain::{DeviceKind, LocationKind, ProjectStatus};
use store_operator::{
    Counts, NewClient, NewLocation, NewProject, NewUnit, OperatorError, ProjectClient,
};
use testkit::{TestDatabase, at, on_both_engines, unit_id};

fn refused_field<T: std::fmt::Debug>(answer: Result<T, OperatorError>) -> &'static str {
    match answer {
        Err(OperatorError::Invalid { field, problem }) => {
            assert!(!problem.is_empty());
            field
        }
        other => panic!("{other:?}"),
    }
}

fn place(name: &str, latitude: Option<f64>, longitude: Option<f64>) -> NewLocation {
    NewLocation {
        name: name.to_owned(),
        kind: LocationKind::Sound,
        description: None,
        latitude,
        longitude,
    }
}

on_both_engines! {
    async fn what_was_said_is_listed(test: TestDatabase) {
        let staff = test.operator();
        let client = staff.create_client(&NewClient {
            name: "  Harbour & Sons  ".to_owned(),
            contact_email: Some("anna@harbour.example".to_owned()),
        }).unwrap();
        let project = staff.create_project(&NewProject {
            name: "Harbour Tower".to_owned(),
            number: Some("P-17".to_owned()),
            client: ProjectClient::Client(client),
            time_zone: Some("america/new_york".to_owned()),
            address: Some("1 Quay Street".to_owned()),
        }).unwrap();
        let north = staff.add_location(project, &place("North gate", Some(40.7), Some(-74.0))).unwrap();
        let south = staff.add_location(project, &place("South gate", None, None)).unwrap();
        staff.add_unit(&NewUnit {
            id: unit_id("SLM-1"),
            kind: DeviceKind::SoundLevelMeter,
            serial: Some("00123".to_owned()),
            model: Some(" ".to_owned()),
            calibration_due: Some(at("2027-03-01T00:00:00Z")),
        }).unwrap();

        let clients = staff.list_clients().unwrap();
        assert_eq!(clients.len(), 1);
        assert_eq!((clients[0].id, clients[0].name.as_str()), (client, "Harbour & Sons"));
        assert_eq!(clients[0].slug, "harbour-sons");
        assert_eq!(clients[0].contact_email.as_deref(), Some("anna@harbour.example"));
        let projects = staff.list_projects().unwrap();
        assert_eq!(projects.len(), 1);
        let listed = &projects[0];
        assert_eq!((listed.id, listed.client, listed.status), (project, Some(client), ProjectStatus::Active));
        assert_eq!(listed.client_name.as_deref(), Some("Harbour & Sons"));
        assert_eq!(listed.time_zone.as_deref(), Some("America/New_York"));
        assert_eq!(listed.number.as_deref(), Some("P-17"));
        assert_eq!(listed.address.as_deref(), Some("1 Quay Street"));
        assert!(!listed.portal_enabled);
        let locations = staff.list_locations(Some(project)).unwrap();
        let order: Vec<_> = locations.iter().map(|place| (place.id, place.sort_order)).collect();
        assert_eq!(order, [(north, 0), (south, 1)]);
        assert_eq!((locations[0].latitude, locations[0].longitude), (Some(40.7), Some(-74.0)));
        let units = staff.list_units().unwrap();
        assert_eq!((units[0].serial.as_deref(), units[0].model.as_deref()), (Some("00123"), None));
        assert_eq!(units[0].calibration_due, Some(at("2027-03-01T00:00:00Z")));
        assert_eq!(staff.counts().unwrap(), Counts {
            clients: 1, projects: 1, open_portals: 0, locations: 2, units: 1, assignments: 0,
        });
    }

    async fn what_is_out_of_use_is_not_counted(test: TestDatabase) {
        let (kept, deleted) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        test.operator().set_status(deleted.project, ProjectStatus::Deleted).unwrap();
        test.operator().remove_location(kept.location).unwrap();
        test.raw().execute("UPDATE roster_units SET retired_at = 1 WHERE id = 'SLM-1'");
        assert_eq!(test.operator().counts().unwrap(), Counts {
            clients: 0, projects: 1, open_portals: 1, locations: 1, units: 1, assignments: 1,
        });
        assert_eq!(test.operator().list_projects().unwrap().len(), 2);
        assert_eq!(test.operator().list_locations(None).unwrap().len(), 2);
    }

    async fn clients_of_one_name_have_slugs_of_their_own(test: TestDatabase) {
        for _ in 0..3 {
            test.client("Harbour");
        }
        let mut slugs: Vec<_> = test.operator().list_clients().unwrap().into_iter()
            .map(|client| client.slug)
            .collect();
        slugs.sort();
        assert_eq!(slugs, ["harbour", "harbour-2", "harbour-3"]);
    }

    async fn a_link_to_a_client_takes_the_place_of_a_name(test: TestDatabase) {
        let project = test.project("Harbour Tower");
        let client = test.client("Harbour Ltd");
        test.operator().link_project(project, client).unwrap();
        let listed = test.operator().list_projects().unwrap().remove(0);
        assert_eq!((listed.client, listed.client_name.as_deref()), (Some(client), Some("Harbour Ltd")));
    }

    async fn things_are_found_by_id_or_by_a_name_that_only_they_have(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let client = test.client("Harbour Ltd");
        let staff = test.operator();
        assert_eq!(staff.project("Harbour Tower").unwrap(), site.project);
        assert_eq!(staff.project(&site.project.to_string()).unwrap(), site.project);
        assert_eq!(staff.client("Harbour Ltd").unwrap(), client);
        assert_eq!(staff.location("North gate").unwrap(), site.location);
        assert_eq!(staff.unit("SLM-1").unwrap(), site.unit);

        let twin = test.project("Harbour Tower");
        let error = staff.project("Harbour Tower").unwrap_err();
        assert_eq!(error.to_string(), "2 projects are called \"Harbour Tower\": give the id of the one that is meant");
        staff.set_status(twin, ProjectStatus::Deleted).unwrap();
        assert_eq!(staff.project("Harbour Tower").unwrap(), site.project);
        assert_eq!(staff.project(&twin.to_string()).unwrap(), twin);
        staff.remove_location(site.location).unwrap();
        assert!(staff.location("North gate").is_err());
        assert_eq!(staff.location(&site.location.to_string()).unwrap(), site.location);

        for (asked, kind) in [("harbour ltd", "client"), ("", "client"), ("%", "client")] {
            let error = staff.client(asked).unwrap_err();
            assert_eq!(error.to_string(), format!("no {kind} has the id or the name {asked:?}"));
        }
        let stranger = site.project.to_string();
        assert!(matches!(staff.client(&stranger), Err(OperatorError::NotFound { .. })));
        assert!(matches!(staff.unit("SLM-9"), Err(OperatorError::NotFound { .. })));
        assert_eq!(refused_field(staff.unit("../SLM")), "unit");
    }
}

#[test]
fn what_cannot_be_taken_is_refused_by_the_name_of_its_field() {
    let test = TestDatabase::sqlite();
    let project = test.project("Harbour Tower");
    let staff = test.operator();
    let long = "x".repeat(121);
    for name in ["", "   ", "two\nlines", "nul\0", &long] {
        let client = NewClient {
            name: name.to_owned(),
            contact_email: None,
        };
        assert_eq!(
            refused_field(staff.create_client(&client)),
            "name",
            "{name:?}"
        );
        let named = NewProject {
            name: name.to_owned(),
            ..NewProject::default()
        };
        assert_eq!(
            refused_field(staff.create_project(&named)),
            "name",
            "{name:?}"
        );
        let of = NewProject {
            name: "Mill Lane".to_owned(),
            client: ProjectClient::Named(name.to_owned()),
            ..NewProject::default()
        };
        assert_eq!(
            refused_field(staff.create_project(&of)),
            "client_name",
            "{name:?}"
        );
        let located = staff.add_location(project, &place(name, None, None));
        assert_eq!(refused_field(located), "name", "{name:?}");
    }
    let longest = NewClient {
        name: "ü".repeat(120),
        contact_email: None,
    };
    staff.create_client(&longest).unwrap();
    for email in [
        "anna",
        "@x.example",
        "a@",
        "a@b",
        "a b@c.example",
        "a@b@c.example",
        "a@b..c",
        "<a@b.c>",
    ] {
        let client = NewClient {
            name: "Harbour".to_owned(),
            contact_email: Some(email.to_owned()),
        };
        assert_eq!(
            refused_field(staff.create_client(&client)),
            "email",
            "{email}"
        );
    }
    for zone in [
        "Mars/Olympus",
        "-05:00",
        "EST5EDT4,M3.2.0,M11.1.0",
        "../etc/passwd",
    ] {
        let zoned = NewProject {
            name: "Mill Lane".to_owned(),
            time_zone: Some(zone.to_owned()),
            ..NewProject::default()
        };
        assert_eq!(
            refused_field(staff.create_project(&zoned)),
            "time_zone",
            "{zone}"
        );
    }
}

#[test]
fn a_position_is_on_the_globe_and_whole() {
    let test = TestDatabase::sqlite();
    let project = test.project("Harbour Tower");
    let staff = test.operator();
    for (latitude, longitude, field) in [
        (Some(90.1), Some(0.0), "latitude"),
        (Some(f64::NAN), Some(0.0), "latitude"),
        (Some(0.0), Some(-180.1), "longitude"),
        (Some(0.0), Some(f64::INFINITY), "longitude"),
        (Some(0.0), None, "longitude"),
        (None, Some(0.0), "latitude"),
    ] {
        let located = staff.add_location(project, &place("Roof", latitude, longitude));
        assert_eq!(refused_field(located), field, "{latitude:?} {longitude:?}");
    }
    for edge in [90.0, -90.0] {
        staff
            .add_location(project, &place("Pole", Some(edge), Some(2.0 * edge)))
            .unwrap();
    }
}

#[test]
fn a_time_says_its_offset() {
    for text in ["now", "2026-11-21", "2026-11-21T04:00:00"] {
        assert_eq!(
            refused_field(store_operator::time("from", text)),
            "from",
            "{text}"
        );
    }
    let offset = store_operator::time("from", "2026-11-20T23:00:00-05:00").unwrap();
    assert_eq!(offset, at("2026-11-21T04:00:00Z"));
}
