//! Ten thousand viewers of twenty meters at SLMM's rate, and what becomes of them when half of them
//! are shut out and the others leave.

mod stages;

use std::sync::Arc;

use clap::Args;
use load::{Group, Slmm, Tally};
use slmm_sim::SimConfig;

use self::stages::Watched;
use crate::house::{House, Open};
use crate::table::{Figure, Line};

const METERS: usize = 20;
/// One is shut out, the other goes on.
const PROJECTS: usize = 2;
/// Room for every viewer in one session of each project, and for as many sockets to SLMM as meters.
const SETTINGS: [(&str, &str); 3] = [
    ("SLMM_MAX_FEEDS", "20"),
    ("MAX_STREAMS", "100000"),
    ("MAX_STREAMS_PER_SESSION", "100000"),
];

/// How many, and for how long.
#[derive(Debug, Clone, Copy, Args)]
pub struct Extent {
    /// Live viewers
    #[arg(long, default_value_t = 10_000)]
    pub viewers: usize,
    /// Seconds for which they watch
    #[arg(long, default_value_t = 30)]
    pub watch: u32,
}

/// Lets them in, watches, shuts half out, and sees the others leave.
pub async fn measure(extent: Extent) -> Vec<Line> {
    let house = House::of(&SimConfig::with_units(METERS), PROJECTS);
    let portal = house.open(&SETTINGS);
    let mut slmm = Slmm::at(&house.programs.slmm.base_url());
    let groups = sign_in(&house, &portal).await;
    let empty_kib = portal.process.memory_kib();
    let tally = Arc::new(Tally::default());
    let crowd = stages::gather(&portal, &groups, extent.viewers, &tally).await;
    let watched = stages::watch(&portal, &mut slmm, &crowd, &tally, extent.watch).await;
    let each = stages::memory_each(empty_kib, &portal, &crowd);
    let shut_out = stages::shut_out(&house, &portal, &crowd, &groups[0].sessions[0]).await;
    let let_go_s = stages::leave(crowd, &portal, &slmm).await;
    let mut lines = lines(extent, &watched);
    lines.extend([
        Line::most("… server memory a viewer", each / 1024.0, 12.0, "KiB"),
        Line::most(
            "sockets to SLMM gone after the last viewer left",
            let_go_s,
            5.0,
            "s",
        ),
        Line::most(
            &format!(
                "revocation with {} open: its {} sockets closed",
                Figure(extent.viewers as f64),
                Figure(shut_out.of as f64)
            ),
            shut_out.after_s,
            2.0,
            "s",
        ),
        Line::exactly(
            "… status of the session's next request",
            shut_out.next.into(),
            401,
        ),
    ]);
    lines
}

async fn sign_in(house: &House, portal: &Open) -> Vec<Group> {
    let mut groups = Vec::new();
    for one in &house.portals {
        let session = portal.enter(one).await;
        groups.push(Group {
            locations: portal.door.locations(&session).await,
            sessions: vec![session],
        });
    }
    groups
}

fn lines(extent: Extent, watched: &Watched) -> Vec<Line> {
    let viewers = extent.viewers as u64;
    vec![
        Line::exactly(
            &format!("live socket: viewers of {METERS} meters let in"),
            watched.let_in,
            viewers,
        ),
        Line::exactly("… dropped, and frames not received", watched.missed, 0)
            .of(&format!("of {} frames", Figure(watched.expected as f64))),
        Line::most(
            "… delivery after SLMM's poll, p99",
            watched.p99_ms,
            100.0,
            "ms",
        ),
        Line::exactly("… sockets to SLMM", watched.feeds, METERS as u64),
    ]
}
