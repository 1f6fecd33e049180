//! Meters at locations: assigned, moved, their stays ended.

use std::time::Duration;

use testkit::{House, at, on_both_engines};

use super::staff::{Refusal, Staff, is_silent_of, says};

on_both_engines! {
    async fn a_free_meter_is_assigned_now(house: House) {
        let id = house.data.project("Harbour Tower");
        let place = house.data.location(id, "North gate");
        house.data.unit("SLM-101");
        let staff = Staff::of(&house);
        let project = format!("/projects/{id}");
        let path = format!("{project}/locations/{place}/meter");
        let form = staff.opens(&path).await;
        says(&form, &["Assign a meter to North gate", "SLM-101, free", "Limits stay with the meter", "America/New York"]);
        assert_eq!(staff.does(&path, &[("unit", "SLM-101")]).await, project);
        says(&staff.opens(&project).await, &["SLM-101</a> since", "2026-11-21T04:00:00Z"]);
        // The one that stands there is not offered again.
        is_silent_of(&staff.opens(&path).await, &["<option value=\"SLM-101\""]);
    }

    async fn a_move_ends_both_stays_that_run(house: House) {
        let from = house.data.site("Harbour Tower", "SLM-101");
        let to = house.data.site("Quay Street", "SLM-102");
        let staff = Staff::of(&house);
        let path = format!("/projects/{}/locations/{}/meter", to.project, to.location);
        let form = staff.opens(&path).await;
        says(&form, &[
            "SLM-101, now at North gate of Harbour Tower",
            "SLM-102 stands here since",
            "its stay there ends",
        ]);
        staff.does(&path, &[("unit", "SLM-101")]).await;
        let page = staff.opens(&format!("/projects/{}", to.project)).await;
        says(&page, &["SLM-101</a> since", "Past stays", "SLM-102"]);
        let page = staff.opens(&format!("/projects/{}", from.project)).await;
        says(&page, &["no meter assigned", "Past stays", "SLM-101"]);
        says(&staff.opens(&path).await, &["SLM-102, free"]);
    }

    async fn a_stay_may_have_begun_and_may_end(house: House) {
        let id = house.data.project("Harbour Tower");
        let place = house.data.location(id, "North gate");
        house.data.unit("SLM-101");
        let staff = Staff::of(&house);
        let path = format!("/projects/{id}/locations/{place}/meter");
        // Times are those of the project: New York is five hours behind UTC.
        let fields = [("unit", "SLM-101"), ("from", "2026-11-20T12:00"), ("until", "2026-11-22T06:30")];
        staff.does(&path, &fields).await;
        let stay = house.data.operator().project_detail(id).unwrap().locations[0].stay.clone().unwrap();
        assert_eq!(stay.assignment.window.from, at("2026-11-20T17:00:00Z"));
        assert_eq!(stay.assignment.window.until, Some(at("2026-11-22T11:30:00Z")));
        says(&staff.opens(&format!("/projects/{id}")).await, &["until <time datetime=\"2026-11-22T11:30:00Z\""]);
    }

    async fn what_cannot_be_is_told_at_its_field_and_nothing_moves(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let free = house.data.location(site.project, "South gate");
        house.data.unit("SLM-102");
        let staff = Staff::of(&house);
        let path = format!("/projects/{}/locations/{free}/meter", site.project);
        let table: &[Refusal<'_>] = &[
            (&[("unit", "")], "unit", "choose a meter"),
            (&[("unit", "SLM-999")], "unit", "choose a meter"),
            (&[("unit", "a/../b")], "unit", "choose a meter"),
            (&[("unit", "SLM-102"), ("from", "yesterday")], "from", "2026-11-21T06:00"),
            (&[("unit", "SLM-102"), ("until", "2026-11-22T06:00Z")], "until", "2026-11-21T06:00"),
            (&[("unit", "SLM-102"), ("until", "2026-11-20T06:00")], "until", "later than from"),
        ];
        for (fields, field, right) in table {
            let said = staff.is_refused(&path, fields, field).await;
            assert!(said.contains(right), "{field}: {said}");
        }
        // An overlap is told in words, above the form, and the choice stays.
        let reply = staff.sends(&path, &[("unit", "SLM-101"), ("from", "2026-11-10T06:00")]).await;
        assert_eq!(reply.status, 422);
        says(&reply.body, &["role=\"alert\">", "North gate", "overlap", "<option value=\"SLM-101\" selected>"]);
        let detail = house.data.operator().project_detail(site.project).unwrap();
        assert!(detail.locations[1].stay.is_none() && detail.past.is_empty());
    }

    async fn ending_a_stay_asks_and_leaves_its_history(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let staff = Staff::of(&house);
        let project = format!("/projects/{}", site.project);
        let stay = house.data.operator().list_assignments(true).unwrap()[0].id;
        let end = format!("{project}/stays/{stay}/end");
        says(&staff.opens(&end).await, &["End the stay of SLM-101 at North gate?", "limits stay with the meter"]);
        let other = format!("/projects/{}/stays/{stay}/end", house.data.project("Quay Street"));
        assert_eq!(staff.tries(&other).await.status, 404);
        assert_eq!(staff.sends(&other, &[]).await.status, 404);

        house.clock().advance(Duration::from_secs(60));
        assert_eq!(staff.does(&end, &[]).await, project);
        says(&staff.opens(&project).await, &["no meter assigned", "Past stays", "2026-11-21T04:01:00Z"]);
        let again = staff.sends(&end, &[]).await;
        assert_eq!(again.status, 409);
        says(&again.body, &["is over already"]);
    }

    async fn a_stay_to_come_is_shown_and_cancelled(house: House) {
        let id = house.data.project("Harbour Tower");
        let place = house.data.location(id, "North gate");
        let unit = house.data.unit("SLM-101");
        house.data.assign_for(&unit, place, "2026-12-01T04:00:00Z", "");
        let staff = Staff::of(&house);
        let page = staff.opens(&format!("/projects/{id}")).await;
        says(&page, &["Meters to come", "SLM-101", "no meter assigned"]);
        let stay = house.data.operator().list_assignments(true).unwrap()[0].id;
        let end = format!("/projects/{id}/stays/{stay}/end");
        says(&staff.opens(&end).await, &["Cancel the stay of SLM-101", "will not come"]);
        staff.does(&end, &[]).await;
        is_silent_of(&staff.opens(&format!("/projects/{id}")).await, &["Meters to come"]);
    }
}
