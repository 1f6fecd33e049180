//! What becomes of an act at SLMM that does not go as hoped: nothing is done twice, nothing typed is
//! lost, nothing done is off the record, and every answer says what is so.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use slmm_sim::{Endpoint, Event, Fault, Scope};
use testkit::{House, Visitor, at, on_both_engines};

use super::meter::{Desk, UNIT, night};

const TYPED: [(&str, &str); 3] = [
    ("name", "Night <noise>"),
    ("metric", "leq"),
    ("threshold_db", "65"),
];

impl Desk {
    async fn makes(&self, name: &str) -> i64 {
        let mut rule = night();
        rule["name"] = name.into();
        let made = self.sends(Method::POST, "alerts/rules", &rule).await;
        assert_eq!(made.status, 201, "{}", made.body);
        made.json()["rule"]["id"].as_i64().expect("an id")
    }
}

fn page(rest: &str) -> String {
    format!("/slm/{UNIT}{rest}")
}

fn acts(house: &House, action: &str) -> Vec<String> {
    let log = house.data.operator().audit_log(50).unwrap();
    let of = log.iter().filter(|record| record.action == action);
    of.map(|record| format!("{record:?}")).collect()
}

/// Waits for something that other threads bring about.
async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let ample = Duration::from_secs(20);
    tokio::time::timeout(ample, waiting)
        .await
        .expect("it comes about");
}

on_both_engines! {
    async fn an_old_page_touches_no_other_rule(house: House) {
        let desk = Desk::of(&house);
        let id = desk.makes("Night noise").await;
        let old = desk.seen(id).await;
        let gone = desk.sends(Method::DELETE, &format!("alerts/rules/{id}"), &json!({})).await;
        assert_eq!(gone.status, 200);
        assert_eq!(desk.makes("Works by day").await, id, "SLMM uses ids again");

        let rest = format!("/rules/{id}");
        for (rest, field) in [("/enabled", ("on", "false")), ("/delete", ("x", "")), ("", ("name", "Mine"))] {
            for seen in [old.as_str(), ""] {
                let fields = [("threshold_db", "65"), field, ("seen", seen)];
                let refused = desk.staff.submit(&page(&format!("/rules/{id}{rest}")), &fields).await;
                assert_eq!(refused.status, 409, "{rest} {seen}");
                assert!(refused.body.contains("The rule has changed meanwhile: look at it again"), "{}", refused.body);
            }
        }
        let rules = desk.rules().await;
        assert_eq!((&rules[0]["name"], &rules[0]["enabled"]), (&json!("Works by day"), &json!(true)));

        // What was typed stays on the refused page, and with the mark of today it goes through.
        let fields = [("name", "Mine <now>"), ("threshold_db", "66"), ("seen", old.as_str())];
        let refused = desk.staff.submit(&page(&rest), &fields).await.body;
        assert!(refused.contains("Mine &lt;now&gt;") && refused.contains(&format!(r#"name="seen" value="{old}""#)), "{refused}");
        let edit = desk.staff.get(&page(&rest)).await.body;
        let now = desk.seen(id).await;
        assert!(now != old && edit.contains(&format!(r#"name="seen" value="{now}""#)), "{edit}");
        let fields = [("name", "Mine"), ("threshold_db", "66"), ("seen", now.as_str())];
        assert_eq!(desk.staff.submit(&page(&rest), &fields).await.status, 303);
        let ask = desk.staff.get(&page(&format!("{rest}/delete"))).await.body;
        let now = desk.seen(id).await;
        assert!(ask.contains(&format!(r#"<input type="hidden" name="seen" value="{now}">"#)), "{ask}");
        assert_eq!(desk.staff.submit(&page(&format!("{rest}/delete")), &[("seen", &now)]).await.status, 303);
    }

    async fn what_slmm_does_not_confirm_is_on_the_record_as_not_known(house: House) {
        let desk = Desk::of(&house);
        house.sim().set_fault(Scope::endpoint(Endpoint::Rules), Fault::InternalError);
        let unsure = desk.staff.submit(&page("/rules"), &TYPED).await;
        assert_eq!(unsure.status, 502);
        assert!(unsure.body.contains("it may be done, or not") && unsure.body.contains("Night &lt;noise&gt;"), "{}", unsure.body);
        let made = acts(&house, "unit.create-rule");
        assert!(made.len() == 1 && made[0].contains("not known") && made[0].contains("Night <noise>"), "{made:?}");

        house.sim().set_fault(Scope::endpoint(Endpoint::MonitorControl), Fault::InternalError);
        let unsure = desk.staff.submit(&page("/keepalive"), &[("on", "true")]).await;
        assert!(unsure.status == 502 && unsure.body.contains("before you repeat it"), "{}", unsure.body);
        let kept = acts(&house, "unit.keepalive-on");
        assert!(kept.len() == 1 && kept[0].contains("not known"), "{kept:?}");
    }

    async fn what_cannot_be_put_on_the_record_is_not_done_twice(house: House) {
        let desk = Desk::of(&house);
        house.data.raw().execute("ALTER TABLE audit_log RENAME TO audit_log_away");
        let made = desk.staff.submit(&page("/rules"), &TYPED).await;
        assert_eq!((made.status, made.header("location")), (303, page("").as_str()), "{}", made.body);
        assert_eq!(desk.rules().await.as_array().map(Vec::len), Some(1));
    }

    async fn what_slmm_does_after_the_browser_has_gone_is_on_the_record(house: House) {
        let desk = Desk::of(&house);
        let scope = Scope::endpoint(Endpoint::MonitorControl);
        house.sim().set_fault(scope.clone(), Fault::Hold);
        let asked = desk.staff.request(Method::POST, &page("/keepalive"));
        let asked = asked.header("sec-fetch-site", "same-origin").header("content-type", "application/x-www-form-urlencoded");
        let browser = tokio::spawn(asked.body("on=true").send());
        until(|| house.sim().counters().requests(Endpoint::MonitorControl) == 1).await;
        browser.abort();
        assert!(browser.await.is_err(), "the browser has gone");
        house.sim().clear_fault(&scope);
        until(|| !acts(&house, "unit.keepalive-on").is_empty()).await;
        assert!(!acts(&house, "unit.keepalive-on")[0].contains("not known"));
    }

    async fn nothing_typed_is_lost_while_slmm_is_away(house: House) {
        let desk = Desk::of(&house);
        let id = desk.makes("Night noise").await;
        let seen = desk.seen(id).await;
        house.sim().set_down(true);
        let mut fields = TYPED.to_vec();
        fields.push(("seen", &seen));
        for rest in ["/rules".to_owned(), format!("/rules/{id}")] {
            let refused = desk.staff.submit(&page(&rest), &fields).await;
            assert_eq!(refused.status, 502, "{rest}");
            assert!(refused.body.contains("Nothing was changed there") && refused.body.contains(r#"value="Night &lt;noise&gt;""#), "{}", refused.body);
        }
        house.sim().set_down(false);
        assert_eq!(desk.sends(Method::DELETE, &format!("alerts/rules/{id}"), &json!({})).await.status, 200);
        let refused = desk.staff.submit(&page(&format!("/rules/{id}")), &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("no such rule") && refused.body.contains("Night &lt;noise&gt;"), "{}", refused.body);
    }

    async fn a_meter_that_slmm_does_not_have_is_told_as_that(house: House) {
        let desk = Desk::of(&house);
        house.data.site("Depot", "SLM-1O1");
        let shown = desk.staff.get("/slm/SLM-1O1").await.body;
        assert!(shown.contains("SLMM has no meter of this id: check the spelling"), "{shown}");
        assert!(!shown.contains("SLMM does not answer"), "{shown}");
        let refused = desk.staff.submit("/slm/SLM-1O1/rules", &TYPED).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(r#"role="alert">SLMM has no meter of this id"#) && refused.body.contains("Night &lt;noise&gt;"), "{}", refused.body);
        let json = desk.staff.get("/api/slmm/SLM-1O1/status").await;
        assert!(json.status == 404 && json.body.contains("no meter of this id"), "{}", json.body);
    }

    async fn what_slmm_does_not_tell_of_its_monitors_is_not_off(house: House) {
        let desk = Desk::of(&house);
        let told = desk.staff.get(&format!("/api/slmm/{UNIT}/status")).await.json();
        assert!(told["kept_alive"].is_boolean() && told["watchers"].is_number(), "{told}");
        house.sim().set_fault(Scope::endpoint(Endpoint::MonitorStatus), Fault::InternalError);
        let told = desk.staff.get(&format!("/api/slmm/{UNIT}/status")).await.json();
        for field in ["kept_alive", "monitor_running", "watchers"] {
            assert_eq!(told.get(field), Some(&Value::Null), "{field}");
        }
        let shown = desk.staff.get(&page("")).await.body;
        assert!(shown.contains(r#"Keepalive <span class="muted">not told by SLMM"#), "{shown}");
        assert!(!shown.contains("does not run") && shown.contains("some 3 MB a day"), "{shown}");
    }

    async fn clocks_are_compared_and_times_told_where_the_meter_stands(house: House) {
        let desk = Desk::of(&house);
        house.data.raw().execute("UPDATE projects SET time_zone = 'Europe/London'");
        let id = desk.makes("Night noise").await;
        for path in [page(""), page(&format!("/rules/{id}"))] {
            let shown = desk.staff.get(&path).await.body;
            assert!(shown.contains("stays at UTC-05 all year. It says 23:00 now, where Europe/London has 04:00"), "{shown}");
        }
        let shown = desk.staff.get(&page("")).await.body;
        assert!(shown.contains("Times in Europe/London") && shown.contains(r#"data-zone="Europe/London""#), "{shown}");
    }

    async fn who_saw_an_event_first_stays_who_saw_it(house: House) {
        let desk = Desk::of(&house);
        let seen = Event {
            acknowledged_at: Some(at("2026-11-21T03:30:00Z")),
            acknowledged_by: Some("Ada".into()),
            ..Event::lost_contact(UNIT, at("2026-11-21T03:00:00Z"))
        };
        let id = house.sim().insert_event(seen);
        let refused = desk.staff.submit(&page(&format!("/events/{id}/ack")), &[("from", "meter")]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Already seen by Ada at Fri 20 Nov 2026, 22:30:00"), "{}", refused.body);
        let json = desk.sends(Method::POST, &format!("alerts/events/{id}/ack"), &json!({})).await;
        assert_eq!((json.status, json.header("content-type")), (409, "application/problem+json"));
        assert_eq!(house.sim().events(UNIT)[0].acknowledged_by.as_deref(), Some("Ada"));
        assert!(acts(&house, "unit.acknowledge-event").is_empty());
    }

    async fn rules_that_cannot_be_listed_are_mended_by_a_number(house: House) {
        let desk = Desk::of(&house);
        let kept = desk.makes("Night noise").await;
        let listed = desk.staff.submit(&page("/delete-rule"), &[("rule", &kept.to_string())]).await;
        assert!(listed.status == 409 && listed.body.contains("choose among them"), "{}", listed.body);
        for by_page in [true, false] {
            let id = impossible(&house).await;
            let shown = desk.staff.get(&page("")).await.body;
            assert!(shown.contains("Delete the rule of this number"), "{shown}");
            if by_page {
                for (number, status) in [("", 422), ("x", 422), ("999", 422)] {
                    let refused = desk.staff.submit(&page("/delete-rule"), &[("rule", number)]).await;
                    assert_eq!(refused.status, status, "{number}");
                    assert!(refused.body.contains(r#"class="problem""#), "{}", refused.body);
                }
                // The page goes on from the address of the refused form.
                assert_eq!(desk.staff.get(&page("/delete-rule")).await.status, 200);
                let done = desk.staff.submit(&page("/delete-rule"), &[("rule", &id.to_string())]).await;
                assert_eq!((done.status, done.header("location")), (303, page("").as_str()), "{}", done.body);
            } else {
                let done = desk.sends(Method::DELETE, &format!("alerts/rules/{id}"), &json!({})).await;
                assert_eq!((done.status, done.json()), (200, json!({"deleted": id.to_string(), "remaining": 1})));
            }
            assert_eq!(desk.rules().await[0]["id"], kept, "the listing is mended");
        }
        let deleted = acts(&house, "unit.delete-rule");
        assert!(deleted.len() == 2 && deleted.iter().all(|act| act.contains("rule")), "{deleted:?}");
    }

    async fn a_refusal_is_no_silence(house: House) {
        let desk = Desk::of(&house);
        let staff: &Visitor = &desk.staff;
        house.sim().set_fault(Scope::endpoint(Endpoint::MonitorControl), Fault::Status(403));
        let refused = staff.submit(&page("/keepalive"), &[("on", "true")]).await;
        assert_eq!(refused.status, 502);
        assert!(refused.body.contains("SLMM refused it: it does not let this app do that"), "{}", refused.body);
        assert!(!refused.body.contains("does not answer"), "{}", refused.body);
        assert!(acts(&house, "unit.keepalive-on").is_empty(), "nothing was done");
    }
}

/// Stores what SLMM reads as an infinite number and cannot write.
async fn impossible(house: &House) -> i64 {
    let url = format!("{}/api/nl43/{UNIT}/alerts/rules", house.slmm.base_url());
    let sent = reqwest::Client::new().post(url);
    let sent = sent.header("content-type", "application/json");
    sent.body(r#"{"threshold_db": 1e999}"#)
        .send()
        .await
        .unwrap();
    let rules = house.sim().rules(UNIT);
    rules
        .iter()
        .map(|rule| rule.id)
        .max()
        .expect("it is stored")
}
