//! The system page: what runs, and how what it stands on is doing.

use std::time::Duration;

use store::DatabaseOptions;
use testkit::on_both_engines;
use testkit::{Engine, House, OperatorApp, OperatorOptions, TestDatabase, Visitor};

use web::RecentLog;
use web::recent::Severity;

use super::words::{assert_has, text};

async fn system(staff: &Visitor) -> String {
    let reply = staff.get("/system").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    text(&reply.body)
}

on_both_engines! {
    async fn what_runs_is_told_with_what_there_is(house: House) {
        house.data.site("Harbour Tower", "SLM-101");
        house.data.unit("SLM-102");
        let app = house.office();
        let staff = Visitor::at(&app.url());
        let engine = match house.data.engine() {
            Engine::Sqlite => "Database SQLite 3.",
            Engine::PostgreSql => "Database PostgreSQL 1",
        };
        let version = format!("version {}", env!("CARGO_PKG_VERSION"));
        assert_has(&system(&staff).await, &[
            engine,
            ", schema current",
            &version,
            "SLMM answers",
            "Open portals 1",
            "Units in use 2",
            "Units that are assigned 1",
        ]);
        staff.get("/").await;
        let told = system(&staff).await;
        assert!(!told.contains("Requests sent to SLMM 0"), "{told}");
    }

    async fn slmm_away_is_said(house: House) {
        house.sim().set_down(true);
        let app = house.office();
        assert_has(&system(&Visitor::at(&app.url())).await, &["SLMM does not answer", "Projects 0"]);
    }
}

on_both_engines! {
    async fn what_went_wrong_lately_is_shown(house: House) {
        let log = RecentLog::new(house.clock().clone());
        let app = house.office_with(|options| options.log = log.clone());
        let staff = Visitor::at(&app.url());
        assert_has(&system(&staff).await, &["None since this app and the portal processes began."]);
        log.keep(Severity::Warning, "slmm::hub", "SLMM is <away> cause=timed out");
        house.clock().advance(Duration::from_secs(60));
        log.keep(Severity::Error, "web::shield", "request failed");
        log.keep(Severity::Error, "web::shield", "request failed");
        assert_has(&system(&staff).await, &[
            "today 23:01 error This app request failed (2 times) web::shield",
            "today 23:00 warning This app SLMM is &lt;away&gt; cause=timed out slmm::hub",
        ]);
    }
}

on_both_engines! {
    async fn a_database_without_its_tables_is_said(engine: Engine) {
        let house = House::with(TestDatabase::unmigrated(engine), &slmm_sim::SimConfig::default());
        let app = OperatorApp::start(
            house.data.another_with(DatabaseOptions::new(house.clock().clone())),
            &house.slmm.base_url(),
            house.clock().clone(),
            OperatorOptions::default(),
        );
        let told = system(&Visitor::at(&app.url())).await;
        assert_has(&told, &["schema not as this program needs it missing "]);
        assert_has(&told, &["not known while the database cannot tell"]);
        assert!(!told.contains("Open portals"), "{told}");
    }
}
