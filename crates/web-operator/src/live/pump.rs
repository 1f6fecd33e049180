//! Speaks on a meter's channel: one for all staff who watch it in this process.

use std::pin::pin;
use std::sync::Arc;

use domain::UnitId;
use slmm::FeedItem;
use tokio::time::sleep;
use web::live::{CloseCode, Publisher, REVIEW, Tells as _, Voice};

use super::frame::StaffFrame;
use crate::Office;

/// Speaks of the meter until the last viewer has left, or there is nothing more to say.
pub(super) async fn speak(office: Arc<Office>, meter: UnitId, publisher: Publisher) {
    let speaking = pin!(relay(&office, &meter, &publisher));
    tokio::select! {
        code = speaking => publisher.end(code),
        () = publisher.deserted() => {}
    }
}

/// Passes on what the meter says until it is lost for good.
async fn relay(office: &Office, meter: &UnitId, publisher: &Publisher) -> CloseCode {
    let mut voice = Voice::new(publisher, office.settings.watching.heartbeat);
    let mut watch = office.slmm.watch(meter);
    let mut item = watch.latest();
    voice.say(&frame(office, &item));
    loop {
        let news = tokio::select! {
            news = watch.changed() => Some(news),
            () = voice.silence() => { voice.beat(&StaffFrame::heartbeat(office.now())); None }
            () = sleep(REVIEW) => None,
        };
        let is_new = news.is_some();
        item = news.unwrap_or(item);
        if item == FeedItem::Lost {
            return CloseCode::TryAgainLater;
        }
        // A reading that nothing follows turns stale by itself.
        let frame = frame(office, &item);
        if is_new || voice.state() != Some(frame.state()) {
            voice.say(&frame);
        }
    }
}

fn frame(office: &Office, item: &FeedItem) -> StaffFrame {
    let now = office.now();
    let (status, slow) = match item {
        FeedItem::Waiting | FeedItem::Lost => return StaffFrame::waiting(now),
        FeedItem::Offline { at } => return StaffFrame::offline(*at),
        FeedItem::Live(status) => (status, false),
        FeedItem::Slow(status) => (status, true),
    };
    StaffFrame::seen(&office.observe(status, now), status.run, slow, now)
}
