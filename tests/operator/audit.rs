//! The audit log, read and written out.

use std::time::Duration;

use domain::Clock;
use testkit::{House, Visitor, on_both_engines, unit_id};

use super::words::{assert_has, text};

async fn page(staff: &Visitor, path: &str) -> String {
    let reply = staff.get(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    text(&reply.body)
}

/// Where a link of the page leads.
fn link(html: &str, words: &str) -> Option<String> {
    let (before, _) = html.split_once(&format!(">{words}</a>"))?;
    let (_, href) = before.rsplit_once("href=\"")?;
    let (href, _) = href.split_once('"')?;
    Some(href.replace("&amp;", "&"))
}

/// Yesterday and today where the firm is.
fn days(house: &House) -> (String, String) {
    let zone = domain::TimeZone::get("America/New_York").unwrap();
    let today = zone.to_datetime(house.clock().now()).date();
    (today.yesterday().unwrap().to_string(), today.to_string())
}

on_both_engines! {
    async fn where_somebody_is_is_said_by_the_proxy_that_is_trusted_and_no_other(house: House) {
        let at_the_proxy = house.office_with(|options| {
            options.settings.trusted_proxies = "127.0.0.1".parse().unwrap();
        });
        for app in [&at_the_proxy, &house.office()] {
            let staff = Visitor::at(&app.url()).from_address("192.0.2.7");
            staff.submit("/units", &[("unit", "SLM-101"), ("model", "NL-43")]).await;
            staff.submit("/units/SLM-101", &[("model", "NL-53")]).await;
            staff.submit("/units/SLM-101", &[("model", "NL-43")]).await;
        }
        let log = page(&Visitor::at(&at_the_proxy.url()), "/audit").await;
        assert_has(&log, &["operator 192.0.2.7 unit.edit unit SLM-101", "operator 127.0.0.1 unit.edit unit SLM-101"]);
    }

    async fn the_log_tells_who_did_what_on_what_from_where(house: House) {
        let app = house.office();
        let staff = Visitor::at(&app.url());
        assert_has(&page(&staff, "/audit").await, &["Nothing is recorded here."]);
        staff.submit("/units", &[("unit", "SLM-101"), ("model", "NL-43")]).await;
        staff.submit("/units/SLM-101", &[("model", "<NL-53>")]).await;
        house.clock().advance(Duration::from_secs(1));
        house.data.project("Harbour Tower");
        let log = page(&staff, "/audit").await;
        assert_has(&log, &[
            "operator 127.0.0.1 unit.edit unit SLM-101",
            "was model=",
            "is model=&quot;&lt;NL-53&gt;&quot;",
            "tester test project.create project",
        ]);
        let (newest, oldest) = (log.find("project.create"), log.find("unit.add"));
        assert!(newest < oldest, "{log}");
    }

    async fn each_filter_lets_through_what_it_says(house: House) {
        let app = house.office();
        let staff = Visitor::at(&app.url());
        // 23:00 of the evening before in New York, where the firm is.
        staff.submit("/units", &[("unit", "SLM-101")]).await;
        house.clock().advance(Duration::from_hours(24));
        house.data.unit("SLM-102");
        let shown = async |query: &str| {
            let log = page(&staff, &format!("/audit?{query}")).await;
            (log.contains("unit.add unit SLM-101"), log.contains("unit.add unit SLM-102"))
        };
        let today = days(&house);
        for (query, found) in [
            ("", (true, true)),
            ("who=operator", (true, false)),
            ("who=tester", (false, true)),
            ("what=unit.add", (true, true)),
            ("what=unit.edit", (false, false)),
            ("kind=unit", (true, true)),
            ("kind=project", (false, false)),
            ("kind=unit&subject=SLM-102", (false, true)),
            (format!("from={}", today.1).as_str(), (false, true)),
            (format!("until={}", today.0).as_str(), (true, false)),
            (format!("from={}&until={}", today.0, today.1).as_str(), (true, true)),
        ] {
            assert_eq!(shown(query).await, found, "{query}");
        }
        assert_has(&page(&staff, "/audit?who=nobody").await, &["Nothing is found by this."]);
        for (query, words) in [
            ("from=21.11.2026", "a date is written as in 2026-11-21"),
            ("until=2026-02-30", "a date is written as in 2026-11-21"),
            ("before=x", "as the page before has told it"),
        ] {
            let refused = staff.get(&format!("/audit?{query}")).await;
            assert_eq!(refused.status, 422, "{query}");
            assert!(refused.body.contains(words), "{query}: {}", refused.body);
            let kept = query.split_once('=').unwrap().1;
            assert!(query.starts_with("before") || refused.body.contains(kept), "{query}");
        }
    }

    async fn pages_follow_one_another_and_what_is_recorded_meanwhile_moves_none(house: House) {
        for number in 0..120 {
            house.data.unit(&format!("SLM-{number:03}"));
        }
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let mut path = Some("/audit?kind=unit".to_owned());
        let (mut met, mut pages) = (Vec::new(), 0);
        while let Some(at) = path {
            let html = staff.get(&at).await.body;
            assert_eq!(link(&html, "Newest").is_some(), pages > 0);
            let shown = (0..120).map(|number| format!("SLM-{number:03}"));
            met.extend(shown.filter(|unit| html.contains(&format!("/units/{unit}\""))));
            path = link(&html, "Older");
            pages += 1;
            house.data.unit(&format!("later-{pages}"));
        }
        met.sort();
        let all: Vec<_> = (0..120).map(|number| format!("SLM-{number:03}")).collect();
        assert_eq!((pages, met), (3, all));
    }

    async fn the_file_has_every_record_and_no_formula(house: House) {
        for number in 0..600 {
            house.data.unit(&format!("SLM-{number:03}"));
        }
        house.clock().advance(Duration::from_secs(1));
        let named = house.data.operator_of(house.data.database().clone(), "=HYPERLINK(\"x\")");
        named.retire_unit(&unit_id("SLM-007")).unwrap();
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let reply = staff.get("/audit.csv").await;
        assert_eq!(reply.status, 200);
        assert!(reply.header("content-type").starts_with("text/csv"));
        assert!(reply.header("content-disposition").contains("attachment; filename=\"audit-2026-"));
        assert_eq!(reply.header("cache-control"), "no-store");
        // It is sent piece by piece: nobody knows its length beforehand.
        assert_eq!(reply.header("content-length"), "");
        let lines: Vec<_> = reply.body.lines().collect();
        assert_eq!(lines.len(), 602);
        assert!(lines[0].starts_with("Time (America/New_York),Time (UTC),Who,From where,"));
        assert!(lines[1].contains(",\"'=HYPERLINK(\"\"x\"\")\",test,unit.retire,unit,SLM-007,"), "{}", lines[1]);
        let few = staff.get("/audit.csv?kind=unit&subject=SLM-007").await.body;
        assert_eq!(few.lines().count(), 3, "{few}");
        assert_eq!(staff.get("/audit.csv?from=x").await.status, 422);
    }
}
