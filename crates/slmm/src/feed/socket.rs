//! A socket to SLMM: bounded in what it takes, and in how long it waits.

use std::time::Duration;

use actix_codec::{Decoder, Encoder, Framed};
use awc::ws::{CloseCode, CloseReason, Codec, Frame, Message};
use awc::{BoxedSocket, Client};
use bytes::BytesMut;
use domain::UnitId;
use futures_util::{SinkExt, StreamExt};

use crate::config::Config;
use crate::http::client;
use crate::query::feed_target;

/// The longest frame that is taken, bytes. SLMM's have 700.
const LONGEST: usize = 64 * 1024;
/// The longest head of a frame, bytes.
const HEAD: usize = 14;

/// Why a feed ended, or did not begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Break {
    #[error("it could not be opened")]
    Refused,
    #[error("it could not be opened in time")]
    TooSlow,
    #[error("SLMM closed it (code {0})")]
    Closed(u16),
    #[error("the connection broke")]
    Broken,
    #[error("what came is no frame, or too long a one")]
    Malformed,
    #[error("not a sign of life")]
    Silent,
    #[error("neither a frame nor a heartbeat")]
    Idle,
}

/// Opens sockets. It lives on the thread it was made on.
pub(super) struct Sockets {
    client: Client,
    base_url: String,
    timeout: Duration,
}

impl Sockets {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            client: client(config),
            base_url: config.base_url().to_owned(),
            timeout: config.timeout(),
        }
    }

    pub(super) async fn open(&self, unit: &UnitId) -> Result<Socket, Break> {
        let url = format!("{}{}", self.base_url, feed_target(unit));
        let connecting = self.client.ws(url).max_frame_size(LONGEST).connect();
        match tokio::time::timeout(self.timeout, connecting).await {
            Ok(Ok((_, framed))) => Ok(Socket {
                framed: framed.into_map_codec(Bounded),
                timeout: self.timeout,
            }),
            Ok(Err(error)) => {
                tracing::debug!(%unit, %error, "a feed could not be opened");
                Err(Break::Refused)
            }
            Err(_elapsed) => Err(Break::TooSlow),
        }
    }
}

/// An open socket.
pub(super) struct Socket {
    framed: Framed<BoxedSocket, Bounded>,
    timeout: Duration,
}

impl Socket {
    /// The next frame, whatever its kind. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Result<Frame, Break> {
        match self.framed.next().await {
            Some(Ok(frame)) => Ok(frame),
            Some(Err(awc::error::WsProtocolError::Io(_))) | None => Err(Break::Broken),
            Some(Err(_)) => Err(Break::Malformed),
        }
    }

    pub(super) async fn send(&mut self, message: Message) -> Result<(), Break> {
        match tokio::time::timeout(self.timeout, self.framed.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Break::Broken),
        }
    }

    /// Says goodbye, and waits no longer than `farewell` for SLMM to say so too: until then it
    /// counts this subscriber.
    pub(super) async fn close(mut self, farewell: Duration) {
        let reason = CloseReason {
            code: CloseCode::Normal,
            description: None,
        };
        let parting = async {
            self.send(Message::Close(Some(reason))).await?;
            while !matches!(self.next().await?, Frame::Close(_)) {}
            Ok::<_, Break>(())
        };
        let parted = tokio::time::timeout(farewell, parting).await;
        if !matches!(parted, Ok(Ok(()))) {
            tracing::debug!("SLMM did not answer a close frame");
        }
    }
}

/// The codec, with a bound to what it buffers: awc's own refuses a frame that is too long only
/// when all of it is in memory.
struct Bounded(Codec);

impl Decoder for Bounded {
    type Item = Frame;
    type Error = awc::error::WsProtocolError;

    fn decode(&mut self, buffer: &mut BytesMut) -> Result<Option<Frame>, Self::Error> {
        let frame = self.0.decode(buffer)?;
        if frame.is_none() && buffer.len() > LONGEST + HEAD {
            return Err(Self::Error::Overflow);
        }
        Ok(frame)
    }
}

impl Encoder<Message> for Bounded {
    type Error = awc::error::WsProtocolError;

    fn encode(&mut self, message: Message, buffer: &mut BytesMut) -> Result<(), Self::Error> {
        self.0.encode(message, buffer)
    }
}
