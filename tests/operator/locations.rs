//! Locations: added, said anew, ordered, removed.

use domain::ProjectId;
use testkit::{House, on_both_engines};

use super::staff::{Refusal, Staff, is_silent_of, says};

fn names(house: &House, project: ProjectId) -> Vec<String> {
    let detail = house.data.operator().project_detail(project).unwrap();
    detail
        .locations
        .into_iter()
        .map(|place| place.location.name)
        .collect()
}

on_both_engines! {
    async fn a_location_is_added_and_said_anew(house: House) {
        let id = house.data.project("Harbour Tower");
        let staff = Staff::of(&house);
        let project = format!("/projects/{id}");
        let new = format!("{project}/locations/new");
        says(&staff.opens(&new).await, &["New location", "name=\"latitude\""]);
        let fields = [
            ("name", "North <gate>"), ("description", "On the mast"),
            ("latitude", "40.7074"), ("longitude", "-74.0123"),
        ];
        assert_eq!(staff.does(&new, &fields).await, project);
        let page = staff.opens(&project).await;
        says(&page, &["North &lt;gate&gt;", "On the mast", "40.70740, -74.01230", "no meter assigned"]);

        let place = house.data.operator().project_detail(id).unwrap().locations.remove(0).location;
        let edit = format!("{project}/locations/{}/edit", place.id);
        says(&staff.opens(&edit).await, &["value=\"North &lt;gate&gt;\"", "value=\"-74.0123\""]);
        assert_eq!(staff.does(&edit, &[("name", "South gate")]).await, project);
        says(&staff.opens(&project).await, &["South gate", "not placed"]);
    }

    async fn both_coordinates_may_be_pasted_into_one_field(house: House) {
        let id = house.data.project("Harbour Tower");
        let staff = Staff::of(&house);
        let new = format!("/projects/{id}/locations/new");
        for (name, pasted) in [("A", "40.7074, -74.0123"), ("B", " 40.7074 ;-74.0123 ")] {
            staff.does(&new, &[("name", name), ("latitude", pasted)]).await;
        }
        let places = house.data.operator().project_detail(id).unwrap().locations;
        for place in places {
            let location = place.location;
            assert_eq!((location.latitude, location.longitude), (Some(40.7074), Some(-74.0123)));
        }
    }

    async fn the_form_has_a_map_of_the_others(house: House) {
        let id = house.data.project("Harbour Tower");
        let staff = Staff::of(&house);
        let new = format!("/projects/{id}/locations/new");
        let page = staff.opens(&new).await;
        says(&page, &["No location of this project is placed yet", "data-begin=\"\" hidden"]);
        let gate = [("name", "North gate"), ("latitude", "40.7074"), ("longitude", "-74.0123")];
        staff.does(&new, &gate).await;
        let page = staff.opens(&new).await;
        says(&page, &["data-other data-lat=\"40.7074\" data-lon=\"-74.0123\">North gate<"]);
        is_silent_of(&page, &["is placed yet"]);
        let place = house.data.operator().project_detail(id).unwrap().locations.remove(0).location;
        // Its own place is in its fields, not among the others.
        let edit = staff.opens(&format!("/projects/{id}/locations/{}/edit", place.id)).await;
        is_silent_of(&edit, &["data-other"]);
    }

    async fn with_tiles_the_first_map_looks_where_the_firm_works(house: House) {
        let site = house.data.project("Quay Street");
        let app = house.office_with(|options| {
            let tiles = "http://tiles.example/{z}/{x}/{y}.png".parse().unwrap();
            options.settings.map = Some(web::MapTiles::new(tiles, "Tiles & Sons"));
        });
        let staff = testkit::Visitor::at(&app.url());
        let new = format!("/projects/{site}/locations/new");
        for place in [("A", "40.5, -74.5"), ("B", "40.25, -74.75")] {
            staff.submit(&new, &[("name", place.0), ("latitude", place.1)]).await;
        }
        let other = house.data.project("Harbour Tower");
        let page = staff.get(&format!("/projects/{other}/locations/new")).await.body;
        says(&page, &["data-begin=\"40.25 -74.75 40.5 -74.5\"", "Tiles &amp; Sons"]);
    }

    async fn a_location_comes_with_its_meter_in_one_act(house: House) {
        let id = house.data.project("Harbour Tower");
        house.data.unit("SLM-101");
        let staff = Staff::of(&house);
        let new = format!("/projects/{id}/locations/new");
        says(&staff.opens(&new).await, &["<option value=\"SLM-101\">free</option>"]);
        staff.does(&new, &[("name", "North gate"), ("unit", "SLM-101")]).await;
        house.clock().advance(std::time::Duration::from_secs(1));
        staff.does(&new, &[("name", "South gate"), ("unit", "SLM-102")]).await;
        let page = staff.opens(&format!("/projects/{id}")).await;
        says(&page, &["SLM-101</a> since", "SLM-102</a> since"]);
        is_silent_of(&staff.opens(&new).await, &["<option value="]);
        let log = house.data.operator().audit_log(3).unwrap();
        let mut actions: Vec<_> = log.iter().map(|record| record.action.as_str()).collect();
        actions.sort_unstable();
        assert_eq!(actions, ["location.add", "unit.add", "unit.assign"]);
    }

    async fn a_meter_that_is_not_free_keeps_its_place_and_nothing_is_added(house: House) {
        let site = house.data.site("Quay Street", "SLM-101");
        let id = house.data.project("Harbour Tower");
        let retired = house.data.unit("SLM-102");
        house.data.operator().retire_unit(&retired).unwrap();
        let staff = Staff::of(&house);
        let new = format!("/projects/{id}/locations/new");
        let table: &[Refusal<'_>] = &[
            (&[("name", "x"), ("unit", "SLM-101")], "unit", "Quay Street"),
            (&[("name", "x"), ("unit", "SLM-102")], "unit", "is retired"),
            (&[("name", "x"), ("unit", "a b")], "unit", "1 to 64 letters"),
            (&[("name", ""), ("unit", "SLM-103")], "name", "a name is needed"),
        ];
        for (fields, field, right) in table {
            let said = staff.is_refused(&new, fields, field).await;
            assert!(said.contains(right), "{field}: {said}");
        }
        assert!(names(&house, id).is_empty());
        let units = house.data.operator().list_units().unwrap();
        assert_eq!(units.len(), 2);
        let kept = house.data.operator().project_detail(site.project).unwrap();
        assert!(kept.locations[0].stay.is_some());
    }

    async fn bad_input_is_told_at_its_field_and_nothing_is_stored(house: House) {
        let id = house.data.project("Harbour Tower");
        let place = house.data.location(id, "North gate");
        let staff = Staff::of(&house);
        let new = format!("/projects/{id}/locations/new");
        let edit = format!("/projects/{id}/locations/{place}/edit");
        for path in [&new, &edit] {
            let table: &[Refusal<'_>] = &[
                (&[("name", "")], "name", "a name is needed"),
                (&[("name", "x"), ("latitude", "north")], "latitude", "40.7074"),
                (&[("name", "x"), ("latitude", "91"), ("longitude", "1")], "latitude", "-90 to 90"),
                (&[("name", "x"), ("latitude", "NaN"), ("longitude", "1")], "latitude", "a number"),
                (&[("name", "x"), ("latitude", "1"), ("longitude", "")], "longitude", "latitude"),
            ];
            for (fields, field, right) in table {
                let said = staff.is_refused(path, fields, field).await;
                assert!(said.contains(right), "{field}: {said}");
            }
        }
        assert_eq!(names(&house, id), ["North gate"]);
        let both = [("name", "x"), ("latitude", "40.7074, -74.0123"), ("longitude", "-74.0123")];
        let said = staff.is_refused(&new, &both, "latitude").await;
        assert!(said.contains("leave the longitude empty"), "{said}");
        // Of another project it is not there.
        let other = house.data.project("Quay Street");
        for act in ["edit", "remove", "meter"] {
            let path = format!("/projects/{other}/locations/{place}/{act}");
            assert_eq!(staff.tries(&path).await.status, 404, "{path}");
            assert_eq!(staff.sends(&path, &[("name", "x")]).await.status, 404, "{path}");
        }
        assert_eq!(names(&house, id), ["North gate"]);
    }

    async fn a_button_moves_a_location_by_the_whole_new_order(house: House) {
        let id = house.data.project("Harbour Tower");
        for name in ["A", "B", "C"] {
            house.data.location(id, name);
        }
        let staff = Staff::of(&house);
        let project = format!("/projects/{id}");
        let order = format!("{project}/locations/order");
        let page = staff.opens(&project).await;
        let orders: Vec<&str> = page
            .split("name=\"locations\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        // A down, B up and down, C up.
        assert_eq!(orders.len(), 4, "{page}");
        let to = staff.does(&order, &[("locations", orders[2])]).await;
        assert_eq!(to, format!("{project}#locations"));
        assert_eq!(names(&house, id), ["A", "C", "B"]);
        staff.does(&order, &[("locations", orders[0])]).await;
        assert_eq!(names(&house, id), ["B", "A", "C"]);

        let first = orders[0].split(' ').next().unwrap();
        for wrong in ["", "x", first, &format!("{first} {first} {first}")] {
            let reply = staff.sends(&order, &[("locations", wrong)]).await;
            assert_eq!(reply.status, 422, "{wrong:?}");
            says(&reply.body, &["<b>locations</b>", "once"]);
        }
        assert_eq!(names(&house, id), ["B", "A", "C"]);
    }

    async fn removing_a_location_says_what_happens_and_ends_the_stay(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let staff = Staff::of(&house);
        let project = format!("/projects/{}", site.project);
        let remove = format!("{project}/locations/{}/remove", site.location);
        let asked = staff.opens(&remove).await;
        says(&asked, &["SLM-101 stands there: its stay ends", "cannot be brought back", "Remove location"]);
        assert_eq!(names(&house, site.project), ["North gate"]);

        assert_eq!(staff.does(&remove, &[]).await, project);
        assert!(names(&house, site.project).is_empty());
        let page = staff.opens(&project).await;
        says(&page, &["No location yet", "Past stays", "SLM-101", "North gate"]);
        assert_eq!(staff.tries(&remove).await.status, 404);
        assert_eq!(staff.sends(&remove, &[]).await.status, 404);
        is_silent_of(&page, &["/edit\">Edit<span"]);
    }
}
