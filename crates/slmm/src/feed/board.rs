//! All posts, and the side of them that watchers come to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::UnitId;
use tokio::sync::{Semaphore, mpsc};

use super::counters::{FeedCounters, Tally};
use super::item::FeedItem;
use super::post::{Post, Watch};
use super::times::FeedTimes;
use crate::config::Config;
use crate::wire::Row;

/// A post for each watched meter, and a slot for each feed there may be.
///
/// A post is on the board from its first watcher until its keeper has taken down the socket: who
/// comes before that finds the same post, so that no meter ever has two sockets.
#[derive(Debug)]
pub(super) struct Board {
    posts: Mutex<HashMap<UnitId, Arc<Post>>>,
    pub(super) slots: Semaphore,
    pub(super) times: FeedTimes,
    pub(super) tally: Tally,
}

impl Board {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            posts: Mutex::default(),
            slots: Semaphore::new(config.max_feeds()),
            times: config.feed_times(),
            tally: Tally::default(),
        }
    }

    /// Takes a post down unless somebody watches it.
    pub(super) fn retire(&self, post: &Post) -> bool {
        let mut posts = self.posts();
        if post.watchers() > 0 {
            return false;
        }
        posts.remove(post.unit());
        true
    }

    /// Takes a post down that nobody keeps any more.
    pub(super) fn abandon(&self, post: &Arc<Post>) {
        let mut posts = self.posts();
        if posts
            .get(post.unit())
            .is_some_and(|hanging| Arc::ptr_eq(hanging, post))
        {
            posts.remove(post.unit());
        }
    }

    /// What is said of a meter that nobody watched until now.
    fn first_item(&self, remembered: Option<Row>) -> FeedItem {
        match remembered.filter(|row| row.exists) {
            None => FeedItem::Waiting,
            Some(row) if self.slots.available_permits() > 0 => FeedItem::Live(row.status),
            Some(row) => FeedItem::Slow(row.status),
        }
    }

    fn posts(&self) -> MutexGuard<'_, HashMap<UnitId, Arc<Post>>> {
        self.posts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The side that watchers come to. When it is dropped every feed is closed.
#[derive(Debug)]
pub(crate) struct Feeds {
    board: Arc<Board>,
    openings: mpsc::UnboundedSender<Arc<Post>>,
}

impl Feeds {
    pub(super) fn new(board: Arc<Board>, openings: mpsc::UnboundedSender<Arc<Post>>) -> Self {
        Self { board, openings }
    }

    pub(crate) fn watch(&self, unit: &UnitId, remembered: impl FnOnce() -> Option<Row>) -> Watch {
        let mut posts = self.board.posts();
        if let Some(post) = posts.get(unit) {
            return post.join();
        }
        let first = self.board.first_item(remembered());
        let post = Arc::new(Post::new(unit.clone(), first));
        let watch = post.join();
        // Should the thread be gone, the post goes too, which tells the watcher.
        if self.openings.send(Arc::clone(&post)).is_ok() {
            posts.insert(unit.clone(), post);
        }
        watch
    }

    pub(crate) fn counters(&self) -> FeedCounters {
        let posts = self.board.posts();
        let watchers = posts.values().map(|post| post.watchers()).sum();
        self.board.tally.read(watchers)
    }
}
