//! The simulator on a port, in a thread of its own.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_rt::System;
use actix_web::{App, HttpServer};
use tokio::sync::oneshot;

use crate::connection;
use crate::error::SimError;
use crate::sim::Sim;

/// How finely time is followed: far finer than a watched unit's second.
const TICK: Duration = Duration::from_millis(20);

/// A simulator that is being served. Dropping it stops the serving.
#[derive(Debug)]
pub struct RunningSim {
    address: SocketAddr,
    sim: Sim,
    stop: Option<oneshot::Sender<()>>,
    ended: oneshot::Receiver<()>,
}

impl Sim {
    /// Serves on an address such as `127.0.0.1:0`, in a thread with an actix system of its own,
    /// and follows the clock from then on.
    ///
    /// # Errors
    /// [`SimError::Listen`] when the address cannot be had, [`SimError::Thread`].
    pub fn serve(&self, listen: &str) -> Result<RunningSim, SimError> {
        let bound = TcpListener::bind(listen).and_then(|listener| {
            let address = listener.local_addr()?;
            Ok((listener, address))
        });
        let (listener, address) = bound.map_err(|source| SimError::Listen {
            address: listen.to_owned(),
            source,
        })?;
        let (stop, stopped) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        let now = self.now();
        self.world().skip_to(now);
        let sim = self.clone();
        std::thread::Builder::new()
            .name("slmm-sim".to_owned())
            .spawn(move || {
                System::new().block_on(run(sim, listener, stopped));
                // Whoever waited for the end may have gone.
                end.send(()).ok();
            })
            .map_err(SimError::Thread)?;
        Ok(RunningSim {
            address,
            sim: self.clone(),
            stop: Some(stop),
            ended,
        })
    }
}

async fn run(sim: Sim, listener: TcpListener, stopped: oneshot::Receiver<()>) {
    let ticking = sim.clone();
    let ticker = actix_rt::spawn(async move {
        let mut ticks = actix_rt::time::interval(TICK);
        loop {
            ticks.tick().await;
            ticking.tick();
        }
    });
    let (app_sim, connect_sim) = (sim.clone(), sim);
    let server = HttpServer::new(move || App::new().configure(|app| app_sim.configure(app)))
        .workers(1)
        .disable_signals()
        .shutdown_timeout(0)
        .on_connect(move |stream, data| connection::on_connect(stream, data, connect_sim.is_down()))
        .listen(listener)
        .map(HttpServer::run);
    let server = match server {
        Ok(server) => server,
        Err(error) => return tracing::error!(%error, "the simulator cannot take its listener"),
    };
    let handle = server.handle();
    let serving = actix_rt::spawn(server);
    // Both a word and a dropped handle end it.
    stopped.await.ok();
    ticker.abort();
    handle.stop(false).await;
    if let Ok(Err(error)) = serving.await {
        tracing::error!(%error, "the simulator's server failed");
    }
}

impl RunningSim {
    /// Where it listens, such as `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The simulator itself.
    pub fn sim(&self) -> &Sim {
        &self.sim
    }

    /// Kills it: the port is free, all connections are gone, and so is what SLMM had in memory.
    /// [`Sim::serve`] on the same address is the restart; nobody was polled in between.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            drop(stop);
        }
        (&mut self.ended).await.ok();
        self.sim.restart();
        // The worker's thread lets go of its sockets a moment after the server has ended.
        self.sim.wait_until(|sim| sim.counters().feeds() == 0).await;
    }
}
