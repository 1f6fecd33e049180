//! A socket, from its opening to its end.

use std::pin::pin;

use awc::ws::{Frame, Message};
use tokio::time::sleep;

use super::Keeper;
use super::line::Line;
use crate::feed::counters::Tally;
use crate::feed::item::FeedItem;
use crate::feed::pace::Pace;
use crate::feed::socket::{Break, Socket};
use crate::wire;

impl Keeper {
    /// Opens a socket and reads it to its end. Returns whether it went well for a while.
    pub(super) async fn converse<'a>(&'a self, line: &mut Line<'a>, pace: &mut Pace) -> bool {
        let opening = self.sockets.open(self.post.unit());
        let socket = match line.open(opening).await {
            Ok(socket) => socket,
            Err(why) => {
                self.broke(why);
                return false;
            }
        };
        self.heard.notify_one();
        if self.broken.get() {
            Tally::count(&self.board.tally.reconnects);
        }
        let mut frames = 0;
        let why = self.read(socket, &mut frames, pace).await;
        self.broke(why);
        match why {
            Break::Closed(_) | Break::Broken => line.drop_socket(),
            _ => line.close(self.board.times.farewell).await,
        }
        // The first frame is a replay: it says nothing of how long the connection holds.
        frames > 1
    }

    /// Reads as fast as it can: SLMM never drops a slow reader, who just falls behind.
    async fn read(&self, socket: &mut Socket, frames: &mut u64, pace: &mut Pace) -> Break {
        let times = &self.board.times;
        let mut silence = pin!(sleep(times.silence));
        let mut idle = pin!(sleep(times.idle));
        loop {
            let frame = tokio::select! {
                frame = socket.next() => frame,
                () = &mut silence => return Break::Silent,
                () = &mut idle => return Break::Idle,
            };
            silence.set(sleep(times.silence));
            let frame = match frame {
                Ok(frame) => frame,
                Err(why) => return why,
            };
            self.heard.notify_one();
            match frame {
                Frame::Text(text) => {
                    if self.take(&text, *frames == 0) {
                        *frames += 1;
                        idle.set(sleep(times.idle));
                        pace.put_off(times.slow);
                    }
                }
                Frame::Ping(payload) => {
                    if let Err(why) = socket.send(Message::Pong(payload)).await {
                        return why;
                    }
                }
                Frame::Pong(_) => {}
                Frame::Close(reason) => {
                    // RFC 6455, 7.1.5: no code at all.
                    let code = reason.as_ref().map_or(1005, |reason| reason.code.into());
                    // SLMM may be gone already; the end is the same.
                    socket.send(Message::Close(reason)).await.ok();
                    return Break::Closed(code);
                }
                Frame::Binary(_) | Frame::Continuation(_) => self.skip("it is not a whole text"),
            }
        }
    }

    /// Takes a frame, and says whether it was one.
    fn take(&self, text: &[u8], first: bool) -> bool {
        let item = match wire::frame(text, self.post.unit()) {
            Ok(wire::Frame::Status(status)) => Some(FeedItem::Live(status)),
            Ok(wire::Frame::Unreachable { at }) => Some(FeedItem::Offline { at }),
            Ok(wire::Frame::Heartbeat) => None,
            Err(failure) => {
                self.skip(&failure.to_string());
                return false;
            }
        };
        self.mended();
        // The first frame is a replay. It must neither take watchers back in time nor tell them
        // again what they know.
        if let Some(item) = item
            && !(first && item.at() <= self.post.shown().at())
        {
            self.post.tell(item);
        }
        true
    }

    fn skip(&self, why: &str) {
        let tally = &self.board.tally;
        Tally::count(&tally.frames);
        Tally::count(&tally.garbage);
        if !self.garbled.replace(true) {
            tracing::warn!(unit = %self.post.unit(), why, "a frame of SLMM makes no sense: it is skipped");
        }
    }

    fn mended(&self) {
        Tally::count(&self.board.tally.frames);
        let unit = self.post.unit();
        if self.garbled.replace(false) {
            tracing::info!(%unit, "the frames of SLMM make sense again");
        }
        if self.broken.replace(false) {
            tracing::info!(%unit, "a feed goes on");
        }
    }

    fn broke(&self, why: Break) {
        if !self.broken.replace(true) {
            tracing::warn!(unit = %self.post.unit(), %why, "a feed broke: it is opened again");
        }
    }
}
