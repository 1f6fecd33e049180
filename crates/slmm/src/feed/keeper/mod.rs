//! Who minds one watched meter, from the first watcher to the last.

mod line;
mod talk;

use std::cell::Cell;
use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;

use tokio::sync::{Notify, SemaphorePermit, watch};
use tokio::time::{sleep, timeout};

use super::board::Board;
use super::counters::Tally;
use super::item::FeedItem;
use super::pace::Pace;
use super::post::Post;
use super::socket::Sockets;
use crate::answer::Answer;
use crate::enquiry::Enquiry;
use crate::wire::Row;
use line::Line;

/// Minds one watched meter. However it ends, its post is taken down.
pub(super) struct Keeper {
    post: Arc<Post>,
    board: Arc<Board>,
    enquiry: Enquiry,
    sockets: Rc<Sockets>,
    /// Rings whenever SLMM says anything.
    heard: Notify,
    /// Whether the last attempt at a socket failed, or the last socket broke.
    broken: Cell<bool>,
    /// Whether the last frame made no sense.
    garbled: Cell<bool>,
}

/// Whether a meter may be subscribed to.
enum Prospect {
    /// SLMM has no row of it. Subscribing would make a permanent entry and an active event there.
    NoRow,
    Known,
    /// SLMM does not answer.
    Unsaid,
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.board.abandon(&self.post);
    }
}

impl Keeper {
    pub(super) fn new(
        post: Arc<Post>,
        board: Arc<Board>,
        enquiry: Enquiry,
        sockets: Rc<Sockets>,
    ) -> Self {
        Self {
            post,
            board,
            enquiry,
            sockets,
            heard: Notify::new(),
            broken: Cell::new(false),
            garbled: Cell::new(false),
        }
    }

    /// Minds the meter until nobody has watched it for a while, or everything closes.
    pub(super) async fn run(self, mut closing: watch::Receiver<()>) {
        loop {
            let mut line = None;
            let closes = tokio::select! {
                () = self.post.deserted(self.board.times.linger) => false,
                // Nothing is ever sent: it is the sender's end that is awaited.
                _ = closing.changed() => true,
                never = self.serve(&mut line) => match never {},
                never = self.despair() => match never {},
            };
            if let Some(mut line) = line {
                line.close(self.board.times.farewell).await;
            }
            if closes || self.board.retire(&self.post) {
                return;
            }
        }
    }

    /// Tells the watchers when SLMM has been mute for too long.
    async fn despair(&self) -> Infallible {
        loop {
            if timeout(self.board.times.lost, self.heard.notified())
                .await
                .is_err()
            {
                self.post.tell(FeedItem::Lost);
                self.heard.notified().await;
            }
        }
    }

    async fn serve<'a>(&'a self, line: &mut Option<Line<'a>>) -> Infallible {
        let mut pace = Pace::due_now();
        loop {
            let slot = self.turn(&mut pace).await;
            self.feed(slot, line, &mut pace).await;
            // Dropping the line gives its slot to others.
            *line = None;
            self.wait();
            sleep(self.board.times.look_again).await;
        }
    }

    /// Waits for its turn, and serves from the status cache meanwhile.
    async fn turn(&self, pace: &mut Pace) -> SemaphorePermit<'_> {
        if let Ok(slot) = self.board.slots.try_acquire() {
            return slot;
        }
        let _waiting = Tally::begin(&self.board.tally.waiting);
        tokio::select! {
            Ok(slot) = self.board.slots.acquire() => slot,
            never = self.slowly(pace) => match never {},
        }
    }

    /// Keeps a socket open for as long as SLMM has a row of the meter.
    async fn feed<'a>(
        &'a self,
        slot: SemaphorePermit<'a>,
        line: &mut Option<Line<'a>>,
        pace: &mut Pace,
    ) {
        let line = line.insert(Line::new(slot, &self.board.tally));
        let mut failures = 0;
        loop {
            match self.prospect().await {
                Prospect::NoRow => return,
                Prospect::Unsaid => {}
                Prospect::Known => {
                    if self.converse(line, pace).await {
                        failures = 0;
                    }
                }
            }
            failures += 1;
            let pause = self.board.times.retry(failures, self.enquiry.desk.jitter());
            tokio::select! {
                () = sleep(pause) => {}
                never = self.slowly(pace) => match never {},
            }
        }
    }

    /// Serves from the status cache.
    async fn slowly(&self, pace: &mut Pace) -> Infallible {
        let times = &self.board.times;
        loop {
            pace.due().await;
            pace.put_off(match self.ask().await {
                Answer::Fresh(row) if row.exists => {
                    self.post.tell(FeedItem::Slow(row.status));
                    times.slow
                }
                Answer::Fresh(_) => {
                    self.wait();
                    times.look_again
                }
                Answer::Remembered(_) | Answer::Nothing | Answer::Unasked => times.ask_again,
            });
        }
    }

    async fn prospect(&self) -> Prospect {
        match self.ask().await {
            Answer::Fresh(row) | Answer::Remembered(row) if !row.exists => Prospect::NoRow,
            Answer::Fresh(row) => {
                if matches!(self.post.shown(), FeedItem::Waiting | FeedItem::Lost) {
                    self.post.tell(FeedItem::Live(row.status));
                }
                Prospect::Known
            }
            // Slow, but there.
            Answer::Remembered(_) if !self.enquiry.desk.breaker.standing().open => Prospect::Known,
            Answer::Remembered(_) | Answer::Nothing | Answer::Unasked => Prospect::Unsaid,
        }
    }

    async fn ask(&self) -> Answer<Row> {
        let answer = self.enquiry.row(self.post.unit()).await;
        if matches!(answer, Answer::Fresh(_)) {
            self.heard.notify_one();
        }
        answer
    }

    /// Has nothing to say of the meter, and says so once.
    fn wait(&self) {
        if self.post.shown() != FeedItem::Waiting {
            self.post.tell(FeedItem::Waiting);
        }
    }
}
