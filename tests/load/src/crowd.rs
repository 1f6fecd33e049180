//! Many viewers at once.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use domain::{Clock, SystemClock};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::portal::{Portal, Session};
use crate::socket::{Door, Heard, Socket};

/// Handshakes under way at once: a crowd that comes in, not a flood.
const AT_THE_DOOR: usize = 200;
/// Sockets from one client address; Linux lends each some 28,000 ports.
const PER_SOURCE: usize = 20_000;

/// Whoever is told what the viewers receive.
pub trait Witness: Send + Sync + 'static {
    /// That viewer, who watches that location (both numbered), received a frame just now.
    fn receive(&self, viewer: usize, location: usize, frame: Bytes);
}

/// The viewers of one project.
#[derive(Debug, Clone)]
pub struct Group {
    /// Those who signed in.
    pub sessions: Vec<Session>,
    /// What they see.
    pub locations: Vec<String>,
}

/// What became of a group's viewers.
#[derive(Debug, Clone, Default)]
pub struct Fate {
    /// Viewers let in.
    pub connected: usize,
    /// Viewers turned away, by reason.
    pub failed: BTreeMap<String, usize>,
    /// Sockets that the server ended, by close code.
    pub ended: BTreeMap<String, usize>,
    /// When the last of them ended, on [`Clock::elapsed`].
    pub last_end: Option<Duration>,
}

impl Fate {
    /// Sockets that the server ended.
    pub fn ends(&self) -> usize {
        self.ended.values().sum()
    }
}

/// Where a viewer sits.
#[derive(Debug, Clone, Copy)]
struct Seat {
    group: usize,
    /// Counted over all groups.
    location: usize,
}

/// Viewers, until they leave.
pub struct Crowd {
    viewers: JoinSet<()>,
    fates: Arc<Mutex<Vec<Fate>>>,
    /// Viewers let in, by location.
    pub seated: Vec<usize>,
}

impl Crowd {
    /// Lets this many viewers in, spread evenly over the groups' locations.
    pub async fn gather(
        portal: &Portal,
        groups: &[Group],
        count: usize,
        witness: &Arc<impl Witness>,
    ) -> Self {
        let seats = seats(groups);
        let mut crowd = Self {
            viewers: JoinSet::new(),
            fates: Arc::new(Mutex::new(vec![Fate::default(); groups.len()])),
            seated: vec![0; seats.len()],
        };
        let gate = Arc::new(Semaphore::new(AT_THE_DOOR));
        let mut coming = JoinSet::new();
        for number in 0..count {
            let (seat, location) = seats[number % seats.len()];
            let sessions = &groups[seat.group].sessions;
            let session = &sessions[number % sessions.len()];
            let headers = portal.headers(session);
            let path = format!("/portal/api/location/{location}/stream");
            let (address, gate) = (portal.address(), gate.clone());
            let source = source(number);
            coming.spawn(async move {
                let _turn = gate.acquire().await.expect("the gate stays open");
                let door = Door {
                    address,
                    source,
                    path: &path,
                    headers: &headers,
                };
                (number, seat, Socket::open(&door).await)
            });
        }
        while let Some(come) = coming.join_next().await {
            let (number, seat, socket) = come.expect("coming in does not panic");
            let mut fates = crowd.fates.lock().expect("fates");
            let fate = &mut fates[seat.group];
            match socket {
                Ok(socket) => {
                    fate.connected += 1;
                    crowd.seated[seat.location] += 1;
                    let (witness, fates) = (witness.clone(), crowd.fates.clone());
                    let hears = move |frame| witness.receive(number, seat.location, frame);
                    crowd.viewers.spawn(view(socket, seat.group, hears, fates));
                }
                Err(error) => *fate.failed.entry(error.to_string()).or_default() += 1,
            }
        }
        crowd
    }

    /// What became of each group so far.
    pub fn fates(&self) -> Vec<Fate> {
        self.fates.lock().expect("fates").clone()
    }

    /// All leave, as by closing the browser.
    pub async fn leave(mut self) {
        self.viewers.shutdown().await;
    }
}

/// The places, so that the groups' locations alternate and viewers come to all of them evenly.
fn seats(groups: &[Group]) -> Vec<(Seat, &String)> {
    let places = groups.iter().enumerate().flat_map(|(group, who)| {
        let locations = who.locations.iter().enumerate();
        locations.map(move |(number, location)| (number, group, location))
    });
    let mut places: Vec<_> = places.collect();
    places.sort_unstable();
    let numbered = places.into_iter().enumerate();
    numbered
        .map(|(location, (_, group, id))| (Seat { group, location }, id))
        .collect()
}

fn source(number: usize) -> IpAddr {
    let host = u8::try_from(1 + number / PER_SOURCE).expect("fewer than 5 million viewers");
    Ipv4Addr::new(127, 0, 0, host).into()
}

async fn view(
    mut socket: Socket,
    group: usize,
    hears: impl Fn(Bytes),
    fates: Arc<Mutex<Vec<Fate>>>,
) {
    let end = loop {
        match socket.next().await {
            Heard::Text(frame) => hears(frame),
            Heard::Closed(code) => break code.to_string(),
            Heard::Cut => break "cut".to_owned(),
        }
    };
    let mut fates = fates.lock().expect("fates");
    let fate = &mut fates[group];
    *fate.ended.entry(end).or_default() += 1;
    fate.last_end = Some(SystemClock.elapsed());
}
