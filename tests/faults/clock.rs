//! Somebody sets the machine's clock: an hour back, a day forward. No door opens by it, and nothing
//! stands still until the clock has come round.

use std::sync::Arc;
use std::time::Duration;

use auth::{Role, Signer, Token as _};
use domain::{Clock as _, Timestamp};
use slmm_sim::{Sim, SimConfig};
use testkit::apps::test_key;
use testkit::{
    Engine, House, ManualClock, OnEngine, OperatorApp, PortalApp, Site, TestDatabase, Viewer,
    Visitor,
};
use web_operator::Access;

use super::eventually;

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// A house whose SLMM is on another machine, the clock of which nobody touches.
struct Stepped {
    house: House,
    slmm_clock: Arc<ManualClock>,
    site: Site,
    app: PortalApp,
}

impl OnEngine for Stepped {
    fn on(engine: Engine) -> Self {
        let data = TestDatabase::on(engine);
        let slmm_clock = Arc::new(ManualClock::default());
        let sim = Sim::new(&SimConfig::default(), slmm_clock.clone());
        let slmm = sim.serve("127.0.0.1:0").expect("the simulator is served");
        let house = House { data, slmm };
        let site = house.data.site("Harbour Tower", "SLM-101");
        let app = house.portal();
        Self {
            house,
            slmm_clock,
            site,
            app,
        }
    }
}

impl Stepped {
    fn now(&self) -> Timestamp {
        self.house.clock().now()
    }

    /// Lets time pass for all.
    fn pass(&self, seconds: u64) {
        for _ in 0..seconds {
            self.house.clock().advance(Duration::from_secs(1));
            self.slmm_clock.advance(Duration::from_secs(1));
            self.house.sim().tick();
        }
    }

    fn step_back(&self) {
        self.house.clock().step_to(self.now() - HOUR);
    }

    fn step_forward(&self) {
        self.house.clock().step_to(self.now() + DAY);
    }

    async fn client(&self) -> Visitor {
        Visitor::of(&self.app).enter(&self.site.portal).await
    }

    async fn knock(&self, address: &str, password: &str) -> (u16, String) {
        let guesser = Visitor::of(&self.app).from_address(address);
        let reply = guesser
            .knock(self.site.portal.link.as_str(), password)
            .await;
        (reply.status, reply.header("retry-after").to_owned())
    }

    /// Guesses until nobody looks at it any more.
    async fn lock_out(&self, address: &str) -> usize {
        for looked_at in 0..20 {
            if self.knock(address, "wrong").await.0 == 429 {
                return looked_at;
            }
        }
        panic!("nobody is ever locked out");
    }

    fn ticket(&self) -> String {
        let issued = self
            .house
            .data
            .operator()
            .issue_preview_ticket(self.site.project);
        format!(
            "/portal/preview/{}",
            issued.unwrap().seal(&Signer::new(&test_key(), &[]))
        )
    }

    async fn opens(&self, path: &str) -> u16 {
        Visitor::of(&self.app).get(path).await.status
    }

    /// The state that is told of the location, asked for until it is so, with an age of no less
    /// than nothing.
    async fn comes_to_be(&self, visitor: &Visitor, state: &str) {
        eventually(state, async || {
            self.pass(2);
            let live = visitor
                .get(&format!("/portal/api/location/{}/live", self.site.location))
                .await;
            let live = live.json();
            assert!(
                live["age_s"].as_f64().is_none_or(|age| age >= 0.0),
                "{live}"
            );
            live["state"] == state
        })
        .await;
    }

    /// Frames go on coming.
    async fn lives(&self, viewer: &mut Viewer) {
        let passing = async {
            loop {
                self.pass(1);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let watching = async {
            for _ in 0..3 {
                viewer.frame("reading").await;
            }
        };
        tokio::select! { () = watching => {}, () = passing => {} }
    }

    async fn page_is_made_anew(&self, visitor: &Visitor) {
        let before = visitor.get("/portal").await.body;
        self.pass(120);
        assert_ne!(
            visitor.get("/portal").await.body,
            before,
            "it is kept for good"
        );
    }

    /// The operator app, and somebody who may sign in there.
    fn office(&self) -> OperatorApp {
        self.house
            .office_with(|options| options.settings.access = Access::SignedIn)
    }
}

testkit::on_both_engines! {
    async fn an_hour_back_opens_nothing_and_locks_nobody_out_for_good(it: Stepped) {
        let visitor = it.client().await;
        let mut viewer = visitor.watch(it.site.location).await.unwrap();
        it.comes_to_be(&visitor, "measuring").await;
        let (used, unused) = (it.ticket(), it.ticket());
        assert_eq!(it.opens(&used).await, 303);
        assert_eq!(it.lock_out("203.0.113.1").await, 5);
        let right = it.site.portal.password.reveal().to_owned();

        it.step_back();
        // A session of a time to come is none; its holder proves themself anew and is in.
        let reply = visitor.get("/portal").await;
        let prompt = format!("/portal/p/{}", it.site.portal.link.as_str());
        assert_eq!((reply.status, reply.header("location")), (303, prompt.as_str()));
        let again = it.client().await;
        assert_eq!(again.get("/portal").await.status, 200);
        for ticket in [used, unused] {
            assert_eq!(it.opens(&ticket).await, 404, "neither used twice nor of a time to come");
        }
        assert_eq!(it.opens(&it.ticket()).await, 303, "a new one opens");
        // Who was locked out is so still, for a lock's time by the clock as it is now.
        let (status, after) = it.knock("203.0.113.1", &right).await;
        assert_eq!((status, after.as_str()), (429, "900"));
        it.pass(899);
        assert_eq!(it.knock("203.0.113.1", &right).await, (429, "1".to_owned()));
        it.pass(1);
        assert_eq!(it.knock("203.0.113.1", &right).await.0, 303);

        // What the meter says is of a time to come: it is shown, and vouched for by nobody.
        it.comes_to_be(&again, "stale").await;
        it.page_is_made_anew(&again).await;
        it.lives(&mut viewer).await;
        it.house.clock().step_to(it.now() + HOUR);
        it.comes_to_be(&again, "measuring").await;
        it.lives(&mut viewer).await;
    }

    async fn a_day_forward_ends_what_ends_and_nothing_else(it: Stepped) {
        let visitor = it.client().await;
        let mut viewer = visitor.watch(it.site.location).await.unwrap();
        it.comes_to_be(&visitor, "measuring").await;
        let ticket = it.ticket();
        assert_eq!(it.lock_out("203.0.113.1").await, 5);

        it.step_forward();
        assert_eq!(visitor.get("/portal").await.status, 200, "a session of thirty days");
        assert_eq!(it.opens(&ticket).await, 404);
        assert_eq!(it.lock_out("203.0.113.1").await, 5, "the lock is over, and comes anew");
        it.comes_to_be(&visitor, "stale").await;
        it.page_is_made_anew(&visitor).await;
        it.lives(&mut viewer).await;

        // Back again: what was of that day is locked for no longer than a lock lasts.
        it.house.clock().step_to(it.now() - DAY);
        assert_eq!(visitor.get("/portal").await.status, 200);
        assert_eq!(it.knock("203.0.113.1", "wrong").await, (429, "900".to_owned()));
        it.pass(900);
        assert_eq!(it.lock_out("203.0.113.1").await, 5);
        it.comes_to_be(&visitor, "measuring").await;
        it.lives(&mut viewer).await;
    }

    async fn staff_sign_in_anew_and_their_locks_end(it: Stepped) {
        let member = it.house.data.member(Role::Admin);
        let guessed = it.house.data.member(Role::Admin);
        let app = it.office();
        let staff = Visitor::at(&app.url()).signed_in(&member).await;
        let stranger = Visitor::at(&app.url());
        for _ in 0..5 {
            assert_eq!(stranger.sign_in(&guessed.email, "wrong password").await.status, 401);
        }
        let right = guessed.password.reveal();
        assert_eq!(stranger.sign_in(&guessed.email, right).await.status, 429);

        it.step_back();
        assert_eq!(staff.get("/projects").await.status, 303, "a session of a time to come");
        let staff = staff.signed_in(&member).await;
        assert_eq!(staff.get("/projects").await.status, 200);
        let reply = stranger.sign_in(&guessed.email, right).await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, "900"));
        it.pass(900);
        assert_eq!(stranger.sign_in(&guessed.email, right).await.status, 303);

        it.step_forward();
        assert_eq!(staff.get("/projects").await.status, 303, "twelve hours away");
        assert_eq!(staff.signed_in(&member).await.get("/projects").await.status, 200);
    }
}

/// A stay is of its own time: it begins and ends by the clock as it is, and comes back with it.
#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_told_by_the_clock_as_it_is() {
    let it = Stepped::on(Engine::Sqlite);
    let location = it.house.data.location(it.site.project, "South gate");
    let unit = it.house.data.unit("SLM-102");
    it.house.data.assign(&unit, location);
    it.pass(15);
    let visitor = it.client().await;
    let state = async |visitor: &Visitor| {
        let live = visitor
            .get(&format!("/portal/api/location/{location}/live"))
            .await;
        live.json()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&visitor).await, "measuring");
    it.step_back();
    let before = it.client().await;
    assert_eq!(state(&before).await, "no_meter", "it has not begun");
    it.house.clock().step_to(it.now() + HOUR);
    assert_eq!(state(&visitor).await, "measuring");
}
