//! Tells the database of this process, for staff to see who is watching.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use actix_web::web::Data;
use domain::{ProcessId, Timestamp};
use store::ProcessReport;
use web::RecentLog;

use crate::Portal;

/// Reports while it lives, on a thread of its own: no request waits for it. Dropping it takes the
/// report back, and waits for that a few seconds at most.
pub struct Reporter {
    running: Option<Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Reporter {
    /// How often a process reports. What it says is believed for 45 s.
    pub const EVERY: Duration = Duration::from_secs(10);

    /// Reports from now on, the first time at once.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn start(
        portal: &Data<Portal>,
        process: ProcessId,
        address: SocketAddr,
        log: RecentLog,
        every: Duration,
    ) -> io::Result<Self> {
        let (running, ended) = channel();
        let desk = Desk {
            portal: portal.clone().into_inner(),
            process,
            address: place(address),
            started_at: portal.now(),
            log,
            failing: false,
        };
        let thread = Builder::new()
            .name("reporter".to_owned())
            .spawn(move || desk.work(&ended, every))?;
        Ok(Self {
            running: Some(running),
            thread: Some(thread),
        })
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        drop(self.running.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that reports this process has panicked");
        }
    }
}

/// Where reports are written.
struct Desk {
    portal: Arc<Portal>,
    process: ProcessId,
    address: String,
    started_at: Timestamp,
    log: RecentLog,
    failing: bool,
}

impl Desk {
    fn work(mut self, ended: &Receiver<Infallible>, every: Duration) {
        loop {
            self.report();
            match ended.recv_timeout(every) {
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Ok(never) => match never {},
            }
        }
        if let Err(cause) = self.portal.database.end_process(self.process) {
            tracing::warn!(%cause, "this process's report could not be taken back");
        }
    }

    /// Reports once. One that fails is followed by the next; it is said once.
    fn report(&mut self) {
        match self.portal.database.report_process(&self.now()) {
            Ok(()) => {
                if std::mem::take(&mut self.failing) {
                    tracing::info!("this process reports to staff again");
                }
            }
            Err(cause) => {
                if !std::mem::replace(&mut self.failing, true) {
                    tracing::warn!(%cause, "this process cannot report to staff who is watching");
                }
            }
        }
    }

    fn now(&self) -> ProcessReport {
        let at = self.portal.now();
        let watching = self.portal.watching();
        ProcessReport {
            process: self.process,
            address: self.address.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started_at: self.started_at,
            at,
            feeds: self.portal.slmm.feed_counters().open,
            viewers: self.portal.live.counters().viewers,
            people: watching.iter().map(|one| one.people).sum(),
            warnings: self.log.warnings(),
            errors: self.log.errors(),
            recent: self.log.told(),
            watching,
        }
    }
}

/// Where a process listens, with the name of its machine where that can be had: behind a proxy all
/// of them may listen on the same address.
fn place(address: SocketAddr) -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    match host.trim() {
        "" => address.to_string(),
        host => format!("{host}, {address}"),
    }
}
