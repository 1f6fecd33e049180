//! A served simulator on a manual clock, and a client.

use std::sync::Arc;
use std::time::Duration;

use domain::Clock;
use serde_json::Value;
use slmm_sim::{Event, RuleSpec, RunningSim, Sim, SimConfig};
use testkit::ManualClock;

/// The unit most tests look at.
pub(crate) const UNIT: &str = "SLM-102";

pub(crate) struct Bench {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) sim: Sim,
    pub(crate) running: RunningSim,
    pub(crate) client: awc::Client,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }
}

/// A simulator without a server, for what needs none.
pub(crate) fn unserved(config: &SimConfig) -> (Arc<ManualClock>, Sim) {
    let clock = Arc::new(ManualClock::default());
    let sim = Sim::new(config, Arc::clone(&clock) as Arc<dyn Clock>);
    (clock, sim)
}

/// What was captured from the real service.
pub(crate) fn fixture(name: &str) -> String {
    let path = format!(
        "{}/../../tests/fixtures/slmm/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::of(&SimConfig::default())
    }

    pub(crate) fn of(config: &SimConfig) -> Self {
        let (clock, sim) = unserved(config);
        let running = sim.serve("127.0.0.1:0").unwrap();
        let connector = awc::Connector::new().limit(0);
        let client = awc::Client::builder()
            .timeout(Duration::from_secs(20))
            .disable_redirects()
            .connector(connector)
            .finish();
        Self {
            clock,
            sim,
            running,
            client,
        }
    }

    pub(crate) fn advance(&self, seconds: f64) {
        self.clock.advance(Duration::from_secs_f64(seconds));
        self.sim.tick();
    }

    /// Lets only explicit polls happen, the unit hearing this level at each.
    pub(crate) fn hear(&self, after_s: f64, level: f64) {
        self.sim.stall(UNIT, true).unwrap();
        self.clock.advance(Duration::from_secs_f64(after_s));
        self.sim.set_level(UNIT, Some(level)).unwrap();
        self.sim.poll(UNIT).unwrap();
    }

    pub(crate) fn add_rule(&self, spec: RuleSpec) -> i64 {
        self.sim.insert_rule(UNIT, spec).id
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.sim.events(UNIT)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.base_url())
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(awc::http::Method::GET, path, "").await
    }

    pub(crate) async fn send(&self, method: awc::http::Method, path: &str, body: &str) -> Answer {
        self.try_send(method, path, body).await.unwrap()
    }

    pub(crate) async fn try_send(
        &self,
        method: awc::http::Method,
        path: &str,
        body: &str,
    ) -> Result<Answer, String> {
        let request = self.client.request(method, self.url(path));
        // A kept connection could be closed by the server just as a slow test reuses it.
        let request = request
            .force_close()
            .insert_header(("content-type", "application/json"));
        let sent = request.send_body(body.to_owned()).await;
        let mut response = sent.map_err(|error| error.to_string())?;
        let content_type = response.headers().get("content-type");
        let content_type = content_type
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default();
        let body = response
            .body()
            .limit(64 << 20)
            .await
            .map_err(|error| error.to_string())?;
        Ok(Answer {
            status: response.status().as_u16(),
            content_type,
            text: String::from_utf8(body.to_vec()).unwrap(),
        })
    }
}
