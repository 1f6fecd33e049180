//! What a session may see: the chain from the project to the meter, and its windows of time.

#![cfg(test)]

use domain::{LocationId, UnitId};
use store::{ProjectScope, SessionCheck};
use testkit::{Site, TestDatabase, at, on_both_engines};

async fn scope(test: &TestDatabase, site: &Site) -> ProjectScope {
    let session = test.session(&site.portal).await;
    match test.database().check_session(&session).await.unwrap() {
        SessionCheck::Live(scope) => scope,
        SessionCheck::Dead { .. } => panic!("a session of a moment ago lives"),
    }
}

async fn unit_at(test: &TestDatabase, site: &Site, location: LocationId) -> Option<UnitId> {
    let scope = scope(test, site).await;
    let location = scope.location(location)?;
    Some(location.current(at("2026-11-21T04:00:00Z"))?.unit().clone())
}

on_both_engines! {
    async fn a_scope_shows_its_project_and_nothing_of_another(test: TestDatabase) {
        let (ours, theirs) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let scope = scope(&test, &ours).await;
        assert_eq!(scope.project_name(), "Harbour Tower");
        let ids: Vec<_> = scope.locations().iter().map(store::Location::id).collect();
        assert_eq!(ids, [ours.location]);
        assert!(scope.location(theirs.location).is_none());
        let here = scope.location(ours.location).unwrap();
        assert_eq!(here.name(), "North gate");
        assert_eq!((here.latitude(), here.longitude()), (Some(40.7), Some(-74.0)));
        assert_eq!(here.current(at("2026-11-21T04:00:00Z")).unwrap().unit(), &ours.unit);
    }

    async fn a_scope_knows_its_projects_time_zone(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        assert!(scope(&test, &site).await.time_zone().is_none());
        test.raw().execute("UPDATE projects SET time_zone = 'Europe/Berlin', revision = revision + 1");
        let zone = scope(&test, &site).await.time_zone().cloned().unwrap();
        assert_eq!(zone.iana_name(), Some("Europe/Berlin"));
    }

    async fn keys_tell_projects_apart(test: TestDatabase) {
        let (one, other) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let key = scope(&test, &one).await.key();
        assert_eq!(key, scope(&test, &one).await.key());
        assert_ne!(key, scope(&test, &other).await.key());
    }

    async fn a_removed_location_is_out_of_scope(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let other = test.location(site.project, "South gate");
        test.operator().remove_location(site.location).unwrap();
        let scope = scope(&test, &site).await;
        assert!(scope.location(site.location).is_none());
        assert!(scope.location(other).is_some());
    }

    async fn a_location_of_another_kind_is_out_of_scope(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.raw().execute(
            "UPDATE monitoring_locations SET location_type = 'vibration'; \
             UPDATE projects SET revision = revision + 1",
        );
        assert!(scope(&test, &site).await.locations().is_empty());
    }

    async fn a_device_of_another_kind_is_no_meter(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.raw().execute(
            "UPDATE unit_assignments SET device_type = 'seismograph'; \
             UPDATE projects SET revision = revision + 1",
        );
        assert_eq!(unit_at(&test, &site, site.location).await, None);
    }

    async fn locations_stand_in_their_order(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        for name in ["b", "B", "a"] {
            test.location(site.project, name);
        }
        test.raw().execute(
            "UPDATE monitoring_locations SET sort_order = 7 WHERE name <> 'North gate'; \
             UPDATE projects SET revision = revision + 1",
        );
        let scope = scope(&test, &site).await;
        let names: Vec<_> = scope.locations().iter().map(store::Location::name).collect();
        assert_eq!(names, ["North gate", "B", "a", "b"]);
    }

    async fn a_meter_is_current_only_within_its_window(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        let unit = test.unit("SLM-2");
        test.assign_for(&unit, south, "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z");
        let scope = scope(&test, &site).await;
        let south = scope.location(south).unwrap();
        for (moment, stands) in [
            ("2026-11-21T23:59:59.999Z", false),
            ("2026-11-22T00:00:00Z", true),
            ("2026-11-22T23:59:59.999Z", true),
            ("2026-11-23T00:00:00Z", false),
        ] {
            assert_eq!(south.current(at(moment)).is_some(), stands, "{moment}");
        }
    }

    async fn a_completed_stay_is_history_and_not_current(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.operator().end_assignment(&site.unit).unwrap();
        let scope = scope(&test, &site).await;
        let location = scope.location(site.location).unwrap();
        assert!(location.current(at("2026-11-21T04:00:00Z")).is_none());
        // Not even of the time in which it ran: what is over is never live.
        assert!(location.current(at("2026-11-20T04:00:00Z")).is_none());
        assert_eq!(location.stays().len(), 1);
        let window = location.stays()[0].tenure().window;
        assert_eq!(window.from, at("2026-11-14T04:00:00Z"));
        assert_eq!(window.until, Some(at("2026-11-21T04:00:00Z")));
    }

    async fn a_stay_is_forgotten_two_days_after_its_end(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.operator().end_assignment(&site.unit).unwrap();
        for (end, remembered) in [("2026-11-19T03:00:00Z", 1), ("2026-11-19T02:59:59.999Z", 0)] {
            let end = at(end).as_millisecond();
            test.raw().execute(&format!(
                "UPDATE unit_assignments SET assigned_until = {end}; \
                 UPDATE projects SET revision = revision + 1"
            ));
            let scope = scope(&test, &site).await;
            assert_eq!(scope.location(site.location).unwrap().stays().len(), remembered);
        }
    }

    async fn a_stay_that_is_over_without_an_end_is_none(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.raw().execute(
            "UPDATE unit_assignments SET status = 'completed'; \
             UPDATE projects SET revision = revision + 1",
        );
        let scope = scope(&test, &site).await;
        assert!(scope.location(site.location).unwrap().stays().is_empty());
    }

    async fn a_meter_that_moved_brings_its_leaving_along_and_leaves_its_stay_behind(test: TestDatabase) {
        let (old, new) = (test.site("Harbour Tower", "SLM-1"), test.site("Mill Lane", "SLM-2"));
        let moved = "2026-11-21T03:00:00Z";
        test.assign_for(&old.unit, new.location, moved, "");

        let left = scope(&test, &old).await;
        let left = left.location(old.location).unwrap();
        assert!(left.current(at("2026-11-21T04:00:00Z")).is_none());
        assert_eq!(left.stays()[0].unit(), &old.unit);
        assert_eq!(left.stays()[0].tenure().window.until, Some(at(moved)));
        assert_eq!(left.stays()[0].tenure().left_elsewhere_at, None);

        let reached = scope(&test, &new).await;
        let reached = reached.location(new.location).unwrap();
        let units: Vec<_> = reached.stays().iter().map(|stay| stay.unit().as_str()).collect();
        assert_eq!(units, ["SLM-1", "SLM-2"], "newest first");
        assert_eq!(reached.stays()[0].tenure().left_elsewhere_at, Some(at(moved)));
        assert_eq!(reached.stays()[1].tenure().left_elsewhere_at, None);
        assert_eq!(reached.current(at("2026-11-21T04:00:00Z")).unwrap().unit(), &old.unit);
    }

    async fn of_several_leavings_the_latest_counts(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        let west = test.location(site.project, "West gate");
        test.assign_for(&site.unit, south, "2026-11-21T00:00:00Z", "");
        test.assign_for(&site.unit, west, "2026-11-21T01:00:00Z", "2026-11-21T02:00:00Z");
        test.assign_for(&site.unit, south, "2026-11-21T03:00:00Z", "");
        let scope = scope(&test, &site).await;
        let tenures: Vec<_> = scope.location(south).unwrap().stays().iter()
            .map(|stay| stay.tenure().left_elsewhere_at)
            .collect();
        assert_eq!(tenures, [Some(at("2026-11-21T02:00:00Z")), Some(at("2026-11-21T00:00:00Z"))]);
    }

    async fn a_return_to_the_same_place_is_no_leaving_of_another(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        test.operator().end_assignment(&site.unit).unwrap();
        test.assign(&site.unit, site.location);
        let scope = scope(&test, &site).await;
        let stays = scope.location(site.location).unwrap().stays();
        let left: Vec<_> = stays.iter().map(|stay| stay.tenure().left_elsewhere_at).collect();
        assert_eq!(left, [None, None]);
    }

    async fn a_stay_elsewhere_that_is_said_to_have_gone_on_ended_when_this_one_began(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        test.assign_for(&site.unit, south, "2026-11-21T00:00:00Z", "");
        let later = at("2026-11-21T02:00:00Z").as_millisecond();
        test.raw().execute(&format!(
            "UPDATE unit_assignments SET assigned_until = {later} WHERE status = 'completed'; \
             UPDATE projects SET revision = revision + 1"
        ));
        let scope = scope(&test, &site).await;
        let stay = &scope.location(south).unwrap().stays()[0];
        assert_eq!(stay.tenure().left_elsewhere_at, Some(at("2026-11-21T00:00:00Z")));
    }

    async fn a_stay_elsewhere_without_an_end_ended_when_this_one_began(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let south = test.location(site.project, "South gate");
        test.assign_for(&site.unit, south, "2026-11-21T00:00:00Z", "");
        test.raw().execute(
            "UPDATE unit_assignments SET assigned_until = NULL WHERE status = 'completed'; \
             UPDATE projects SET revision = revision + 1",
        );
        let scope = scope(&test, &site).await;
        let stay = &scope.location(south).unwrap().stays()[0];
        assert_eq!(stay.tenure().left_elsewhere_at, Some(at("2026-11-21T00:00:00Z")));
    }

    async fn stays_are_found_by_the_window_they_share(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let second = test.unit("SLM-2");
        test.assign_for(&second, site.location, "2026-11-21T00:00:00Z", "");
        let scope = scope(&test, &site).await;
        let location = scope.location(site.location).unwrap();
        let units_in = |from: &str, until: &str| {
            let window = domain::Window { from: at(from), until: Some(at(until)) };
            location.stays_within(&window).map(|stay| stay.unit().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(units_in("2026-11-20T23:00:00Z", "2026-11-21T00:00:00Z"), ["SLM-1"]);
        assert_eq!(units_in("2026-11-20T23:00:00Z", "2026-11-21T00:00:01Z"), ["SLM-2", "SLM-1"]);
        assert_eq!(units_in("2026-11-21T00:00:00Z", "2026-11-21T02:00:00Z"), ["SLM-2"]);
    }

    async fn a_value_nobody_can_have_written_is_an_error_and_not_an_absence(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let session = test.session(&site.portal).await;
        test.raw().execute("UPDATE projects SET time_zone = 'Nowhere/Land', revision = 99");
        let error = test.database().check_session(&session).await.unwrap_err();
        assert!(matches!(error, store::StoreError::Corrupt { column: "time_zone", .. }), "{error}");
    }
}
