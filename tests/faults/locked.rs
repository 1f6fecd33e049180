//! Somebody keeps the database to themself for ten seconds: a backup tool, a look by hand.

use std::time::Duration;

use domain::{Clock as _, SystemClock};
use futures_util::future::{join, join3};
use testkit::{Engine, Installation, Viewer};
use tokio::time::sleep;

use super::{Shop, eventually};

const LOCKED: Duration = Duration::from_secs(10);

/// A writer is told that it is busy, before the lock is gone or as long as we wait.
async fn writes_are_refused(shop: &Shop) {
    let fields = [("name", "Meanwhile"), ("client_name", "The Town")];
    let staff = shop.staff.submit("/projects/new", &fields);
    let (staff, guess) = join(staff, shop.knock("wrong")).await;
    assert_eq!(
        (staff.status, staff.header("retry-after")),
        (503, "2"),
        "{}",
        staff.body
    );
    assert!(
        staff
            .body
            .contains("The service is busy. Try again in a moment."),
        "{}",
        staff.body
    );
    assert_eq!(guess, 503, "nothing is checked that cannot be counted");
}

/// While writers wait, everybody else does not.
async fn reads_go_on(shop: &Shop, until: Duration) {
    let mut rounds = 0;
    while SystemClock.elapsed() < until {
        for path in [
            "/portal",
            "/portal/api/overview",
            &shop.path("live"),
            "/readyz",
            "/healthz",
        ] {
            assert_eq!(shop.visitor.get(path).await.status, 200, "{path}");
        }
        assert_eq!(shop.staff.get("/healthz").await.status, 200);
        rounds += 1;
        sleep(Duration::from_millis(100)).await;
    }
    assert!(rounds > 20, "{rounds}");
}

async fn lives(viewer: &mut Viewer, until: Duration) {
    let mut frames = 0;
    while SystemClock.elapsed() < until {
        viewer.frame("reading").await;
        frames += 1;
    }
    assert!(frames >= 5, "{frames}");
}

testkit::on_both_engines! {
    async fn writers_are_told_and_readers_do_not_notice(house: Installation) {
        let (portal, office, shop, mut viewer) = Shop::open(&house).await;

        let mut holder = house.data.raw();
        holder.execute(match house.data.engine() {
            Engine::Sqlite => "BEGIN EXCLUSIVE",
            Engine::PostgreSql => {
                "BEGIN; LOCK TABLE projects, login_failures, audit_log, portal_processes IN EXCLUSIVE MODE"
            }
        });
        let until = SystemClock.elapsed() + LOCKED;
        join3(writes_are_refused(&shop), reads_go_on(&shop, until), lives(&mut viewer, until)).await;
        holder.execute("ROLLBACK");

        let fields = [("name", "Afterwards"), ("client_name", "The Town")];
        assert_eq!(shop.staff.submit("/projects/new", &fields).await.status, 303);
        assert_eq!(shop.knock("wrong").await, 401);
        let mut raw = house.data.raw();
        assert_eq!(raw.number("SELECT count(*) FROM projects WHERE name = 'Meanwhile'"), 0);
        assert_eq!(raw.number("SELECT count FROM login_failures"), 1);
        assert!(portal.stop().success() && office.stop().success());
    }
}

/// PostgreSQL lets a table be locked against readers, too. They are told to come again, nobody is
/// signed out, and what is live goes on.
#[tokio::test(flavor = "multi_thread")]
async fn readers_who_are_locked_out_are_told() {
    use testkit::OnEngine as _;
    let house = Installation::on(Engine::PostgreSql);
    let (portal, office, shop, mut viewer) = Shop::open(&house).await;
    let mut holder = house.data.raw();
    holder.execute("BEGIN; LOCK TABLE projects IN ACCESS EXCLUSIVE MODE");
    let until = SystemClock.elapsed() + Duration::from_secs(7);
    let reading = async {
        let reply = shop.visitor.get("/portal").await;
        assert_eq!(
            (reply.status, reply.header("retry-after")),
            (503, "2"),
            "{}",
            reply.body
        );
        assert!(
            reply.header("set-cookie").is_empty(),
            "nobody is signed out"
        );
        assert_eq!(shop.visitor.get("/healthz").await.status, 200);
    };
    join(reading, lives(&mut viewer, until)).await;
    holder.execute("ROLLBACK");
    eventually("it reads again", async || {
        shop.visitor.get("/portal").await.status == 200
    })
    .await;
    viewer.frame("reading").await;
    assert!(portal.stop().success() && office.stop().success());
}
