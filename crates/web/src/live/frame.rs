//! Frames as they stand on the wire (RFC 6455), made once for all viewers.

use actix_http::ws::{CloseReason, Codec, Message};
use bytes::{Bytes, BytesMut};
use tokio_util::codec::Encoder;

/// Why a server ends a live socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseCode {
    /// The server is going down.
    Restart,
    /// What the channel is about can no longer be had.
    TryAgainLater,
    /// The session has ended.
    SessionEnded,
    /// The subject is out of the viewer's reach.
    Gone,
    /// The longest viewing time is over.
    Paused,
    /// The viewer sent what nobody may send.
    Protocol,
}

impl CloseCode {
    /// The number on the wire.
    pub fn number(self) -> u16 {
        match self {
            Self::Protocol => 1002,
            Self::Restart => 1012,
            Self::TryAgainLater => 1013,
            Self::SessionEnded => 4401,
            Self::Gone => 4404,
            Self::Paused => 4408,
        }
    }

    pub(super) fn encode(self) -> Bytes {
        encode(Message::Close(Some(CloseReason {
            code: self.number().into(),
            description: None,
        })))
    }
}

/// A text frame, encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFrame(pub(super) Bytes);

impl TextFrame {
    /// Encodes a text.
    pub fn new(text: String) -> Self {
        Self(encode(Message::Text(text.into())))
    }
}

pub(super) fn ping() -> Bytes {
    encode(Message::Ping(Bytes::new()))
}

pub(super) fn pong(payload: Bytes) -> Bytes {
    encode(Message::Pong(payload))
}

/// The close frame that answers a viewer's own.
pub(super) fn farewell() -> Bytes {
    encode(Message::Close(None))
}

fn encode(message: Message) -> Bytes {
    let mut frame = BytesMut::new();
    if let Err(error) = Codec::new().encode(message, &mut frame) {
        // Only continuation frames out of order cannot be encoded, and we make none.
        tracing::error!(%error, "a frame cannot be encoded");
    }
    frame.freeze()
}
