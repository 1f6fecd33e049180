//! Listening, and stopping without cutting anybody off.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::App;
use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::sleep;

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

/// What an app does when its process is asked to stop.
pub trait Leaves: Send + Sync + 'static {
    /// Says of itself from now on that it is not ready. It goes on serving all the same.
    fn leave(&self);

    /// Ends what would never end by itself: nobody is let in any more.
    fn close(&self);
}

/// The largest body that an app reads where a route has no smaller limit, bytes.
pub const BODY_LIMIT: usize = 64 * 1024;
/// How long a server goes on serving after SIGTERM. A proxy that asks whether it is ready sends nobody
/// any more; one that does not, such as nginx, believes again by then, within 2 s, in the process
/// that was restarted before this one.
const NOTICE: Duration = Duration::from_secs(3);
/// How long a stopping server waits for answers under way, s.
const DRAIN_S: u64 = 10;

/// Binds the address and starts to serve; await the server to wait for its end.
///
/// SIGTERM has the app say that it leaves, and after 3 s it is closed: no connection is taken any
/// more, answers under way are finished, kept connections are given back. SIGINT, or a second
/// SIGTERM, closes at once. Where no signal stops the server, its owner has to close the app first.
///
/// # Errors
/// The address cannot be bound.
pub fn serve<F, T, B>(
    options: ServerOptions,
    app: Arc<dyn Leaves>,
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
        server.shutdown_signal(Supervisor::listen()?.leads_out(app))
    } else {
        server.disable_signals()
    };
    Ok((server.run(), address))
}

/// Who may ask the process to stop: its supervisor by SIGTERM, somebody at the keyboard by SIGINT.
struct Supervisor {
    terminate: Signal,
    interrupt: Signal,
}

impl Supervisor {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits to be asked, and has the app leave; the server stops when this resolves.
    async fn leads_out(mut self, app: Arc<dyn Leaves>) {
        let notice = tokio::select! {
            _ = self.terminate.recv() => NOTICE,
            _ = self.interrupt.recv() => Duration::ZERO,
        };
        app.leave();
        tracing::info!(
            ?notice,
            "asked to stop: no longer ready, and visitors are served meanwhile"
        );
        let told_again = tokio::select! {
            () = sleep(notice) => false,
            _ = self.terminate.recv() => true,
            _ = self.interrupt.recv() => true,
        };
        if told_again {
            tracing::info!("asked again: visitors are sent away at once");
        }
        app.close();
    }
}
