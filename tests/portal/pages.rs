//! The pages, as far as their words go. What they look like is another matter.

use testkit::{House, Visitor, on_both_engines};

on_both_engines! {
    async fn the_pages_show_the_project_and_nothing_of_the_inside(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let overview = visitor.get("/portal").await;
        assert!(overview.body.contains("Harbour Tower") && overview.body.contains("North gate"));
        assert!(overview.body.contains("Measuring") && overview.body.contains("America/New York"));
        let path = format!("/portal/location/{}", site.location);
        assert!(overview.body.contains(&path));
        let location = visitor.get(&path).await;
        assert_eq!(location.status, 200);
        assert!(location.body.contains("L<sub>eq</sub>") && location.body.contains("L<sub>10</sub>"));
        let events = visitor.get(&format!("/portal/events?location={}&status=active", site.location)).await;
        assert_eq!(events.status, 200);
        assert!(events.body.contains("No breach in progress"));
        for page in [overview, location, events] {
            assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
            for inside in ["SLM-101", "SLMM", "slmm", "keepalive", "battery"] {
                assert!(!page.body.contains(inside), "{inside}");
            }
        }
        assert_eq!(visitor.get("/portal/events?status=open").await.status, 400);
        assert_eq!(visitor.get("/portal/location/none").await.status, 404);
    }
}
