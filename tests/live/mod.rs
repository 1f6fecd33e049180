//! The live socket over real connections.

use std::time::Duration;

use testkit::House;

mod closing;
mod frames;
mod refusals;
mod sharing;

/// Lets the house's time run about ten times as fast as ours.
async fn keep_passing(house: &House) {
    loop {
        house.pass(Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
