//! Compiles: what the others do, done rightly. It proves that they fail for their own reason.

use store::{Database, ProjectScope, SessionCheck};

async fn levels(
    database: &Database,
    slmm: &slmm::Slmm,
    check: SessionCheck,
    now: domain::Timestamp,
) {
    let _ = database.ping().await;
    let SessionCheck::Live(scope) = check else {
        return;
    };
    read(&scope, slmm, now).await;
}

async fn read(scope: &ProjectScope, slmm: &slmm::Slmm, now: domain::Timestamp) {
    for location in scope.locations() {
        if let Some(stay) = location.current(now) {
            let unit: &domain::UnitId = stay.unit();
            let _ = slmm.status(unit).await;
        }
    }
    let _ = serde_json::to_string(scope.project_name());
}

fn main() {
    let _ = levels;
}
