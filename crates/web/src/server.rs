//! Listening, and stopping without cutting anybody off.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_http::HttpService;
use actix_http::error::DispatchError;
use actix_service::{IntoServiceFactory as _, ServiceFactoryExt as _, map_config};
use actix_web::App;
use actix_web::body::MessageBody;
use actix_web::dev::{
    AppConfig, Server, ServiceFactory, ServiceRequest, ServiceResponse, fn_service,
};
use futures_util::future::ready;
use socket2::{Domain, Protocol, SockRef, Socket, Type};
use tokio::net::TcpStream;
use tokio::signal::unix::{SignalKind, signal};

use crate::slow_head::{HeadTimes, Timed};

/// How a server listens.
#[derive(Debug, Clone, Copy)]
pub struct ServerOptions {
    /// The address to listen on; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Worker threads.
    pub workers: usize,
    /// Whether SIGTERM and SIGINT stop this server; false where its owner stops it.
    pub stop_by_signal: bool,
}

/// The largest body that an app reads where a route has no smaller limit, bytes.
pub const BODY_LIMIT: usize = 64 * 1024;
/// How long a client may take over a request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an idle connection is kept: longer than the 15 s after which pages ask again.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long a stopping server waits for answers under way, s.
const DRAIN_S: u64 = 10;
/// How long sent data may stay unacknowledged, a closed window included, before the connection is
/// given up: a viewer that reads nothing keeps its place no longer.
const UNREAD_TIMEOUT: Duration = Duration::from_mins(1);
/// How much of an answer waits in memory before the body is asked for more, bytes. Small, so that a
/// slow live viewer is never far behind.
const WRITE_BUFFER: usize = 4 * 1024;
/// Connections the kernel may hold before they are accepted, for the moment after a restart.
const BACKLOG: i32 = 4096;
/// How long a client may take to take note that a connection is closed.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// Binds the address and starts to serve; await the server to wait for its end. Stopping it
/// finishes the answers that are under way; `before_stop` is for what would never finish. Where
/// no signal stops the server, its owner has to do that too.
///
/// # Errors
/// The address cannot be bound.
pub fn serve<F, T, B>(
    options: ServerOptions,
    before_stop: impl FnOnce() + Send + 'static,
    factory: F,
) -> io::Result<(Server, SocketAddr)>
where
    F: Fn() -> App<T> + Send + Clone + 'static,
    T: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = actix_web::Error,
            InitError = (),
        > + 'static,
    B: MessageBody + 'static,
{
    let listener = listen(options.listen)?;
    let address = listener.local_addr()?;
    let builder = Server::build()
        .workers(options.workers)
        .shutdown_timeout(DRAIN_S);
    let stopping = builder.graceful_shutdown_signal();
    let server = builder.listen("http", listener, move || {
        let stopping = stopping.clone();
        let app = factory()
            .into_factory()
            .map_err(|error: actix_web::Error| error.error_response());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .keep_alive(KEEP_ALIVE)
            .client_request_timeout(HEAD_TIMEOUT)
            .client_disconnect_timeout(DISCONNECT_TIMEOUT)
            .h1_write_buffer_size(WRITE_BUFFER)
            .local_addr(address)
            .on_connect_ext(|connection: &Timed<TcpStream>, data| {
                data.insert(connection.heads());
            })
            .h1(map_config(app, |()| AppConfig::default()));
        fn_service(|stream: TcpStream| ready(accept(stream))).and_then(http)
    })?;
    let server = if options.stop_by_signal {
        let signal = stop_signal()?;
        server.shutdown_signal(async {
            signal.await;
            before_stop();
        })
    } else {
        server.disable_signals()
    };
    Ok((server.run(), address))
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Sets a connection up, with its client's address.
fn accept(stream: TcpStream) -> Result<(Timed<TcpStream>, Option<SocketAddr>), DispatchError> {
    if let Err(error) = SockRef::from(&stream).set_tcp_user_timeout(Some(UNREAD_TIMEOUT)) {
        tracing::debug!(%error, "a connection has no limit on unread data");
    }
    let peer = stream.peer_addr().ok();
    let times = HeadTimes {
        head: HEAD_TIMEOUT,
        between: KEEP_ALIVE + HEAD_TIMEOUT,
    };
    Ok((Timed::new(stream, times), peer))
}

/// Resolves when the process is asked to stop, by its supervisor or at the keyboard.
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
