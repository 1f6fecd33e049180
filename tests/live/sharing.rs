//! One feed a meter, however many watch, and nobody slows anybody.

use std::time::Duration;

use super::keep_passing;
use futures_util::future::join_all;
use slmm_sim::{Capacity, SimConfig};
use testkit::engine::OnEngine;
use testkit::{Engine, House, News, TestDatabase, Viewer, Visitor, on_both_engines};

on_both_engines! {
    async fn fifty_viewers_make_one_feed_and_none_is_left_behind(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal_with(|options| options.settings.live.per_session = 50);
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewers = join_all((0..50).map(|_| visitor.watch(site.location))).await;
        for viewer in viewers.iter_mut().flatten() {
            viewer.frame("reading").await;
        }
        assert_eq!((house.sim().counters().feeds(), house.sim().counters().max_feeds()), (1, 1));
        assert_eq!((app.metrics().live.channels, app.metrics().live.viewers), (1, 50));
        drop(viewers);
        let leaving = async {
            while house.sim().counters().feeds() > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), leaving).await.expect("within five seconds");
        assert_eq!(app.metrics().live.channels, 0);
    }

    async fn a_killed_upstream_is_recovered(house: House) {
        let mut house = house;
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal_with(|options| {
            options.feed_times.first_retry = Duration::from_millis(50);
            options.feed_times.longest_retry = Duration::from_millis(200);
        });
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let mut viewer = visitor.watch(site.location).await.unwrap();
        viewer.frame("reading").await;
        house.restart_slmm().await;
        house.sim().set_level("SLM-101", Some(99.0)).unwrap();
        let loud = |news: &News| matches!(news, News::Frame(frame) if frame["lp"].as_f64().is_some_and(|lp| lp > 90.0));
        let passing = async {
            loop {
                house.pass(Duration::from_secs(1));
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::select! {
            _ = viewer.until(loud) => {}
            () = passing => unreachable!(),
        }
    }
}

/// SLMM bears fifteen sessions. Forty meters watched at once stay within that, and everybody has
/// something to look at.
#[tokio::test(flavor = "multi_thread")]
async fn forty_meters_watched_at_once_never_make_slmm_deaf() {
    let config = SimConfig {
        capacity: Some(Capacity::default()),
        ..SimConfig::with_units(40)
    };
    let house = House::with(TestDatabase::on(Engine::Sqlite), &config);
    let site = house.data.site("Harbour Tower", "SLM-101");
    let mut locations = vec![site.location];
    for number in 102..=140 {
        let location = house
            .data
            .location(site.project, &format!("Location {number}"));
        let unit = house.data.unit(&format!("SLM-{number}"));
        house
            .data
            .assign_for(&unit, location, "2026-11-14T04:00:00Z", "");
        locations.push(location);
    }
    let app = house.portal_with(|options| {
        options.settings.live.per_session = 40;
        // A tenth of what it is, for a test that is over sooner. What it is keeps the promise of a
        // frame at least every six seconds.
        assert!(options.feed_times.slow <= Duration::from_secs(5));
        assert!(options.settings.heartbeat <= Duration::from_secs(5));
        options.feed_times.slow /= 10;
    });
    let visitor = Visitor::of(&app).enter(&site.portal).await;
    let viewers = join_all(locations.iter().map(|location| visitor.watch(*location))).await;
    let watching = join_all(
        viewers
            .into_iter()
            .map(|viewer| look_for(viewer.unwrap(), 4)),
    );
    tokio::select! {
        _ = watching => {}
        () = keep_passing(&house) => unreachable!(),
    }
    let counters = house.sim().counters();
    assert_eq!(counters.times_deaf, 0);
    assert!(counters.max_feeds() <= 8, "{}", counters.max_feeds());
    assert!(app.metrics().slmm.max_in_flight <= 4);
}

/// Takes so many readings.
async fn look_for(mut viewer: Viewer, readings: usize) -> Viewer {
    for _ in 0..readings {
        viewer.frame("reading").await;
    }
    viewer
}
