//! Refused before the upgrade.

use testkit::{House, Visitor, on_both_engines};

on_both_engines! {
    async fn who_may_not_watch_is_refused_before_the_upgrade(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let other = house.data.site("Quay Street", "SLM-102");
        let app = house.portal();
        let (own, foreign) = (site.location.to_string(), other.location.to_string());
        let origin = "http://127.0.0.1:8000";

        assert_eq!(Visitor::of(&app).watch(site.location).await.err(), Some(401), "no session");
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        for stranger in [None, Some("https://evil.example"), Some("null"), Some("http://127.0.0.1:8001")] {
            assert_eq!(visitor.watch_from(&own, stranger).await.err(), Some(403), "{stranger:?}");
        }
        for id in [foreign.as_str(), "none", "0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01"] {
            assert_eq!(visitor.watch_from(id, Some(origin)).await.err(), Some(404), "{id}");
        }
        assert!(visitor.watch_from(&own, Some(origin)).await.is_ok());

        // Not a handshake at all.
        let path = format!("/portal/api/location/{own}/stream");
        let plain = visitor.send(visitor.request(reqwest::Method::GET, &path).header("origin", origin)).await;
        assert_eq!((plain.status, plain.header("content-type")), (400, "application/problem+json"));
        assert_eq!(app.metrics().live.admitted, 1, "and it takes nobody's place");
    }

    async fn there_are_so_many_places_and_no_more(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal_with(|options| {
            options.settings.live.viewers = 3;
            options.settings.live.per_session = 2;
        });
        let one = Visitor::of(&app).enter(&site.portal).await;
        house.clock().advance(std::time::Duration::from_millis(5));
        let two = Visitor::of(&app).enter(&site.portal).await;
        let first = one.watch(site.location).await.unwrap();
        let _second = one.watch(site.location).await.unwrap();
        assert_eq!(one.watch(site.location).await.err(), Some(503), "with one session");
        let _third = two.watch(site.location).await.unwrap();
        assert_eq!(two.watch(site.location).await.err(), Some(503), "in all");
        assert_eq!(app.metrics().live.refused, 2);

        // A place that is given back can be taken.
        drop(first);
        while app.metrics().live.viewers > 2 {
            tokio::task::yield_now().await;
        }
        assert!(two.watch(site.location).await.is_ok());
    }
}
