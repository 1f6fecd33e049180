//! A thousand visitors on forty meters, and an SLMM that goes deaf at its sixteenth session.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use domain::{Clock, SystemClock};
use load::{Crowd, Fate, Group, Witness};
use slmm_sim::{Capacity, SimConfig};

use crate::house::{House, Open};
use crate::paced::{self, Asked, Pace};
use crate::table::Line;

const METERS: usize = 40;
const VIEWERS: usize = 1000;
/// Each signs in by itself and watches as many as one may.
const SESSIONS: usize = 50;
const LASTING: Duration = Duration::from_secs(40);
/// A thousand pages that look every 15 s how their project is.
const PAGES: Pace = Pace {
    askers: 100,
    every: Duration::from_millis(1500),
    lasting: LASTING,
};

/// Lets them in and watches what SLMM feels of it.
pub async fn measure() -> Vec<Line> {
    let config = SimConfig {
        capacity: Some(Capacity::default()),
        ..SimConfig::with_units(METERS)
    };
    let house = House::of(&config, 1);
    let portal = house.open(&[]);
    let group = sign_in(&house, &portal).await;
    let gaps = Arc::new(Gaps::of(VIEWERS));
    let crowd = Crowd::gather(&portal.door, std::slice::from_ref(&group), VIEWERS, &gaps).await;
    println!("{:?}", crowd.fates());
    gaps.begin();
    let overview = [format!("{}/portal/api/overview", portal.url)];
    let asked = paced::ask(&overview, &group.sessions[0].cookie, PAGES).await;
    let longest_s = gaps.longest().as_secs_f64();
    let dropped: usize = crowd.fates().iter().map(Fate::ends).sum();
    tell(&asked, &gaps, dropped);
    let counters = house.programs.slmm.sim().counters();
    println!(
        "SLMM answered {} requests; the portal's own maximum in flight: {}",
        counters.total(),
        portal.metrics.figure("slmm_in_flight_max").await
    );
    let viewers = crowd.seated.iter().sum::<usize>() - dropped;
    vec![
        Line::exactly(
            &format!("visitors of {METERS} meters, SLMM with its limit of 15 sessions"),
            viewers as u64,
            VIEWERS as u64,
        ),
        Line::exactly("… times SLMM stalled", counters.times_deaf, 0),
        Line::most(
            "… requests in flight, most",
            counters.max_in_flight() as f64,
            4.0,
            "",
        ),
        Line::most("… feeds, most", counters.max_feeds() as f64, 8.0, ""),
        Line::most("… a viewer's longest wait for a frame", longest_s, 6.0, "s"),
    ]
}

async fn sign_in(house: &House, portal: &Open) -> Group {
    let mut sessions = Vec::new();
    for _ in 0..SESSIONS {
        sessions.push(portal.enter(&house.portals[0]).await);
    }
    Group {
        locations: portal.door.locations(&sessions[0]).await,
        sessions,
    }
}

fn tell(asked: &Asked, gaps: &Gaps, dropped: usize) {
    println!("dropped: {dropped}");
    let (frames, readings) = gaps.count();
    println!("{frames} frames, {readings} of them readings");
    println!("overview: {}; refused {}", asked.delays, asked.refused);
}

/// How long each viewer waited for a frame.
struct Gaps(Mutex<Vec<Gap>>);

#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    /// On the clock that only goes forward.
    last: Option<Duration>,
    longest: Duration,
    frames: usize,
    readings: usize,
}

impl Gap {
    fn ends(&mut self, now: Duration) {
        let waited = self.last.map(|last| now.saturating_sub(last));
        self.longest = self.longest.max(waited.unwrap_or_default());
        self.last = Some(now);
    }
}

impl Gaps {
    fn of(viewers: usize) -> Self {
        Self(Mutex::new(vec![Gap::default(); viewers]))
    }

    /// From now on everybody waits who has not had a frame yet.
    fn begin(&self) {
        let now = SystemClock.elapsed();
        for gap in self.0.lock().expect("gaps").iter_mut() {
            gap.last.get_or_insert(now);
        }
    }

    /// The longest that anybody waited, those waits included that are not over.
    fn longest(&self) -> Duration {
        let now = SystemClock.elapsed();
        let mut gaps = self.0.lock().expect("gaps");
        gaps.iter_mut().for_each(|gap| gap.ends(now));
        let longest = gaps.iter().map(|gap| gap.longest).max();
        longest.unwrap_or_default()
    }

    fn count(&self) -> (usize, usize) {
        let gaps = self.0.lock().expect("gaps");
        let add = |(frames, readings), gap: &Gap| (frames + gap.frames, readings + gap.readings);
        gaps.iter().fold((0, 0), add)
    }
}

impl Witness for Gaps {
    fn receive(&self, viewer: usize, _location: usize, frame: Bytes) {
        let gap = &mut self.0.lock().expect("gaps")[viewer];
        gap.ends(SystemClock.elapsed());
        gap.frames += 1;
        // A sign of life tells no level.
        gap.readings += usize::from(frame.windows(5).any(|window| window == b"\"lp\":"));
    }
}
