//! A peer that does on its sockets what the simulator would not.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use actix_codec::{Decoder, Encoder};
use actix_http::ws::hash_key;
use awc::ws::{Codec, Frame, Message};
use bytes::BytesMut;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the row of every meter says, with this level.
pub(crate) const ROW: &str = r#"{"status":"ok","data":{"last_seen":"2026-11-21T04:00:00","measurement_state":"Start","lp":"50.0","is_reachable":true}}"#;

type Script = Box<dyn Fn(usize, Conn) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// A listening socket that answers questions after rows, and plays a script on each feed.
pub(crate) struct Peer {
    pub(crate) base_url: String,
    feeds: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    accepting: JoinHandle<()>,
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

struct State {
    script: Script,
    feeds: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
}

impl Peer {
    /// Plays the script on each feed, which is told how many came before.
    pub(crate) async fn start<F>(script: impl Fn(usize, Conn) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let (feeds, open) = <(Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
        let state = Arc::new(State {
            script: Box::new(move |turn, conn| Box::pin(script(turn, conn))),
            feeds: Arc::clone(&feeds),
            open: Arc::clone(&open),
        });
        let accepting = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                connections.spawn(serve(stream, Arc::clone(&state)));
            }
        });
        Self {
            base_url,
            feeds,
            open,
            accepting,
        }
    }

    /// How many feeds were opened.
    pub(crate) fn feeds(&self) -> usize {
        self.feeds.load(Ordering::SeqCst)
    }

    /// How many scripts are being played.
    pub(crate) fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) {
    let mut stream = BufReader::new(stream);
    while let Some((path, key)) = next_head(&mut stream).await {
        if let Some(key) = key.filter(|_| path.ends_with("/monitor")) {
            let accept = String::from_utf8(hash_key(key.as_bytes()).to_vec()).unwrap();
            let head = format!(
                "HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: {accept}\r\n\r\n"
            );
            if stream.write_all(head.as_bytes()).await.is_ok() {
                let turn = state.feeds.fetch_add(1, Ordering::SeqCst);
                state.open.fetch_add(1, Ordering::SeqCst);
                (state.script)(turn, Conn::new(stream.into_inner())).await;
                state.open.fetch_sub(1, Ordering::SeqCst);
            }
            return;
        }
        let body = if path.ends_with("_monitor/status") {
            r#"{"status":"ok","monitors":{}}"#
        } else {
            ROW
        };
        let length = body.len();
        let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}");
        if stream.write_all(reply.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The path of the next request, and the key of one for a socket.
async fn next_head(stream: &mut BufReader<TcpStream>) -> Option<(String, Option<String>)> {
    let (mut path, mut key) = (None, None);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Some((path?, key));
        }
        if path.is_none() {
            path = line.split(' ').nth(1).map(str::to_owned);
        } else if let Some((name, value)) = line.split_once(": ")
            && name.eq_ignore_ascii_case("sec-websocket-key")
        {
            key = Some(value.to_owned());
        }
    }
}

/// The peer's end of a feed.
pub(crate) struct Conn {
    stream: TcpStream,
    codec: Codec,
    read: BytesMut,
}

impl Conn {
    fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            codec: Codec::new(),
            read: BytesMut::new(),
        }
    }

    /// Sends, and says whether the other end still took it.
    pub(crate) async fn send(&mut self, message: Message) -> bool {
        let mut bytes = BytesMut::new();
        self.codec.encode(message, &mut bytes).unwrap();
        self.send_raw(&bytes).await
    }

    pub(crate) async fn text(&mut self, text: impl Into<String>) -> bool {
        self.send(Message::Text(text.into().into())).await
    }

    /// A frame with this level, at that second after four.
    pub(crate) async fn level(&mut self, second: u32, lp: f64) -> bool {
        self.text(format!(
            r#"{{"timestamp":"2026-11-21T04:00:{second:02}","measurement_state":"Start","lp":"{lp:.1}","feed_status":"ok"}}"#
        ))
        .await
    }

    pub(crate) async fn send_raw(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok()
    }

    /// The next frame of the other end; `None` when it has gone.
    pub(crate) async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(frame) = self.codec.decode(&mut self.read).unwrap() {
                return Some(frame);
            }
            if self.stream.read_buf(&mut self.read).await.ok()? == 0 {
                return None;
            }
        }
    }

    /// Reads until the other end has gone.
    pub(crate) async fn until_gone(&mut self) {
        while self.next().await.is_some() {}
    }
}

/// What scripts report to the test.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub(crate) fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    pub(crate) fn has(&self, what: &str) -> bool {
        self.0.lock().unwrap().iter().any(|noted| noted == what)
    }
}
