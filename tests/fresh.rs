//! Waiting until a portal knows what SLMM says now.

use std::time::Duration;

use domain::UnitId;
use slmm::{Answer, TrailSpan};
use testkit::PortalApp;

/// Waits until all that this portal knows of a meter is what SLMM says now. A busy machine may
/// take longer over it than a visitor is let wait; the clock stands still meanwhile, so what is
/// known then is current at every request that follows.
pub(crate) async fn refresh(app: &PortalApp, unit: &UnitId) {
    let slmm = app.slmm();
    until_fresh(|| slmm.status(unit)).await;
    until_fresh(|| slmm.limits(unit)).await;
    until_fresh(|| slmm.events(unit)).await;
    for span in [TrailSpan::TwoHours, TrailSpan::Day, TrailSpan::TwoDays] {
        until_fresh(|| slmm.trail(unit, span)).await;
    }
}

async fn until_fresh<T, F: Future<Output = Answer<T>>>(ask: impl Fn() -> F) {
    let asking = async {
        while !matches!(ask().await, Answer::Fresh(_)) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), asking)
        .await
        .expect("SLMM answers in the end");
}
