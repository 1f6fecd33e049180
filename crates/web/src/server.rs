//! Listening, and stopping without cutting anybody off.

use std::io;
use std::net::SocketAddr;

use actix_web::App;
use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use tokio::signal::unix::{SignalKind, signal};

use crate::connections;

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
/// How long a stopping server waits for answers under way, s.
const DRAIN_S: u64 = 10;
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
    let listener = connections::listen(options.listen)?;
    let address = listener.local_addr()?;
    let builder = Server::build()
        .workers(options.workers)
        .shutdown_timeout(DRAIN_S);
    let stopping = builder.graceful_shutdown_signal();
    let server = builder.listen("http", listener, move || {
        let stopping = stopping.clone();
        let stops = move || {
            let stopping = stopping.clone();
            async move { stopping.notified().await }
        };
        connections::serve(factory(), address, stops)
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
