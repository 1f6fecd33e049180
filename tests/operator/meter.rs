//! A meter's rules and events: what staff set at SLMM, and what the record says of it.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{House, OperatorApp, Reply, Visitor, on_both_engines};

pub(super) const UNIT: &str = "SLM-101";

pub(super) struct Desk {
    pub(super) staff: Visitor,
    _app: OperatorApp,
}

impl Desk {
    pub(super) fn of(house: &House) -> Self {
        house.data.site("Harbour Tower", UNIT);
        let app = house.office();
        Self {
            staff: Visitor::at(&app.url()),
            _app: app,
        }
    }

    /// What the meter's page says of a rule when it is sent: which rule it saw.
    pub(super) async fn seen(&self, id: i64) -> String {
        let page = self.staff.get(&format!("/slm/{UNIT}")).await.body;
        let before = format!(r#"rules/{id}/enabled"><input type="hidden" name="seen" value=""#);
        let (_, rest) = page.split_once(&before).expect("the rule");
        rest.split('"').next().expect("a mark").to_owned()
    }

    pub(super) async fn sends(&self, method: Method, rest: &str, body: &Value) -> Reply {
        let request = self
            .staff
            .request(method, &format!("/api/slmm/{UNIT}/{rest}"))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json")
            .body(body.to_string());
        self.staff.send(request).await
    }

    pub(super) async fn rules(&self) -> Value {
        let path = format!("/api/slmm/{UNIT}/alerts/rules");
        self.staff.get(&path).await.json()["rules"].clone()
    }
}

pub(super) fn night() -> Value {
    json!({
        "name": "Night noise", "metric": "leq", "comparison": "above", "threshold_db": 65,
        "duration_s": 60, "schedule_start": "22:00", "schedule_end": "07:00", "schedule_days": [0, 1, 2, 3, 4],
    })
}

on_both_engines! {
    async fn a_rule_is_made_changed_and_deleted_and_all_of_it_is_on_the_record(house: House) {
        let desk = Desk::of(&house);
        let made = desk.sends(Method::POST, "alerts/rules", &night()).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let id = made.json()["rule"]["id"].as_i64().unwrap();
        let rules = desk.rules().await;
        assert_eq!((rules[0]["name"].as_str(), rules[0]["schedule_days"].as_str()), (Some("Night noise"), Some("0,1,2,3,4")));
        assert_eq!(rules[0]["standing"], "watched");

        let quieter = json!({"name": "Night noise", "metric": "leq", "threshold_db": 55.5, "enabled": false});
        let path = format!("alerts/rules/{id}");
        assert_eq!(desk.sends(Method::PUT, &path, &quieter).await.status, 200);
        let rules = desk.rules().await;
        assert_eq!((&rules[0]["threshold_db"], &rules[0]["standing"]), (&json!(55.5), &json!("paused")));

        let deleted = desk.sends(Method::DELETE, &path, &json!({})).await;
        assert_eq!(deleted.json()["remaining"], 0);
        assert_eq!(desk.rules().await, json!([]));
        assert_eq!(desk.sends(Method::DELETE, &path, &json!({})).await.status, 404);

        let log = house.data.operator().audit_log(50).unwrap();
        for act in ["unit.create-rule", "unit.change-rule", "unit.delete-rule"] {
            assert_eq!(log.iter().filter(|record| record.action == act).count(), 1, "{act}");
        }
        let change = log.iter().find(|record| record.action == "unit.change-rule").unwrap();
        let change = format!("{change:?}");
        assert!(change.contains("65") && change.contains("55.5"), "{change}");
    }

    async fn what_slmm_would_choke_on_is_refused_field_by_field(house: House) {
        let desk = Desk::of(&house);
        for (field, value) in [
            ("metric", json!("loud")), ("threshold_db", json!(161)), ("threshold_db", json!(null)),
            ("schedule_start", json!("25:00")), ("schedule_days", json!([7])), ("duration_s", json!(-1)),
            ("name", json!("")), ("nonsense", json!(1)),
        ] {
            let mut rule = night();
            rule[field] = value.clone();
            let reply = desk.sends(Method::POST, "alerts/rules", &rule).await;
            assert_eq!((reply.status, reply.header("content-type")), (422, "application/problem+json"), "{field} {value}");
            assert_eq!(reply.json()["errors"][0]["field"], field, "{}", reply.body);
        }
        assert_eq!(desk.rules().await, json!([]), "nothing half done");
        let stranger = desk.staff.get("/api/slmm/SLM-999/alerts/rules").await;
        assert_eq!(stranger.status, 404);
    }

    async fn the_page_says_rules_as_sentences_and_keeps_what_was_typed(house: House) {
        let desk = Desk::of(&house);
        let page = format!("/slm/{UNIT}");
        let fields = [("name", "Night <noise>"), ("metric", "leq"), ("duration_s", "60"), ("threshold_db", "900")];
        let refused = desk.staff.submit(&format!("{page}/rules"), &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Night &lt;noise&gt;") && refused.body.contains("threshold_db-problem"), "{}", refused.body);
        let mut right = fields;
        right[3].1 = "65";
        let made = desk.staff.submit(&format!("{page}/rules"), &right).await;
        assert_eq!((made.status, made.header("location")), (303, page.as_str()));
        let shown = desk.staff.get(&page).await;
        assert!(shown.body.contains("above 65 dB for 60 s, at any time"), "{}", shown.body);
        assert!(shown.body.contains("all clear") && shown.body.contains("Keepalive on"), "{}", shown.body);
        let id = desk.rules().await[0]["id"].as_i64().unwrap();
        let seen = desk.seen(id).await;
        desk.staff.submit(&format!("{page}/rules/{id}/enabled"), &[("on", "false"), ("seen", &seen)]).await;
        assert!(desk.staff.get(&page).await.body.contains("Paused"));
        let ask = desk.staff.get(&format!("{page}/rules/{id}/delete")).await;
        assert!(ask.status == 200 && ask.body.contains("last rule"), "{}", ask.body);
        let seen = desk.seen(id).await;
        desk.staff.submit(&format!("{page}/rules/{id}/delete"), &[("seen", &seen)]).await;
        let bare = desk.staff.get(&page).await.body;
        assert!(bare.contains("still polled every 10 s for nothing, some 3 MB a day"), "{bare}");
        desk.staff.submit(&format!("{page}/keepalive"), &[("on", "false")]).await;
        assert!(desk.staff.get(&page).await.body.contains("Keepalive off"));
    }

    async fn the_form_is_read_box_by_box_and_told_back_in_words(house: House) {
        let desk = Desk::of(&house);
        let page = format!("/slm/{UNIT}");
        let fields = [
            ("name", "Night noise"), ("metric", "leq"), ("comparison", "above"), ("threshold_db", "65"), ("duration_s", "60"),
            ("schedule_start", "22:00"), ("schedule_end", "07:00"),
            ("schedule_days", "0"), ("schedule_days", "1"), ("schedule_days", "2"), ("schedule_days", "3"), ("schedule_days", "4"),
        ];
        assert_eq!(desk.staff.submit(&format!("{page}/rules"), &fields).await.status, 303);
        assert_eq!(desk.rules().await[0]["schedule_days"], "0,1,2,3,4");
        let shown = desk.staff.get(&page).await.body;
        assert!(shown.contains("above 65 dB for 60 s, 22:00 to 07:00, Mon to Fri"), "{shown}");
        let id = desk.rules().await[0]["id"].as_i64().unwrap();
        let edit = desk.staff.get(&format!("{page}/rules/{id}")).await.body;
        assert!(edit.contains(r#"type="time" value="22:00""#), "{edit}");
        assert!(edit.contains(r#"value="4" checked"#) && edit.contains(r#"value="5">Sat"#), "{edit}");

        let half = [("name", "Half"), ("threshold_db", "65"), ("schedule_start", "22:00"), ("cooldown_s", "-1"), ("schedule_days", "6")];
        let refused = desk.staff.submit(&format!("{page}/rules"), &half).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("schedule_end-problem") && refused.body.contains("cooldown_s-problem"), "{}", refused.body);
        assert!(refused.body.contains(r#"class="advanced" open"#) && refused.body.contains(r#"value="6" checked"#), "{}", refused.body);
        assert_eq!(desk.rules().await.as_array().unwrap().len(), 1, "nothing half done");
        // The page goes on from the address of the refused form.
        assert_eq!(desk.staff.get(&format!("{page}/rules")).await.status, 200);
    }

    async fn where_slmms_clock_is_not_the_sites_both_are_told(house: House) {
        let desk = Desk::of(&house);
        let same = desk.staff.get(&format!("/slm/{UNIT}")).await.body;
        assert!(!same.contains("clock, which stays"), "{same}");
        let london = house.office_with(|options| {
            options.settings.site_zone = domain::TimeZone::get("Europe/London").unwrap();
        });
        let other = Visitor::at(&london.url()).get(&format!("/slm/{UNIT}")).await.body;
        let words = "stays at UTC-05 all year. It says 23:00 now, where Europe/London has 04:00 (UTC+00).";
        assert!(other.contains(words), "{other}");
    }

    async fn a_listing_that_slmm_cannot_make_is_said_plainly(house: House) {
        let desk = Desk::of(&house);
        // SLMM stores what JSON reads as an infinite number, and cannot write it.
        let url = format!("{}/api/nl43/{UNIT}/alerts/rules", house.slmm.base_url());
        let sent = reqwest::Client::new().post(url).header("content-type", "application/json");
        sent.body(r#"{"threshold_db": 1e999}"#).send().await.unwrap();
        let page = desk.staff.get(&format!("/slm/{UNIT}")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("a rule with an impossible threshold is stored"), "{}", page.body);
    }

    async fn an_event_that_cannot_go_on_is_not_called_active(house: House) {
        let desk = Desk::of(&house);
        // The meter answers: contact is not lost any more, whatever SLMM left open.
        house.sim().insert_event(slmm_sim::Event::lost_contact(UNIT, testkit::at("2026-11-21T03:00:00Z")));
        let page = desk.staff.get(&format!("/slm/{UNIT}")).await.body;
        assert!(page.contains("all clear") && page.contains("not recorded"), "{page}");
    }

    async fn a_breach_is_active_while_its_rule_can_be_broken(house: House) {
        let desk = Desk::of(&house);
        let rule = json!({"name": "Always", "metric": "lp", "threshold_db": 1, "duration_s": 0, "clear_margin_db": 0});
        let made = desk.sends(Method::POST, "alerts/rules", &rule).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let id = made.json()["rule"]["id"].as_i64().unwrap();
        house.pass(Duration::from_secs(30));
        let page = desk.staff.get(&format!("/slm/{UNIT}")).await.body;
        assert!(page.contains("● 1 active") && page.contains("data-goes-on") && page.contains("▲ 1 active"), "{page}");
        // SLMM restarts in the middle of it, and never ends what it had begun.
        let stuck = slmm_sim::Event {
            rule_id: id,
            rule_name: "Always".into(),
            metric: "lp".into(),
            threshold_db: 1.0,
            ..slmm_sim::Event::lost_contact(UNIT, testkit::at("2026-11-20T03:00:00Z"))
        };
        house.sim().insert_event(stuck);
        let page = desk.staff.get(&format!("/slm/{UNIT}")).await.body;
        assert!(page.contains("● 1 active") && page.contains("not recorded"), "{page}");
    }

    async fn an_event_is_seen_under_a_name(house: House) {
        let desk = Desk::of(&house);
        let onset = testkit::at("2026-11-21T03:00:00Z");
        let id = house.sim().insert_event(slmm_sim::Event::lost_contact(UNIT, onset));
        let reply = desk.sends(Method::POST, &format!("alerts/events/{id}/ack"), &json!({})).await;
        assert_eq!(reply.json(), json!({"acknowledged": id, "by": "operator"}));
        let events = desk.staff.get(&format!("/api/slmm/{UNIT}/alerts/events")).await.json();
        assert_eq!(events["events"][0]["acknowledged_by"], "operator");
        assert_eq!(desk.staff.get(&format!("/api/slmm/{UNIT}/alerts/events?limit=501")).await.status, 422);
        assert_eq!(desk.sends(Method::POST, "alerts/events/999/ack", &json!({})).await.status, 404);
    }

    async fn the_inbox_has_the_newest_first_and_is_acknowledged_from(house: House) {
        let desk = Desk::of(&house);
        let over = slmm_sim::Event {
            clear_at: Some(testkit::at("2026-11-21T03:30:00Z")),
            ..slmm_sim::Event::lost_contact(UNIT, testkit::at("2026-11-21T03:20:00Z"))
        };
        house.sim().insert_event(over);
        let id = house.sim().insert_event(slmm_sim::Event::lost_contact(UNIT, testkit::at("2026-11-21T03:00:00Z")));
        let page = desk.staff.get("/alerts").await;
        assert!(page.body.contains("None active") && page.body.contains("North gate"), "{}", page.body);
        // The meter answers: what SLMM left open for good is over, and no concern.
        assert!(page.body.contains("not recorded") && !page.body.contains(">Active<"), "{}", page.body);
        let (first, second) = (page.body.find("03:20:00Z").unwrap(), page.body.find("03:00:00Z").unwrap());
        assert!(first < second, "the newest comes first");
        let seen = desk.staff.submit(&format!("/slm/{UNIT}/events/{id}/ack"), &[("from", "alerts")]).await;
        assert_eq!((seen.status, seen.header("location")), (303, "/alerts"));
        let unseen = desk.staff.get("/alerts?state=unseen").await.body;
        assert!(!unseen.contains("03:00:00Z") && unseen.contains("03:20:00Z"), "{unseen}");
        assert!(desk.staff.get("/alerts?unit=SLM-9").await.body.contains("Nothing to show."));
    }

    async fn without_slmm_the_page_stays_and_says_so(house: House) {
        house.data.site("Harbour Tower", UNIT);
        house.sim().set_down(true);
        let app = house.office_with(|options| options.slmm_timeout = Duration::from_millis(300));
        let staff = Visitor::at(&app.url());
        let page = staff.get(&format!("/slm/{UNIT}")).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("SLMM does not answer") && page.body.contains("SLMM does not say"), "{}", page.body);
        let rules = staff.get(&format!("/api/slmm/{UNIT}/alerts/rules")).await;
        assert_eq!(rules.status, 502);
        assert!(staff.get("/alerts").await.body.contains("SLMM said nothing of 1 meter:"));
    }
}
