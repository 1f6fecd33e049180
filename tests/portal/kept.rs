//! What is kept for a second is never somebody else's, nor of before a change.

use std::io::Read as _;
use std::time::Duration;

use flate2::read::GzDecoder;
use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use serde_json::Value;
use testkit::{House, Visitor, on_both_engines};

on_both_engines! {
    async fn a_change_by_staff_is_on_the_very_next_page(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        assert!(!visitor.get("/portal").await.body.contains("Canal walk"));
        house.data.location(site.project, "Canal walk");
        assert!(visitor.get("/portal").await.body.contains("Canal walk"));
    }

    async fn projects_walls_and_desks_have_pages_of_their_own(house: House) {
        let here = house.data.site("Harbour Tower", "SLM-101");
        let there = house.data.site("Station Square", "SLM-102");
        let app = house.portal();
        let one = Visitor::of(&app).enter(&here.portal).await;
        let other = Visitor::of(&app).enter(&there.portal).await;
        for _ in 0..2 {
            let (mine, theirs) = (one.get("/portal").await.body, other.get("/portal").await.body);
            assert!(mine.contains("Harbour Tower") && !mine.contains("Station Square"));
            assert!(theirs.contains("Station Square") && !theirs.contains("Harbour Tower"));
            assert_ne!(mine, one.get("/portal?wall").await.body);
        }
    }

    async fn a_second_later_it_is_looked_at_again(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let before = visitor.get("/portal").await.body;
        assert_eq!(visitor.get("/portal").await.body, before);
        house.pass(Duration::from_mins(5));
        assert_ne!(visitor.get("/portal").await.body, before);
    }

    async fn history_is_compressed_for_who_takes_that(house: House) {
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        let visitor = Visitor::of(&app).enter(&site.portal).await;
        let path = format!("/portal/api/location/{}/history?hours=24", site.location);
        let plain = visitor.get(&path).await;
        let request = visitor.request(Method::GET, &path).header(ACCEPT_ENCODING, "gzip");
        let packed = request.send().await.unwrap();
        assert_eq!(packed.headers()[CONTENT_ENCODING], "gzip");
        let packed = packed.bytes().await.unwrap();
        let mut text = String::new();
        GzDecoder::new(&*packed).read_to_string(&mut text).unwrap();
        assert_eq!(text, plain.body);
        let history: Value = serde_json::from_str(&text).unwrap();
        assert!(history["at"].as_array().is_some_and(|at| at.len() > 100), "{}", plain.body.len());
        assert!(packed.len() < 12_000, "{} bytes on the wire", packed.len());
    }
}
