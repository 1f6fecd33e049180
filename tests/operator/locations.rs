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
