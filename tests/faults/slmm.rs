//! SLMM, a process of its own, is frozen, killed and started again. (What it answers wrongly, slowly
//! or not at all is told in `portal::upstream`, `portal::upstream_partial` and the tests of `slmm`.)

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::{Clock as _, SystemClock};
use futures_util::future::{join, join_all};
use serde_json::Value;
use store::DatabaseOptions;
use testkit::postgres::own_address;
use testkit::{
    Engine, OnEngine as _, PortalApp, PortalOptions, Program, Running, Site, TestDatabase, Viewer,
    Visitor,
};

use super::{AMPLE, eventually};

/// A portal in real time over an SLMM that is a process.
struct Outpost {
    address: SocketAddr,
    url: String,
    slmm: Running,
    site: Site,
    app: PortalApp,
    _data: TestDatabase,
}

fn start_slmm(address: SocketAddr) -> Running {
    let mut running = Program::named("slmm-sim")
        .arguments(["--units", "1", "--listen", &address.to_string()])
        .start();
    running.until("serving");
    running
}

impl Outpost {
    fn new() -> Self {
        let address = own_address();
        let url = format!("http://{address}");
        let slmm = start_slmm(address);
        let data = TestDatabase::on(Engine::Sqlite);
        let site = data.site("Harbour Tower", "SLM-101");
        let clock = Arc::new(SystemClock);
        let mut options = PortalOptions {
            slmm_timeout: Duration::from_secs(1),
            ..PortalOptions::default()
        };
        options.settings.stale_after = Duration::from_secs(4);
        options.settings.heartbeat = Duration::from_secs(1);
        options.feed_times.silence = Duration::from_secs(5);
        options.feed_times.longest_retry = Duration::from_secs(1);
        let database = data.another_with(DatabaseOptions::new(clock.clone()));
        let app = PortalApp::start(database, &url, clock, options);
        Self {
            address,
            url,
            slmm,
            site,
            app,
            _data: data,
        }
    }

    async fn live(&self, visitor: &Visitor) -> Value {
        let path = format!("/portal/api/location/{}/live", self.site.location);
        visitor.get(&path).await.json()
    }

    /// How much SLMM was asked in all, and how much at once.
    async fn asked(&self) -> (u64, u64) {
        let counters = Visitor::at(&self.url).get("/_sim/counters").await.json();
        let most = counters["max_in_flight"].as_u64().expect("a number");
        let kinds = counters["requests"].as_object().expect("kinds").values();
        (kinds.filter_map(Value::as_u64).sum(), most)
    }

    /// A crowd reloads for as long as `trouble` lasts; everybody is answered.
    async fn under_a_crowd<T>(&self, trouble: impl Future<Output = T>) -> T {
        let over = AtomicBool::new(false);
        let first = Visitor::of(&self.app).enter(&self.site.portal).await;
        let crowd: Vec<_> = (0..20).map(|_| first.moves_to(&self.app)).collect();
        let reloading = join_all(crowd.iter().map(|one| async {
            while !over.load(Ordering::Relaxed) {
                assert_eq!(one.get("/portal").await.status, 200);
                self.live(one).await;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }));
        let trouble = async {
            let outcome = trouble.await;
            over.store(true, Ordering::Relaxed);
            outcome
        };
        join(reloading, trouble).await.1
    }

    /// SLMM has gone: what it said last is shown with its age, which grows, until it is stale; and
    /// sockets stay open.
    async fn is_remembered(&self, visitor: &Visitor, viewer: &mut Viewer) {
        eventually("it is remembered", async || {
            self.live(visitor).await["remembered"] == true
        })
        .await;
        let first = self.live(visitor).await;
        assert!(first["reading"]["lp"].is_f64(), "{first}");
        let stale = async { while viewer.frame("reading").await["state"] != "stale" {} };
        tokio::time::timeout(AMPLE, stale)
            .await
            .expect("it turns stale");
        viewer.frame("heartbeat").await;
        let then = self.live(visitor).await;
        assert_eq!(
            (&then["state"], &then["remembered"]),
            (&"stale".into(), &true.into()),
            "{then}"
        );
        assert_eq!(then["reading"], first["reading"]);
        assert!(then["age_s"].as_f64() > first["age_s"].as_f64(), "{then}");
        assert!(visitor.get("/portal").await.body.contains("Stale"));
    }

    /// It is back, and so is everything, by itself.
    async fn is_current(&self, visitor: &Visitor, viewer: &mut Viewer) {
        let measuring = async { while viewer.frame("reading").await["state"] != "measuring" {} };
        tokio::time::timeout(AMPLE, measuring)
            .await
            .expect("it measures again");
        eventually("it is told as it is now", async || {
            let live = self.live(visitor).await;
            live["state"] == "measuring" && live["remembered"] == false
        })
        .await;
        eventually("one feed is open", async || {
            self.app.slmm().feed_counters().open == 1
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_slmm_is_remembered_and_not_stormed_when_it_thaws() {
    let outpost = Outpost::new();
    let visitor = Visitor::of(&outpost.app).enter(&outpost.site.portal).await;
    let mut viewer = visitor.watch(outpost.site.location).await.unwrap();
    outpost.is_current(&visitor, &mut viewer).await;
    let (before, _) = outpost.asked().await;
    let begun = SystemClock.elapsed();
    outpost
        .under_a_crowd(async {
            outpost.slmm.signal("STOP");
            outpost.is_remembered(&visitor, &mut viewer).await;
            outpost.slmm.signal("CONT");
            // What was sent into the ice is answered now, and more.
            outpost.is_current(&visitor, &mut viewer).await;
        })
        .await;
    let (after, at_once) = outpost.asked().await;
    assert!(at_once <= 4, "{at_once} at once");
    assert_few(after - before, begun);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_slmm_is_remembered_until_it_is_back() {
    let mut outpost = Outpost::new();
    let begun = SystemClock.elapsed();
    let visitor = Visitor::of(&outpost.app).enter(&outpost.site.portal).await;
    let mut viewer = visitor.watch(outpost.site.location).await.unwrap();
    outpost.is_current(&visitor, &mut viewer).await;
    outpost.slmm.signal("KILL");
    outpost
        .under_a_crowd(outpost.is_remembered(&visitor, &mut viewer))
        .await;
    outpost.slmm = start_slmm(outpost.address);
    outpost
        .under_a_crowd(outpost.is_current(&visitor, &mut viewer))
        .await;
    let (asked, at_once) = outpost.asked().await;
    assert!(at_once <= 4, "{at_once} at once");
    assert_few(asked, begun);
}

/// SLMM was asked twice a second of a kind at most, feeds and what was given up included, since
/// then. The crowd asked hundreds of times a second.
fn assert_few(asked: u64, begun: Duration) {
    let seconds = SystemClock.elapsed().saturating_sub(begun).as_secs();
    assert!(asked < 10 + 3 * seconds, "{asked} requests in {seconds} s");
}
