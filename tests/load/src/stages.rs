//! One stage after the other, each with what it prints.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SystemClock};
use tokio::process::Command;
use tokio::time::sleep;

use crate::crowd::{Crowd, Fate, Group};
use crate::metrics::Metrics;
use crate::portal::Portal;
use crate::process::{Process, load_average};
use crate::tally::{Delays, Summary, Tally, now};
use crate::upstream::Slmm;

/// Long enough for what is under way when a stage ends.
const EDGE: Duration = Duration::from_secs(2);
/// How often something awaited is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// The longest wait.
const PATIENCE: Duration = Duration::from_secs(15);

/// What is looked at.
pub struct Stages {
    /// The server under load.
    pub server: Option<Process>,
    /// The simulator.
    pub slmm: Option<Slmm>,
    /// The portal's own counts.
    pub metrics: Option<Metrics>,
}

/// Signs in at each link.
pub async fn sign_in<'a>(
    portal: &Portal,
    links: impl Iterator<Item = (&'a String, &'a String)>,
    sessions: usize,
) -> Vec<Group> {
    let mut groups = Vec::new();
    for (link, password) in links {
        let mut entered = Vec::new();
        for _ in 0..sessions {
            entered.push(portal.enter(link, password).await);
        }
        let locations = portal.locations(&entered[0]).await;
        println!(
            "project {}: {} locations",
            groups.len() + 1,
            locations.len()
        );
        assert!(!locations.is_empty(), "there is something to see");
        groups.push(Group {
            sessions: entered,
            locations,
        });
    }
    groups
}

impl Stages {
    /// Lets the viewers in.
    pub async fn gather(
        &self,
        portal: &Portal,
        groups: &[Group],
        viewers: usize,
        tally: &Arc<Tally>,
    ) -> Crowd {
        let since = SystemClock.elapsed();
        let crowd = Crowd::gather(portal, groups, viewers, tally).await;
        let took = SystemClock.elapsed().saturating_sub(since);
        for (number, fate) in (1..).zip(crowd.fates()) {
            println!(
                "project {number}: connected {}, failed {:?}",
                fate.connected, fate.failed
            );
        }
        println!("all in after {:.1} s", took.as_secs_f64());
        crowd
    }

    /// Watches the viewers for a while.
    pub async fn measure(&mut self, crowd: &Crowd, tally: &Tally, seconds: u32) {
        sleep(EDGE).await;
        if let Some(slmm) = &mut self.slmm {
            println!("SLMM's sockets open: {}", slmm.feeds().await);
            slmm.listen().await;
        }
        sleep(EDGE).await;
        let (cpu, own) = (self.server.map(Process::cpu), Process::own().cpu());
        let from = now();
        sleep(Duration::from_secs(seconds.into())).await;
        let until = now();
        if let (Some(server), Some(before)) = (self.server, cpu) {
            tell_cpu("server", server.cpu().saturating_sub(before), seconds);
        }
        tell_cpu(
            "load program",
            Process::own().cpu().saturating_sub(own),
            seconds,
        );
        println!("load average: {}", load_average());
        sleep(EDGE).await;
        let polls = match &mut self.slmm {
            Some(slmm) => slmm.polls().await,
            None => crate::upstream::Polls::default(),
        };
        tell(
            &tally.summary(&(from..until), &crowd.seated, &polls),
            seconds,
        );
        let dropped: usize = crowd.fates().iter().map(Fate::ends).sum();
        println!("dropped: {dropped}");
        for figure in [
            "feeds",
            "live_viewers",
            "live_skipped_total",
            "live_lost_total",
        ] {
            if let Some(metrics) = &self.metrics {
                println!("server's {figure}: {}", metrics.figure(figure).await);
            }
        }
    }

    /// The server's memory with the viewers against that after the sign-ins, whose hashes' memory
    /// (19 MiB each thread) the server keeps.
    pub fn tell_memory(&self, empty_kib: Option<u64>, crowd: &Crowd) {
        if let (Some(server), Some(empty)) = (self.server, empty_kib) {
            let full = server.memory_kib();
            let viewers = u64::try_from(crowd.seated.iter().sum::<usize>()).unwrap_or(u64::MAX);
            let each = full.saturating_sub(empty) * 1024 / viewers.max(1);
            println!("server's memory: {empty} KiB before, {full} KiB now, {each} bytes a viewer");
        }
    }

    /// All leave; says when the last socket to SLMM is closed.
    pub async fn leave(&self, crowd: Crowd) {
        crowd.leave().await;
        let Some(metrics) = &self.metrics else {
            return;
        };
        let since = SystemClock.elapsed();
        let waited = || SystemClock.elapsed().saturating_sub(since);
        while metrics.figure("feeds").await > 0 && waited() < PATIENCE {
            sleep(LOOK_EVERY).await;
        }
        println!(
            "feeds {} after {:.2} s",
            metrics.figure("feeds").await,
            waited().as_secs_f64()
        );
        if let Some(slmm) = &self.slmm {
            println!("SLMM's sockets open: {}", slmm.feeds().await);
        }
        if let Some(server) = self.server {
            println!(
                "server's memory: {} KiB after all left",
                server.memory_kib()
            );
        }
    }
}

/// Closes the first project's portal and waits until its viewers are shut out.
pub async fn revoke(crowd: &Crowd, admin: &Path, project: &str) {
    let since = SystemClock.elapsed();
    let status = Command::new(admin)
        .args(["portal", "disable", project])
        .status();
    assert!(status.await.expect("portal-admin runs").success());
    let done = SystemClock.elapsed();
    while SystemClock.elapsed().saturating_sub(done) < PATIENCE {
        let fates = crowd.fates();
        if fates[0].ends() == fates[0].connected {
            break;
        }
        sleep(LOOK_EVERY).await;
    }
    // Whoever else is shut out would be by now.
    sleep(EDGE).await;
    for (number, fate) in (1..).zip(crowd.fates()) {
        println!(
            "project {number}: of {} viewers shut out {:?}",
            fate.connected, fate.ended
        );
    }
    if let Some(last) = crowd.fates()[0].last_end {
        let ms = |from: Duration| (last.as_secs_f64() - from.as_secs_f64()) * 1000.0;
        println!(
            "the last {:.0} ms after the command began, {:.0} ms after it ended",
            ms(since),
            ms(done)
        );
    }
}

fn tell(summary: &Summary, seconds: u32) {
    let Summary {
        frames,
        receipts,
        expected,
        since_first,
        since_poll,
    } = summary;
    println!("frames: {frames}, received {receipts} of {expected}");
    println!(
        "received a second: {:.0}",
        *receipts as f64 / f64::from(seconds)
    );
    tell_delays("after the first viewer", since_first);
    tell_delays("after SLMM's poll", since_poll);
}

fn tell_delays(name: &str, delays: &Delays) {
    let quantiles = [(1, 2), (99, 100), (999, 1000), (1, 1)].map(|(n, d)| delays.quantile_ms(n, d));
    if let [Some(p50), Some(p99), Some(p999), Some(max)] = quantiles {
        println!(
            "delivery {name}: p50 {p50:.1} ms, p99 {p99:.1} ms, p99.9 {p999:.1} ms, max {max:.1} ms, of {}",
            delays.count()
        );
    }
}

fn tell_cpu(name: &str, cpu: Duration, seconds: u32) {
    let share = 100.0 * cpu.as_secs_f64() / f64::from(seconds);
    println!("processor, {name}: {share:.0} % of a core");
}
