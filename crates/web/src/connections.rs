//! How connections are taken, and for how long each may take its time.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_http::HttpService;
use actix_http::error::DispatchError;
use actix_service::{IntoServiceFactory as _, ServiceFactoryExt as _, map_config};
use actix_web::App;
use actix_web::body::MessageBody;
use actix_web::dev::{AppConfig, ServiceFactory, ServiceRequest, ServiceResponse, fn_service};
use futures_util::future::ready;
use socket2::{Domain, Protocol, SockRef, Socket, Type};
use tokio::net::TcpStream;

use crate::slow_head::{HeadTimes, Timed};

/// How long a client may take over a request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an idle connection is kept: longer than the 15 s after which pages ask again.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long a client may take to take note that a connection is closed.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// How long sent data may stay unacknowledged, a closed window included, before the connection is
/// given up: a viewer that reads nothing keeps its place no longer.
const UNREAD_TIMEOUT: Duration = Duration::from_mins(1);
/// How much of an answer waits in memory before the body is asked for more, bytes. Small, so that a
/// slow live viewer is never far behind.
const WRITE_BUFFER: usize = 4 * 1024;
/// Connections the kernel may hold before they are accepted, for the moment after a restart.
const BACKLOG: i32 = 4096;

/// Listens on an address, also where connections of a process before this one still end.
///
/// # Errors
/// The address cannot be bound.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let domain = Domain::for_address(address);
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Serves an app on the connections of a listener. `stops` resolves when the server is stopped:
/// then kept connections are closed.
///
/// This is `HttpServer`'s way but for [`Timed`], which it has no room for.
pub(crate) fn serve<T, B, S, F>(
    app: App<T>,
    address: SocketAddr,
    stops: S,
) -> impl ServiceFactory<TcpStream, Config = (), Response = (), Error = DispatchError, InitError = ()>
where
    T: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = actix_web::Error,
            InitError = (),
        > + 'static,
    B: MessageBody + 'static,
    S: Fn() -> F + 'static,
    F: Future<Output = ()> + 'static,
{
    let app = app
        .into_factory()
        .map_err(|error: actix_web::Error| error.error_response());
    let http = HttpService::build()
        .graceful_shutdown_signal(stops)
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(HEAD_TIMEOUT)
        .client_disconnect_timeout(DISCONNECT_TIMEOUT)
        .h1_write_buffer_size(WRITE_BUFFER)
        .local_addr(address)
        .on_connect_ext(|connection: &Timed<TcpStream>, data| {
            data.insert(connection.heads());
        })
        .h1(map_config(app, |()| AppConfig::default()));
    fn_service(|stream: TcpStream| ready(Ok::<_, DispatchError>(accept(stream)))).and_then(http)
}

/// Sets a connection up, with its client's address.
fn accept(stream: TcpStream) -> (Timed<TcpStream>, Option<SocketAddr>) {
    if let Err(error) = SockRef::from(&stream).set_tcp_user_timeout(Some(UNREAD_TIMEOUT)) {
        tracing::debug!(%error, "a connection has no limit on unread data");
    }
    let peer = stream.peer_addr().ok();
    let times = HeadTimes {
        head: HEAD_TIMEOUT,
        between: KEEP_ALIVE + HEAD_TIMEOUT,
    };
    (Timed::new(stream, times), peer)
}
