//! Who is watching now: sessions with a request in the last minute, or with an open live socket.
//!
//! Every request behind the gate comes by here, so it costs one short lock of one of many shards,
//! and nothing is allocated but for a session that comes anew.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use auth::PortalSession;
use domain::{ProjectId, Timestamp};
use store::Watching;

/// How long after its last request a session counts. An open page asks every 15 s.
const LINGERS: Duration = Duration::from_mins(1);
const SHARDS: usize = 16;
/// Sessions that a shard remembers at once, of some 64 bytes each: beyond 65,536 in all, those who
/// come are not counted.
const CAPACITY: usize = 4096;

/// What tells sessions apart: two of one project are not made within one millisecond but by an
/// accident that costs no more than a wrong count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Visitor {
    project: ProjectId,
    epoch: i64,
    issued_at: Timestamp,
}

impl Visitor {
    fn of(session: &PortalSession) -> Self {
        Self {
            project: session.project,
            epoch: session.epoch,
            issued_at: session.issued_at,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    /// By the clock that no change of the time of day touches.
    at: Duration,
    /// Live sockets that are open.
    seats: u32,
}

impl Seen {
    fn counts(self, now: Duration) -> bool {
        self.seats > 0 || now.saturating_sub(self.at) <= LINGERS
    }
}

type Shard = HashMap<Visitor, Seen>;

/// The sessions that are being used.
#[derive(Debug, Default)]
pub(crate) struct Presence([Mutex<Shard>; SHARDS]);

impl Presence {
    /// Notes a request of that session.
    pub(crate) fn saw(&self, session: &PortalSession, now: Duration) {
        self.note(Visitor::of(session), now, 0);
    }

    /// Notes a live socket of that session, until the seat is dropped.
    pub(crate) fn sit(presence: &Arc<Self>, session: &PortalSession, now: Duration) -> Seat {
        let visitor = Visitor::of(session);
        presence.note(visitor, now, 1);
        Seat {
            presence: Arc::clone(presence),
            visitor,
        }
    }

    /// Notes that somebody has signed out. One whose live socket is still open counts until then.
    pub(crate) fn left(&self, session: &PortalSession) {
        let visitor = Visitor::of(session);
        let mut shard = self.shard(&visitor);
        if shard.get(&visitor).is_some_and(|seen| seen.seats == 0) {
            shard.remove(&visitor);
        }
    }

    /// The people who watch each project now, the most watched first. Who does not any more is
    /// forgotten.
    pub(crate) fn count(&self, now: Duration) -> Vec<Watching> {
        let mut projects: HashMap<ProjectId, Watching> = HashMap::new();
        for shard in &self.0 {
            let mut shard = lock(shard);
            shard.retain(|_, seen| seen.counts(now));
            for visitor in shard.keys() {
                count(&mut projects, visitor);
            }
        }
        let mut watching: Vec<Watching> = projects.into_values().collect();
        watching.sort_by_key(|one| (std::cmp::Reverse(one.people), one.project));
        watching
    }

    fn note(&self, visitor: Visitor, at: Duration, seats: u32) {
        let mut shard = self.shard(&visitor);
        let is_full = shard.len() >= CAPACITY;
        match shard.entry(visitor) {
            Entry::Occupied(mut entry) => {
                let seen = entry.get_mut();
                seen.at = at;
                seen.seats += seats;
            }
            Entry::Vacant(_) if is_full => {}
            Entry::Vacant(entry) => {
                entry.insert(Seen { at, seats });
            }
        }
    }

    fn shard(&self, visitor: &Visitor) -> MutexGuard<'_, Shard> {
        // People of one project come at different milliseconds.
        let number = visitor.issued_at.as_millisecond().unsigned_abs() % SHARDS as u64;
        let mut shards = self.0.iter();
        let index = usize::try_from(number).unwrap_or(0);
        match shards.nth(index) {
            Some(shard) => lock(shard),
            None => lock(&self.0[0]),
        }
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Of a project's sessions only those of the newest epoch live: the others were signed out.
fn count(projects: &mut HashMap<ProjectId, Watching>, visitor: &Visitor) {
    let one = Watching {
        project: visitor.project,
        epoch: visitor.epoch,
        people: 1,
    };
    projects
        .entry(visitor.project)
        .and_modify(|known| match known.epoch.cmp(&one.epoch) {
            std::cmp::Ordering::Less => *known = one,
            std::cmp::Ordering::Equal => known.people += 1,
            std::cmp::Ordering::Greater => {}
        })
        .or_insert(one);
}

/// A live socket that is open.
#[derive(Debug)]
pub(crate) struct Seat {
    presence: Arc<Presence>,
    visitor: Visitor,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut shard = self.presence.shard(&self.visitor);
        if let Some(seen) = shard.get_mut(&self.visitor) {
            seen.seats = seen.seats.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use auth::LinkFingerprint;

    const AT: fn(u64) -> Duration = Duration::from_secs;

    fn session(project: u8, epoch: i64, number: i64) -> PortalSession {
        PortalSession {
            project: ProjectId::from_bytes([project; 16]),
            epoch,
            issued_at: Timestamp::from_millisecond(number).unwrap(),
            link: LinkFingerprint::from_bytes([1; 16]),
            preview: false,
        }
    }

    fn counted(presence: &Presence, now: Duration) -> Vec<(u8, i64, u64)> {
        let told = presence.count(now).into_iter();
        told.map(|one| (one.project.to_bytes()[0], one.epoch, one.people))
            .collect()
    }

    #[test]
    fn sessions_count_once_and_for_a_minute() {
        let presence = Presence::default();
        for second in 0..3 {
            presence.saw(&session(1, 0, 1), AT(second));
        }
        presence.saw(&session(1, 0, 2), AT(10));
        presence.saw(&session(2, 0, 2), AT(10));
        assert_eq!(counted(&presence, AT(62)), [(1, 0, 2), (2, 0, 1)]);
        assert_eq!(counted(&presence, AT(63)), [(1, 0, 1), (2, 0, 1)]);
        assert_eq!(counted(&presence, AT(71)), []);
    }

    #[test]
    fn a_live_socket_counts_while_it_is_open() {
        let presence = Arc::new(Presence::default());
        let guest = session(1, 0, 1);
        presence.saw(&guest, AT(0));
        let seats = [AT(1), AT(2)].map(|now| Presence::sit(&presence, &guest, now));
        assert_eq!(counted(&presence, AT(900)), [(1, 0, 1)]);
        presence.left(&guest);
        assert_eq!(counted(&presence, AT(900)), [(1, 0, 1)]);
        drop(seats);
        assert_eq!(counted(&presence, AT(900)), []);
    }

    #[test]
    fn whoever_signs_out_is_gone_at_once() {
        let presence = Presence::default();
        presence.saw(&session(1, 0, 1), AT(0));
        presence.left(&session(1, 0, 1));
        assert_eq!(counted(&presence, AT(0)), []);
    }

    #[test]
    fn those_of_an_earlier_epoch_were_signed_out() {
        let presence = Presence::default();
        for (epoch, number) in [(1, 1), (0, 2), (0, 3), (1, 4)] {
            presence.saw(&session(1, epoch, number), AT(0));
        }
        assert_eq!(counted(&presence, AT(0)), [(1, 1, 2)]);
    }

    #[test]
    fn a_crowd_is_remembered_up_to_a_bound() {
        let presence = Presence::default();
        let most = i64::try_from(SHARDS * CAPACITY).unwrap();
        for number in 0..most + 100 {
            presence.saw(&session(1, 0, number), AT(0));
        }
        assert_eq!(presence.count(AT(0))[0].people, most.unsigned_abs());
        // Those who are known go on counting; places become free when others go.
        presence.saw(&session(1, 0, 0), AT(50));
        assert_eq!(counted(&presence, AT(61)), [(1, 0, 1)]);
        presence.saw(&session(1, 0, most), AT(61));
        assert_eq!(counted(&presence, AT(61)), [(1, 0, 2)]);
    }
}
