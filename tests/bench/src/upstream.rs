//! SLMM is killed, or answers in ten seconds: how soon visitors have what is remembered.

use std::time::Duration;

use slmm_sim::{Fault, RunningSim, Scope, SimConfig};

use crate::house::House;
use crate::paced::{self, Asked, Pace};
use crate::table::Line;

const METERS: usize = 6;
const LATE_MS: u64 = 10_000;
const GOAL_MS: f64 = 50.0;
/// Who ask for levels; and who open the overview. Those who ask first after the blow are among them.
const LIVE: Pace = Pace {
    askers: 64,
    every: Duration::from_secs(1),
    lasting: Duration::from_mins(1),
};
const PAGE: Pace = Pace { askers: 16, ..LIVE };
/// In which everything is seen once.
const WARM_UP: Duration = Duration::from_secs(3);

/// What happens to SLMM.
#[derive(Clone, Copy)]
enum Blow {
    Killed,
    Late,
}

/// Measures both.
pub async fn measure() -> Vec<Line> {
    let mut lines = Vec::new();
    for (blow, name) in [(Blow::Killed, "killed"), (Blow::Late, "answering in 10 s")] {
        let (live, page) = strike(blow).await;
        println!(
            "SLMM {name}, /live: {}; {} remembered",
            live.delays, live.remembered
        );
        println!("SLMM {name}, /portal: {}", page.delays);
        assert_eq!(
            (live.refused, page.refused),
            (0, 0),
            "visitors are answered"
        );
        let what = format!("a minute with SLMM {name}: `/live` p99");
        lines.extend([line(&what, &live), line("… `/portal` p99", &page)]);
    }
    lines
}

fn line(what: &str, asked: &Asked) -> Line {
    let quantile = |n, d| asked.delays.quantile_ms(n, d).expect("answers");
    let longest = format!("longest {:.0} ms", quantile(1, 1));
    Line::most(what, quantile(99, 100), GOAL_MS, "ms").of(&longest)
}

async fn strike(blow: Blow) -> (Asked, Asked) {
    let mut house = House::of(&SimConfig::with_units(METERS), 1);
    let portal = house.open(&[]);
    let session = portal.enter(&house.portals[0]).await;
    let locations = portal.door.locations(&session).await;
    let live = |id| format!("{}/portal/api/location/{id}/live", portal.url);
    let live: Vec<String> = locations.iter().map(live).collect();
    let page = [format!("{}/portal", portal.url)];
    let ask = async |live_pace, page_pace| {
        let cookie = &session.cookie;
        tokio::join!(
            paced::ask(&live, cookie, live_pace),
            paced::ask(&page, cookie, page_pace)
        )
    };
    let warm = |pace| Pace {
        lasting: WARM_UP,
        ..pace
    };
    let (calm, _) = ask(warm(LIVE), warm(PAGE)).await;
    assert_eq!(calm.remembered, 0, "SLMM is well");
    match blow {
        Blow::Killed => kill(&mut house).await,
        Blow::Late => {
            let sim = house.programs.slmm.sim();
            sim.set_fault(Scope::all(), Fault::DelayMs(LATE_MS));
        }
    }
    ask(LIVE, PAGE).await
}

/// Nobody listens on its port any more; one on another port takes its place in the house.
async fn kill(house: &mut House) {
    let slmm: &mut RunningSim = &mut house.programs.slmm;
    let stand_in = slmm.sim().serve("127.0.0.1:0").expect("another port");
    std::mem::replace(slmm, stand_in).stop().await;
}
