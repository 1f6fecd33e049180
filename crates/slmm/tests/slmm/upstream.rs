//! An upstream that does as it is told, on a real socket.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::support::AMPLE;

/// What the upstream does with one request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// A status and a body.
    Whole(u16, Vec<u8>),
    /// These bytes, then the end of the connection.
    Raw(Vec<u8>),
    /// A head that promises a body which never comes.
    HeadOnly,
    /// Nothing at all, for as long as the client has patience.
    Silence,
    /// The reply, once the gate is open.
    Gated(Gate, Box<Reply>),
}

impl Reply {
    pub(crate) fn ok(body: impl Into<String>) -> Self {
        Self::Whole(200, body.into().into_bytes())
    }

    /// A status row with this instantaneous level, dB.
    pub(crate) fn level(lp: f64) -> Self {
        Self::ok(format!(
            r#"{{"status":"ok","data":{{"last_seen":"2026-11-21T04:00:00","measurement_state":"Start","lp":"{lp:.1}","is_reachable":true}}}}"#
        ))
    }

    pub(crate) fn no_monitors() -> Self {
        Self::ok(r#"{"status":"ok","monitors":{}}"#)
    }

    pub(crate) fn behind(self, gate: &Gate) -> Self {
        Self::Gated(gate.clone(), Box::new(self))
    }
}

/// Holds replies back until it is opened.
#[derive(Clone)]
pub(crate) struct Gate(Arc<watch::Sender<bool>>);

impl Gate {
    pub(crate) fn shut() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    pub(crate) fn open(&self) {
        self.0.send_replace(true);
    }

    async fn passed(&self) {
        let mut open = self.0.subscribe();
        open.wait_for(|open| *open).await.expect("a gate in use");
    }
}

type Script = Box<dyn Fn(&str) -> Reply + Send>;

struct State {
    script: Mutex<Script>,
    requests: Mutex<Vec<String>>,
    seen: watch::Sender<usize>,
    connections: AtomicUsize,
    in_flight: AtomicUsize,
    max_in_flight: AtomicUsize,
}

/// A listening socket that answers by script.
pub(crate) struct Upstream {
    state: Arc<State>,
    port: u16,
    accepting: JoinHandle<()>,
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Upstream {
    pub(crate) async fn start(script: impl Fn(&str) -> Reply + Send + 'static) -> Self {
        Self::start_on(0, script).await
    }

    pub(crate) async fn start_on(
        port: u16,
        script: impl Fn(&str) -> Reply + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State {
            script: Mutex::new(Box::new(script)),
            requests: Mutex::default(),
            seen: watch::Sender::new(0),
            connections: AtomicUsize::new(0),
            in_flight: AtomicUsize::new(0),
            max_in_flight: AtomicUsize::new(0),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&state)));
        Self {
            state,
            port,
            accepting,
        }
    }

    /// From now on it answers so.
    pub(crate) fn now(&self, script: impl Fn(&str) -> Reply + Send + 'static) {
        *self.state.script.lock().unwrap() = Box::new(script);
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// How many requests came whose path and query end so.
    pub(crate) fn requests(&self, ending: &str) -> usize {
        let requests = self.state.requests.lock().unwrap();
        requests
            .iter()
            .filter(|path| path.ends_with(ending))
            .count()
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.state.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn max_in_flight(&self) -> usize {
        self.state.max_in_flight.load(Ordering::SeqCst)
    }

    /// Waits until that many requests have come.
    pub(crate) async fn saw(&self, count: usize) {
        let mut seen = self.state.seen.subscribe();
        let arrived = seen.wait_for(|seen| *seen >= count);
        tokio::time::timeout(AMPLE, arrived)
            .await
            .expect("the requests came")
            .unwrap();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        state.connections.fetch_add(1, Ordering::SeqCst);
        connections.spawn(serve(stream, Arc::clone(&state)));
    }
}

/// Serves one connection until either side has enough. Its client never sends ahead, so anything
/// readable while a reply is due means that the client has hung up.
async fn serve(stream: TcpStream, state: Arc<State>) {
    let mut stream = BufReader::new(stream);
    while let Some(path) = next_request(&mut stream).await {
        state.requests.lock().unwrap().push(path.clone());
        let reply = (state.script.lock().unwrap())(&path);
        let now = state.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        state.max_in_flight.fetch_max(now, Ordering::SeqCst);
        state.seen.send_modify(|seen| *seen += 1);
        let ready = tokio::select! {
            ready = ready(reply) => Some(ready),
            _ = stream.fill_buf() => None,
        };
        state.in_flight.fetch_sub(1, Ordering::SeqCst);
        let keep = match ready {
            Some(Reply::Whole(status, body)) => {
                let length = body.len();
                let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n\r\n");
                let whole = [head.into_bytes(), body].concat();
                stream.get_mut().write_all(&whole).await.is_ok()
            }
            Some(Reply::Raw(bytes)) => {
                stream.get_mut().write_all(&bytes).await.ok();
                false
            }
            Some(Reply::HeadOnly) => {
                let head = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
                stream.get_mut().write_all(head).await.ok();
                stream.read_u8().await.ok();
                false
            }
            Some(Reply::Silence | Reply::Gated(..)) | None => false,
        };
        if !keep {
            return;
        }
    }
}

async fn ready(mut reply: Reply) -> Reply {
    loop {
        match reply {
            Reply::Gated(gate, then) => {
                gate.passed().await;
                reply = *then;
            }
            Reply::Silence => std::future::pending().await,
            ready => return ready,
        }
    }
}

async fn next_request(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut path = None;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => return path,
            line if path.is_none() => path = line.split(' ').nth(1).map(str::to_owned),
            _ => {}
        }
    }
}
