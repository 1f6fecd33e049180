//! Somebody who watches a location, or a meter, live.

use std::time::Duration;

use domain::LocationId;
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::{PortalOptions, Visitor};

/// The longest wait for anything: a test that gets here has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A live socket, open.
pub struct Viewer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What comes over it.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// A frame.
    Frame(Value),
    /// The server closed with this code.
    Closed(u16),
    /// The connection ended without a word.
    Cut,
}

impl News {
    /// The frame's type, or nothing.
    pub fn kind(&self) -> &str {
        match self {
            Self::Frame(frame) => frame["type"].as_str().unwrap_or(""),
            Self::Closed(_) | Self::Cut => "",
        }
    }
}

impl Visitor {
    /// Watches a location, as the portal's own page does.
    ///
    /// # Errors
    /// The status with which the socket was refused.
    pub async fn watch(&self, location: LocationId) -> Result<Viewer, u16> {
        let origin = PortalOptions::default().settings.origin;
        self.watch_from(&location.to_string(), Some(origin.as_str()))
            .await
    }

    /// Watches a location from a page of that origin.
    ///
    /// # Errors
    /// The status with which the socket was refused.
    ///
    /// # Panics
    /// When nobody answers.
    pub async fn watch_from(&self, location: &str, origin: Option<&str>) -> Result<Viewer, u16> {
        self.upgrade(&format!("/portal/api/location/{location}/stream"), origin)
            .await
    }

    /// Watches a meter, as the operator app's own page does.
    ///
    /// # Errors
    /// The status with which the socket was refused.
    pub async fn watch_meter(&self, unit: &str) -> Result<Viewer, u16> {
        let origin = self.base().to_owned();
        self.watch_meter_from(unit, Some(&origin)).await
    }

    /// Watches a meter from a page of that origin.
    ///
    /// # Errors
    /// The status with which the socket was refused.
    ///
    /// # Panics
    /// When nobody answers.
    pub async fn watch_meter_from(&self, unit: &str, origin: Option<&str>) -> Result<Viewer, u16> {
        self.upgrade(&format!("/api/slmm/{unit}/monitor"), origin)
            .await
    }

    async fn upgrade(&self, path: &str, origin: Option<&str>) -> Result<Viewer, u16> {
        let address = self.base().replacen("http://", "ws://", 1);
        let mut request = format!("{address}{path}")
            .into_client_request()
            .expect("a URL");
        let headers = request.headers_mut();
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().expect("a header"));
        }
        if let Some(cookies) = self.cookies() {
            headers.insert("cookie", cookies.parse().expect("a header"));
        }
        match timeout(PATIENCE, connect_async(request))
            .await
            .expect("the app answers")
        {
            Ok((socket, _)) => Ok(Viewer { socket }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }
}

/// All of these panic when nothing comes for long.
impl Viewer {
    /// The next frame, or the end. Pings are answered on the way.
    pub async fn next(&mut self) -> News {
        loop {
            match timeout(PATIENCE, self.socket.next())
                .await
                .expect("something comes")
            {
                Some(Ok(Message::Text(text))) => {
                    return News::Frame(serde_json::from_str(&text).expect("frames are JSON"));
                }
                Some(Ok(Message::Close(reason))) => {
                    return reason.map_or(News::Cut, |reason| News::Closed(reason.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return News::Cut,
            }
        }
    }

    /// The next news that this is said of.
    pub async fn until(&mut self, wanted: impl Fn(&News) -> bool) -> News {
        loop {
            let news = self.next().await;
            if wanted(&news) {
                return news;
            }
            assert!(matches!(news, News::Frame(_)), "the socket ended: {news:?}");
        }
    }

    /// The next frame of this type.
    pub async fn frame(&mut self, kind: &str) -> Value {
        match self.until(|news| news.kind() == kind).await {
            News::Frame(frame) => frame,
            end => panic!("the socket ended: {end:?}"),
        }
    }

    /// The code with which the server closes, whatever comes before.
    pub async fn closed(&mut self) -> u16 {
        match self.until(|news| matches!(news, News::Closed(_))).await {
            News::Closed(code) => code,
            other => panic!("{other:?}"),
        }
    }

    /// Says something.
    pub async fn say(&mut self, message: Message) {
        self.socket.send(message).await.expect("the socket is open");
    }
}

pub use tokio_tungstenite::tungstenite::Message as Said;
