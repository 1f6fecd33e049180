//! Where a meter's last item hangs, and those who watch it.

use std::future::pending;
use std::time::Duration;

use domain::UnitId;
use tokio::sync::{Notify, watch};

use super::item::FeedItem;

/// A watched meter.
#[derive(Debug)]
pub(super) struct Post {
    unit: UnitId,
    item: watch::Sender<FeedItem>,
    joined: Notify,
}

/// Watching a meter. It holds no [`Slmm`](crate::Slmm); dropping it is leaving.
#[derive(Debug)]
pub struct Watch {
    /// `None` once it was told that there will be no more.
    items: Option<watch::Receiver<FeedItem>>,
}

impl Post {
    pub(super) fn new(unit: UnitId, first: FeedItem) -> Self {
        Self {
            unit,
            item: watch::Sender::new(first),
            joined: Notify::new(),
        }
    }

    pub(super) fn unit(&self) -> &UnitId {
        &self.unit
    }

    pub(super) fn join(&self) -> Watch {
        let items = self.item.subscribe();
        self.joined.notify_one();
        Watch { items: Some(items) }
    }

    pub(super) fn watchers(&self) -> usize {
        self.item.receiver_count()
    }

    /// Hangs an item up for all who watch, and for those who come. It never waits.
    pub(super) fn tell(&self, item: FeedItem) {
        self.item.send_replace(item);
    }

    /// What hangs there.
    pub(super) fn shown(&self) -> FeedItem {
        *self.item.borrow()
    }

    /// Waits until nobody has watched for as long as `linger`.
    pub(super) async fn deserted(&self, linger: Duration) {
        loop {
            self.item.closed().await;
            let somebody = tokio::time::timeout(linger, self.joined.notified()).await;
            // Who came and has left again begins a linger of its own.
            if somebody.is_err() && self.watchers() == 0 {
                return;
            }
        }
    }
}

impl Watch {
    /// How the meter stands now, at once. What it returns counts as seen.
    pub fn latest(&mut self) -> FeedItem {
        match &mut self.items {
            Some(items) if items.has_changed().is_ok() => *items.borrow_and_update(),
            _ => FeedItem::Lost,
        }
    }

    /// Waits for something newer than was seen, and returns the newest: whoever is slow misses
    /// what came between, and delays nobody. After the last [`Slmm`](crate::Slmm) was dropped it
    /// says [`FeedItem::Lost`] once, and then never returns. Dropping the future loses nothing.
    pub async fn changed(&mut self) -> FeedItem {
        let Some(items) = &mut self.items else {
            return pending().await;
        };
        if items.changed().await.is_ok() {
            return *items.borrow_and_update();
        }
        self.items = None;
        FeedItem::Lost
    }
}
