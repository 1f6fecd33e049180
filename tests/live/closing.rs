//! Each way in which a live socket ends.

use std::time::Duration;

use super::keep_passing;
use domain::ProjectStatus;
use testkit::{House, News, Visitor, on_both_engines};

on_both_engines! {
    async fn a_revocation_in_another_process_closes_open_sockets_and_no_others(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let other = house.data.site("Quay Street", "SLM-102");
        let apps = [house.portal(), house.portal()];
        let mut condemned = Vec::new();
        let mut spared = Vec::new();
        for app in &apps {
            let visitor = Visitor::of(app).enter(&site.portal).await;
            condemned.push(visitor.watch(site.location).await.unwrap());
            condemned.push(visitor.watch(site.location).await.unwrap());
            let visitor = Visitor::of(app).enter(&other.portal).await;
            let mut viewer = visitor.watch(other.location).await.unwrap();
            viewer.frame("reading").await;
            spared.push(viewer);
        }
        // `operator` works on a handle of its own, as portal-admin does.
        house.data.operator().portal_disable(site.project).unwrap();
        let ending = async {
            for viewer in &mut condemned {
                assert_eq!(viewer.closed().await, 4401);
            }
        };
        tokio::time::timeout(Duration::from_secs(2), ending).await.expect("within two seconds");
        // The others hear of what happens after it.
        house.sim().set_level("SLM-102", Some(97.0)).unwrap();
        let loud = |news: &News| matches!(news, News::Frame(frame) if frame["lp"].as_f64().is_some_and(|lp| lp > 90.0));
        for viewer in &mut spared {
            tokio::select! {
                _ = viewer.until(loud) => {}
                () = keep_passing(&house) => unreachable!(),
            }
        }
    }

    async fn a_new_password_and_a_deletion_end_sockets_too(house: House) {
        let app = house.portal();
        for (number, deletes) in [(1, false), (2, true)] {
            let site = house.data.site(&format!("Project {number}"), &format!("SLM-10{number}"));
            let visitor = Visitor::of(&app).enter(&site.portal).await;
            let mut viewer = visitor.watch(site.location).await.unwrap();
            if deletes {
                house.data.operator().set_status(site.project, ProjectStatus::Deleted).unwrap();
            } else {
                let random = testkit::SeededRandom::new(77);
                let password = auth::Password::generate(&random).unwrap();
                house.data.operator().portal_password(site.project, &testkit::cheap_hash(&password, &random)).unwrap();
            }
            assert_eq!(viewer.closed().await, 4401);
        }
    }

    async fn a_location_that_loses_its_meter_or_goes_ends(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        house.data.operator().end_assignment(&site.unit).unwrap();
        assert_eq!(viewer.closed().await, 4404);
        // Without a meter there is nothing to watch.
        let mut again = visitor.watch(site.location).await.unwrap();
        assert_eq!(again.closed().await, 4404);

        house.clock().advance(Duration::from_secs(1));
        house.data.assign(&site.unit, site.location);
        house.pass(Duration::from_secs(11));
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        house.data.operator().remove_location(site.location).unwrap();
        assert_eq!(viewer.closed().await, 4404);
    }

    async fn a_stay_that_runs_out_ends_without_anybody_acting(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        house.data.operator().end_assignment(&site.unit).unwrap();
        house.clock().advance(Duration::from_secs(1));
        house.data.assign_for(&site.unit, site.location, "2026-11-21T04:00:01Z", "2026-11-21T04:00:30Z");
        house.pass(Duration::from_secs(11));
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        house.pass(Duration::from_secs(20));
        assert_eq!(viewer.closed().await, 4404);
    }

    async fn a_swapped_meter_is_followed_without_a_reconnect(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        house.sim().set_level("SLM-101", Some(50.0)).unwrap();
        house.sim().set_level("SLM-102", Some(90.0)).unwrap();
        house.pass(Duration::from_secs(15));
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        let unit = house.data.unit("SLM-102");
        house.data.assign(&unit, site.location);
        let is_new = |news: &News| matches!(news, News::Frame(frame) if frame["lp"].as_f64().is_some_and(|lp| lp > 80.0));
        tokio::select! {
            _ = viewer.until(is_new) => {}
            () = keep_passing(&house) => unreachable!(),
        }
    }

    async fn the_longest_stay_and_the_sessions_own_end_close(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal_with(|options| options.settings.stream_cap = Duration::from_millis(300));
        let mut viewer = Visitor::of(&app).enter(&site.portal).await.watch(site.location).await.unwrap();
        assert_eq!(viewer.closed().await, 4408);
        drop(app);
        let app = house.portal_with(|options| options.settings.session_max_age = Duration::from_millis(1300));
        let mut viewer = Visitor::of(&app).enter(&site.portal).await.watch(site.location).await.unwrap();
        assert_eq!(viewer.closed().await, 4401);
    }

    async fn a_stopping_process_says_so(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        let stopping = tokio::task::spawn_blocking(move || drop(app));
        assert_eq!(viewer.closed().await, 1012);
        stopping.await.unwrap();
    }

    async fn an_upstream_that_is_lost_for_good_closes(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal_with(|options| {
            options.feed_times.lost = Duration::from_millis(500);
            options.feed_times.first_retry = Duration::from_millis(50);
            options.feed_times.ask_again = Duration::from_millis(50);
        });
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        house.sim().set_down(true);
        let passing = async {
            loop {
                house.clock().advance(Duration::from_secs(1));
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::select! {
            code = viewer.closed() => assert_eq!(code, 1013),
            () = passing => unreachable!(),
        }
    }
}
