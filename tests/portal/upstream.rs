//! SLMM away, slow or talking nonsense: the portal goes on, and tells what it knows for what it is.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use serde_json::{Value, json};
use slmm_sim::{Event, Fault, RuleSpec, RunningSim, Scope, Sim, SimConfig};
use testkit::{PortalApp, PortalOptions, Site, TestDatabase, at};

use super::guest::{AMPLE, Guest, until};

const UNIT: &str = "SLM-101";

/// A portal whose SLMM can be killed.
struct Outpost {
    data: TestDatabase,
    site: Site,
    sim: Sim,
    address: SocketAddr,
    running: Option<RunningSim>,
}

impl Outpost {
    /// One that has a limit and a breach that is over.
    fn new() -> Self {
        let data = TestDatabase::sqlite();
        let site = data.site("Harbour Tower", UNIT);
        let sim = Sim::new(&SimConfig::default(), data.clock().clone());
        let rule = sim.insert_rule(
            UNIT,
            RuleSpec {
                name: "Night noise".into(),
                threshold_db: 120.0,
                ..RuleSpec::default()
            },
        );
        sim.insert_event(Event {
            rule_id: rule.id,
            rule_name: rule.spec.name,
            metric: "lp".into(),
            threshold_db: 120.0,
            onset_value: Some(121.0),
            peak_value: Some(122.0),
            clear_at: Some(at("2026-11-21T03:01:00Z")),
            ..Event::lost_contact(UNIT, at("2026-11-21T03:00:00Z"))
        });
        let running = sim.serve("127.0.0.1:0").unwrap();
        Self {
            address: running.address(),
            running: Some(running),
            data,
            site,
            sim,
        }
    }

    fn portal(&self) -> PortalApp {
        let clock = self.data.clock().clone();
        // Soon over where nothing comes, long where the machine is busy.
        let options = PortalOptions {
            slmm_timeout: Duration::from_secs(1),
            ..PortalOptions::default()
        };
        PortalApp::start(
            self.data.another(),
            &format!("http://{}", self.address),
            clock,
            options,
        )
    }

    fn pass(&self, time: Duration) {
        self.data.clock().advance(time);
    }

    /// Lets more time pass than anything waits before SLMM is asked again, in which SLMM has
    /// polled its meters.
    fn pass_any_delay(&self) {
        self.pass(Duration::from_secs(40));
        self.sim.tick();
    }

    async fn begin(&mut self, trouble: &Trouble) {
        match trouble {
            Trouble::Refused => self.running.take().unwrap().stop().await,
            Trouble::Answers(fault) => self.sim.set_fault(Scope::all(), fault.clone()),
        }
    }

    /// Ends it, and waits for what is still on its way into it.
    async fn end(&mut self, trouble: &Trouble, app: &PortalApp) {
        match trouble {
            Trouble::Refused => self.running = Some(self.serve_again().await),
            Trouble::Answers(_) => self.sim.clear_faults(),
        }
        until(|| app.slmm().counters().in_flight == 0).await;
    }

    /// Another process may hold the port for a moment, as the near end of a connection.
    async fn serve_again(&self) -> RunningSim {
        let serving = async {
            loop {
                match self.sim.serve(&self.address.to_string()) {
                    Ok(running) => return running,
                    Err(_taken) => tokio::time::sleep(Duration::from_millis(50)).await,
                }
            }
        };
        tokio::time::timeout(AMPLE, serving)
            .await
            .expect("the port is free again")
    }
}

enum Trouble {
    /// Nothing listens.
    Refused,
    /// Every answer is like this.
    Answers(Fault),
}

/// The whole story: trouble from the first request, recovery, trouble after a good answer, until
/// everything is too old to be told, recovery.
async fn story(trouble: Trouble) {
    let mut outpost = Outpost::new();
    outpost.begin(&trouble).await;
    let app = outpost.portal();
    let guest = Guest::of(&app, &outpost.site).await;
    guest.opens_everything(&app).await;
    is_told_nothing(&guest).await;

    outpost.end(&trouble, &app).await;
    outpost.pass_any_delay();
    let seen = is_told_everything(&guest, &outpost).await;

    outpost.begin(&trouble).await;
    outpost.pass(Duration::from_secs(2));
    guest.opens_everything(&app).await;
    is_told_what_was(&guest, &seen, ("measuring", 2.0)).await;
    outpost.pass(Duration::from_secs(60));
    is_told_what_was(&guest, &seen, ("stale", 62.0)).await;
    // Not everything was heard at the same second: nearly an hour, and well over it.
    outpost.pass(Duration::from_secs(3300 - 62));
    is_told_what_was(&guest, &seen, ("stale", 3300.0)).await;
    outpost.pass(Duration::from_secs(301));
    guest.opens_everything(&app).await;
    is_told_nothing(&guest).await;

    outpost.end(&trouble, &app).await;
    outpost.pass_any_delay();
    let live = is_told_everything(&guest, &outpost).await;
    assert!(live["reading"]["at"].as_str() > seen["reading"]["at"].as_str());
}

async fn is_told_nothing(guest: &Guest) {
    let live = guest.tells("live").await;
    let location = live["location"].clone();
    assert_eq!(
        live,
        json!({"location": location, "state": "unavailable", "measuring_since": null, "age_s": null,
               "remembered": false, "reading": null})
    );
    let overview = guest.overview().await;
    assert_eq!(
        (
            &overview["rollup"]["unavailable"],
            &overview["rollup"]["above_limit"]
        ),
        (&json!(1), &json!(0))
    );
    let tile = &overview["locations"][0];
    assert_eq!(
        (&tile["state"], &tile["reading"], &tile["above_limit"]),
        (&json!("unavailable"), &Value::Null, &json!(false))
    );
    let columns = json!({"hours": 24.0, "at": [], "lp": [], "leq": [], "lmax": [], "ln1": [], "ln2": [], "available": false});
    assert_eq!(guest.tells("history?hours=24").await, columns);
    let none = json!({"active": 0, "events": [], "interruptions": [], "available": false});
    assert_eq!(guest.tells("events").await, none);
    assert_eq!(guest.reads("/portal/api/events").await, none);
    assert_eq!(
        guest.tells("thresholds").await,
        json!({"limits": [], "available": false})
    );
    assert!(guest.opens("/portal").await.body.contains("Unavailable"));
    assert_eq!(
        guest.reads("/readyz").await,
        json!({"status": "ready", "database": "ok", "slmm": "unreachable"})
    );
}

/// Waits for the portal to have heard SLMM again, and gives what it says then.
async fn is_told_everything(guest: &Guest, outpost: &Outpost) -> Value {
    let known = |answer: &Value| answer.get("available").is_none();
    let fresh = |live: &Value| live["state"] == "measuring" && live["remembered"] == false;
    let pass = || outpost.pass(Duration::from_secs(1));
    for what in ["history", "history?hours=24", "events", "thresholds"] {
        guest.reads_while(&guest.path(what), known, pass).await;
    }
    guest.reads_while("/portal/api/events", known, pass).await;
    let live = guest.reads_while(&guest.path("live"), fresh, pass).await;
    assert!(
        live["reading"]["leq"].is_f64() && live["age_s"].as_f64() < Some(12.0),
        "{live}"
    );
    assert_eq!(guest.overview().await["rollup"]["measuring"], 1);
    live
}

/// Everything is told as it was seen, for what it is: the reading with its age in `state`.
async fn is_told_what_was(guest: &Guest, seen: &Value, (state, later_s): (&str, f64)) {
    let live = guest.tells("live").await;
    assert_eq!(
        (&live["state"], &live["remembered"]),
        (&json!(state), &json!(true)),
        "{live}"
    );
    assert_eq!(live["reading"], seen["reading"]);
    let age_s = seen["age_s"].as_f64().unwrap() + later_s;
    assert!(
        (live["age_s"].as_f64().unwrap() - age_s).abs() < 0.11,
        "{live}, not {age_s}"
    );
    let tile = &guest.overview().await["locations"][0];
    assert_eq!(
        (&tile["state"], &tile["reading"]),
        (&json!(state), &seen["reading"])
    );
    let history = guest.tells("history?hours=24").await;
    assert!(history["at"].as_array().unwrap().len() > 1000 && history.get("available").is_none());
    for events in [
        guest.tells("events").await,
        guest.reads("/portal/api/events").await,
    ] {
        assert_eq!(
            (&events["active"], &events["events"][0]["status"]),
            (&json!(0), &json!("cleared"))
        );
        assert_eq!(
            (&events["events"][0]["peak_db"], events.get("available")),
            (&json!(122.0), None)
        );
    }
    assert_eq!(
        guest.tells("thresholds").await["limits"][0]["name"],
        "Night noise"
    );
}

/// Every field of every answer, of a kind that it never is.
fn wrong_types() -> String {
    let row = json!({
        "unit_id": 101, "last_seen": 1_795_233_600, "measurement_state": true, "measurement_start_time": {},
        "lp": [65.2], "leq": {}, "lmax": true, "lmin": null, "lpeak": false, "ln1": [], "ln2": {"a": 1},
        "raw_payload": 5, "is_reachable": "yes", "consecutive_failures": "no", "last_success": 0, "last_error": [],
    });
    json!({"status": 7, "data": row, "monitors": [true], "rules": {"id": 1}, "events": "none", "readings": 5}).to_string()
}

/// A good answer to everything, but with more padding than any answer has.
fn padded() -> String {
    let row = json!({"unit_id": UNIT, "last_seen": "2026-11-21T04:00:00", "measurement_state": "Start", "lp": "33.3"});
    let padding = "x".repeat(5 << 20);
    json!({"padding": padding, "data": row, "monitors": {}, "rules": [], "events": [], "readings": []}).to_string()
}

macro_rules! outages {
    ($($name:ident: $trouble:expr,)+) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            story($trouble).await;
        }
    )+};
}

outages! {
    slmm_refuses_connections: Trouble::Refused,
    slmm_closes_connections: Trouble::Answers(Fault::Close),
    slmm_never_answers: Trouble::Answers(Fault::Hold),
    slmm_begins_an_answer_and_stalls: Trouble::Answers(Fault::Stalled),
    slmm_answers_500_in_plain_text: Trouble::Answers(Fault::InternalError),
    a_gateway_answers_502: Trouble::Answers(Fault::Status(502)),
    slmm_answers_with_a_web_page: Trouble::Answers(Fault::Html),
    slmm_answers_with_nothing: Trouble::Answers(Fault::Empty),
    slmm_answers_with_half_of_it: Trouble::Answers(Fault::Truncated),
    slmm_answers_ten_thousand_deep: Trouble::Answers(Fault::Nested(10_000)),
    slmm_answers_with_wrong_types_everywhere: Trouble::Answers(Fault::Body(wrong_types())),
    slmm_answers_with_fifty_megabytes: Trouble::Answers(Fault::Huge(50 << 20)),
    slmm_answers_well_but_at_length: Trouble::Answers(Fault::Body(padded())),
}

#[tokio::test(flavor = "multi_thread")]
async fn slmm_sends_elsewhere_and_nobody_goes() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = elsewhere.local_addr().unwrap();
    story(Trouble::Answers(Fault::Redirect(format!(
        "http://{address}/api/nl43/{UNIT}/status"
    ))))
    .await;
    elsewhere.set_nonblocking(true).unwrap();
    assert_eq!(
        elsewhere.accept().unwrap_err().kind(),
        std::io::ErrorKind::WouldBlock
    );
}
