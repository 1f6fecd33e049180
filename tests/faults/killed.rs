//! A server that is killed from one moment to the next.

use testkit::{Installation, Visitor};

testkit::on_both_engines! {
    /// Sessions outlive the process that began them.
    async fn a_killed_portal_is_back_with_its_sessions(house: Installation) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let mut portal = house.portal().start();
        let address = portal.address("the portal is open");
        let visitor = Visitor::at(&format!("http://{address}"));
        let visitor = visitor.enter(&site.portal).await;
        portal.kill();

        let mut portal = house.portal().start();
        let address = portal.address("the portal is open");
        let again = visitor.moves_to_address(&format!("http://{address}"));
        assert_eq!(again.get("/portal").await.status, 200);
        assert!(portal.stop().success());
    }
}
