//! One stage after the other, each with what it prints and what it found.

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, SystemClock};
use load::process::load_average;
use load::tally::{Summary, now};
use load::{Crowd, Fate, Group, Process, Session, Slmm, Tally};
use tokio::time::sleep;

use crate::house::{House, Open, project_name};

/// Long enough for what is under way when a stage ends.
const EDGE: Duration = Duration::from_secs(2);
/// How often something awaited is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// The longest wait.
const PATIENCE: Duration = Duration::from_secs(15);

/// What the viewers saw.
pub struct Watched {
    pub let_in: u64,
    /// Viewers whose socket ended, and frames that did not come.
    pub missed: u64,
    /// Frames that should come.
    pub expected: usize,
    pub p99_ms: f64,
    /// Sockets to SLMM, by its own count.
    pub feeds: u64,
}

/// What became of those whose portal was closed.
pub struct ShutOut {
    pub of: usize,
    /// From the start of the command to the end of the last socket.
    pub after_s: f64,
    /// How the session's next request was answered.
    pub next: u16,
}

/// Lets the viewers in.
pub async fn gather(portal: &Open, groups: &[Group], viewers: usize, tally: &Arc<Tally>) -> Crowd {
    let since = SystemClock.elapsed();
    let crowd = Crowd::gather(&portal.door, groups, viewers, tally).await;
    for (number, fate) in (1..).zip(crowd.fates()) {
        println!(
            "project {number}: connected {}, failed {:?}",
            fate.connected, fate.failed
        );
    }
    println!("all in after {:.1} s", elapsed_s(since));
    crowd
}

/// Watches the viewers for a while.
pub async fn watch(
    portal: &Open,
    slmm: &mut Slmm,
    crowd: &Crowd,
    tally: &Tally,
    seconds: u32,
) -> Watched {
    sleep(EDGE).await;
    let feeds = slmm.feeds().await;
    slmm.listen().await;
    sleep(EDGE).await;
    let (cpu, own) = (portal.process.cpu(), Process::own().cpu());
    let from = now();
    sleep(Duration::from_secs(seconds.into())).await;
    let until = now();
    tell_cpu("server", portal.process.cpu().saturating_sub(cpu), seconds);
    let own = Process::own().cpu().saturating_sub(own);
    tell_cpu("viewers and simulator", own, seconds);
    println!("load average: {}", load_average());
    sleep(EDGE).await;
    let summary = tally.summary(&(from..until), &crowd.seated, &slmm.polls().await);
    tell(&summary, seconds);
    let dropped: usize = crowd.fates().iter().map(Fate::ends).sum();
    println!("dropped: {dropped}");
    for figure in ["live_skipped_total", "live_lost_total"] {
        println!("server's {figure}: {}", portal.metrics.figure(figure).await);
    }
    Watched {
        let_in: crowd.seated.iter().sum::<usize>() as u64,
        missed: (dropped + summary.expected.saturating_sub(summary.receipts)) as u64,
        expected: summary.expected,
        p99_ms: summary.since_poll.quantile_ms(99, 100).expect("frames"),
        feeds,
    }
}

/// The server's memory with the viewers less that after the sign-ins, whose hashes' memory
/// (19 MiB each thread) the server keeps; bytes a viewer.
pub fn memory_each(empty_kib: u64, portal: &Open, crowd: &Crowd) -> f64 {
    let full_kib = portal.process.memory_kib();
    println!("server's memory: {empty_kib} KiB before, {full_kib} KiB now");
    let viewers = crowd.seated.iter().sum::<usize>();
    full_kib.saturating_sub(empty_kib) as f64 * 1024.0 / viewers as f64
}

/// Closes the first project's portal by another process, and waits until its viewers are out.
pub async fn shut_out(house: &House, portal: &Open, crowd: &Crowd, session: &Session) -> ShutOut {
    let since = SystemClock.elapsed();
    let told = (house.programs.admin())
        .arguments(["portal", "disable", &project_name(0)])
        .run();
    assert!(told.status.success(), "{told:?}");
    println!("portal-admin took {:.3} s", elapsed_s(since));
    let next = portal.door.status(session).await;
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
    let fates = crowd.fates();
    for (number, fate) in (1..).zip(&fates) {
        println!(
            "project {number}: of {} viewers shut out {:?}",
            fate.connected, fate.ended
        );
    }
    assert_eq!(
        fates[1].ends(),
        0,
        "nobody of the other project is shut out"
    );
    let all = fates[0].ends() == fates[0].connected;
    let last = fates[0].last_end.filter(|_| all);
    ShutOut {
        of: fates[0].connected,
        after_s: last.map_or(f64::INFINITY, |last| {
            last.saturating_sub(since).as_secs_f64()
        }),
        next,
    }
}

/// All leave; the seconds until the last socket to SLMM is closed.
pub async fn leave(crowd: Crowd, portal: &Open, slmm: &Slmm) -> f64 {
    crowd.leave().await;
    let since = SystemClock.elapsed();
    while slmm.feeds().await > 0 && elapsed_s(since) < PATIENCE.as_secs_f64() {
        sleep(LOOK_EVERY).await;
    }
    let took = elapsed_s(since);
    println!(
        "server's memory: {} KiB after all left",
        portal.process.memory_kib()
    );
    took
}

fn elapsed_s(since: Duration) -> f64 {
    SystemClock.elapsed().saturating_sub(since).as_secs_f64()
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
    println!("delivery after the first viewer: {since_first}");
    println!("delivery after SLMM's poll: {since_poll}");
}

fn tell_cpu(name: &str, cpu: Duration, seconds: u32) {
    let share = 100.0 * cpu.as_secs_f64() / f64::from(seconds);
    println!("processor, {name}: {share:.0} % of a core");
}
