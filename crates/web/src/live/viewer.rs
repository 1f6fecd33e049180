//! One viewer: the body of an upgraded answer.
//!
//! The server polls a body only while the socket takes what it gives, so a viewer that does not
//! read is simply not asked, and finds the newest frame when it is.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_http::ResponseBuilder;
use actix_http::ws::{Codec, Frame, handshake};
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::Payload;
use actix_web::{HttpRequest, HttpResponse};
use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use tokio::time::{Sleep, sleep};
use tokio_util::codec::Decoder;

use super::channel::{News, Version};
use super::counters::count;
use super::frame::{CloseCode, farewell, ping, pong};
use super::hub::{Key, Place};
use crate::WebError;

/// The largest frame taken from a viewer, bytes: nothing that a viewer says matters.
const INBOUND_LIMIT: usize = 1024;
/// The longest header of a frame, bytes. The codec looks at the size that a header declares only
/// when all of it has come, so what has come is limited too.
const HEADER_LIMIT: usize = 14;

/// How long a viewer may stay, and how often it is asked whether it is there.
#[derive(Debug, Clone, Copy)]
pub struct ViewerTimes {
    /// Between two pings; a viewer of whom nothing is heard from one to the next is gone.
    pub ping_every: Duration,
    /// The longest stay.
    pub stay: Duration,
    /// What is said at the end of it.
    pub farewell: CloseCode,
}

/// A request that may become a live socket.
pub struct Handshake(ResponseBuilder);

impl Handshake {
    /// Reads the handshake, before anything is done for it.
    ///
    /// # Errors
    /// [`WebError::BadRequest`] for a request that is none.
    pub fn of(request: &HttpRequest) -> Result<Self, WebError> {
        let response = handshake(request.head()).map_err(|_no_handshake| {
            WebError::BadRequest("This address takes WebSocket connections only.".into())
        })?;
        Ok(Self(response))
    }

    /// Upgrades to a live socket on this place. `held` is kept until the socket is closed.
    pub fn accept<K: Key, H: Unpin + 'static>(
        mut self,
        payload: Payload,
        place: Place<K>,
        held: H,
        times: ViewerTimes,
    ) -> HttpResponse {
        let viewer = Viewer {
            place,
            _held: held,
            payload,
            received: BytesMut::new(),
            codec: Codec::new().max_size(INBOUND_LIMIT),
            seen: Version::default(),
            reply: None,
            heard: true,
            next_ping: Box::pin(sleep(times.ping_every)),
            ping_every: times.ping_every,
            end_of_stay: Box::pin(sleep(times.stay)),
            farewell: times.farewell,
            over: false,
        };
        self.0.body(viewer).map_into_boxed_body().into()
    }
}

struct Viewer<K: Key, H> {
    place: Place<K>,
    _held: H,
    payload: Payload,
    received: BytesMut,
    codec: Codec,
    /// What has been given to the socket.
    seen: Version,
    /// A pong or a close frame that is owed.
    reply: Option<Bytes>,
    /// Whether the viewer gave a sign of life since the last ping.
    heard: bool,
    next_ping: Pin<Box<Sleep>>,
    ping_every: Duration,
    end_of_stay: Pin<Box<Sleep>>,
    farewell: CloseCode,
    /// Whether the last frame has been given.
    over: bool,
}

impl<K: Key, H: Unpin + 'static> MessageBody for Viewer<K, H> {
    type Error = WebError;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, WebError>>> {
        let viewer = self.get_mut();
        if viewer.over {
            return Poll::Ready(None);
        }
        viewer.listen(cx);
        if let Some(reply) = viewer.reply.take() {
            return Poll::Ready(Some(Ok(reply)));
        }
        if viewer.over {
            return Poll::Ready(None);
        }
        match viewer
            .place
            .channel
            .poll(viewer.place.slot, &mut viewer.seen, cx.waker())
        {
            News::Frame { frame, skipped } => {
                let tally = viewer.place.hub.tally();
                count(&tally.frames, 1);
                count(&tally.skipped, skipped);
                return Poll::Ready(Some(Ok(frame)));
            }
            News::End(code) => return viewer.say_last(code.encode()),
            News::None => {}
        }
        if viewer.end_of_stay.as_mut().poll(cx).is_ready() {
            return viewer.say_last(viewer.farewell.encode());
        }
        ready!(viewer.next_ping.as_mut().poll(cx));
        viewer.ask_for_life()
    }
}

impl<K: Key, H> Viewer<K, H> {
    fn say_last(&mut self, frame: Bytes) -> Poll<Option<Result<Bytes, WebError>>> {
        self.over = true;
        Poll::Ready(Some(Ok(frame)))
    }

    fn ask_for_life(&mut self) -> Poll<Option<Result<Bytes, WebError>>> {
        if !self.heard {
            self.over = true;
            count(&self.place.hub.tally().lost, 1);
            return Poll::Ready(None);
        }
        self.heard = false;
        let next = self.next_ping.deadline() + self.ping_every;
        self.next_ping.as_mut().reset(next);
        Poll::Ready(Some(Ok(ping())))
    }

    /// Takes what the viewer sent. Whatever it is, it is a sign of life; only pings and a farewell
    /// are answered.
    fn listen(&mut self, cx: &mut Context<'_>) {
        while self.reply.is_none() && !self.over {
            match self.codec.decode(&mut self.received) {
                Ok(Some(frame)) => self.hear(frame),
                Ok(None) if self.received.len() > INBOUND_LIMIT + HEADER_LIMIT => self.refuse(),
                Ok(None) => match Pin::new(&mut self.payload).poll_next(cx) {
                    Poll::Ready(Some(Ok(bytes))) => self.received.extend_from_slice(&bytes),
                    Poll::Ready(Some(Err(_)) | None) => self.over = true,
                    Poll::Pending => return,
                },
                Err(_malformed) => self.refuse(),
            }
        }
    }

    fn refuse(&mut self) {
        self.reply = Some(CloseCode::Protocol.encode());
        self.over = true;
    }

    fn hear(&mut self, frame: Frame) {
        self.heard = true;
        match frame {
            Frame::Ping(payload) => self.reply = Some(pong(payload)),
            Frame::Close(_) => {
                self.reply = Some(farewell());
                self.over = true;
            }
            Frame::Pong(_) | Frame::Text(_) | Frame::Binary(_) | Frame::Continuation(_) => {}
        }
    }
}
