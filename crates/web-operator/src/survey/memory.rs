//! What is remembered of one meter, and what to ask of it next.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use domain::{AlertEvent, EventKind, Limit, MeterStatus, Timestamp};
use slmm::{Answer, MEMORY};

/// How old each may become before it is wanted anew.
const STATUS_EVERY: Duration = Duration::from_secs(10);
const EVENTS_EVERY: Duration = Duration::from_secs(15);
const LIMITS_EVERY: Duration = Duration::from_mins(1);
/// What was heard longer ago was not asked for since: it is told no more, and asked for anew. A
/// younger status is told as of when it was heard: its reading has not grown old.
const AS_HEARD: Duration = Duration::from_mins(2);

/// One thing to ask of a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Status,
    Events,
    Limits,
}

/// What came of a question; `None` where SLMM did not say.
pub(super) enum Heard {
    Status(Option<MeterStatus>, Freshness),
    Events(Option<Arc<[AlertEvent]>>),
    Limits(Option<Arc<[Limit]>>),
}

/// Whether SLMM has just said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    Now,
    Remembered,
}

/// What is known of a meter's events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Newest<'a> {
    /// Nobody has asked, or not for minutes.
    NotAsked,
    /// SLMM did not say.
    Unsaid,
    /// The newest of each limit, and of the contact with the meter.
    Events(&'a [AlertEvent]),
}

/// What is remembered of a meter.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// Whether an answer is awaited.
    asked: bool,
    status: Option<Kept<(MeterStatus, Freshness)>>,
    events: Option<Kept<Arc<[AlertEvent]>>>,
    limits: Option<Kept<Arc<[Limit]>>>,
}

#[derive(Debug, Clone)]
struct Kept<T> {
    value: Option<T>,
    at: Duration,
    heard_at: Timestamp,
}

impl<T> Kept<T> {
    fn is_younger(&self, elapsed: Duration, than: Duration) -> bool {
        elapsed.saturating_sub(self.at) <= than
    }
}

impl Seen {
    /// What came of a question; `None` where SLMM was not asked after all.
    pub(super) fn status(answer: Answer<MeterStatus>) -> Option<Heard> {
        let freshness = if answer.is_remembered() {
            Freshness::Remembered
        } else {
            Freshness::Now
        };
        let was_asked = answer != Answer::Unasked;
        was_asked.then(|| Heard::Status(answer.into_value(), freshness))
    }

    pub(super) fn events(answer: Answer<Arc<[AlertEvent]>>) -> Option<Heard> {
        let was_asked = answer != Answer::Unasked;
        let newest = |events: Arc<[AlertEvent]>| newest_of_each(&events);
        was_asked.then(|| Heard::Events(answer.into_value().map(newest)))
    }

    pub(super) fn limits(answer: Answer<Arc<[Limit]>>) -> Option<Heard> {
        let was_asked = answer != Answer::Unasked;
        was_asked.then(|| Heard::Limits(answer.into_value()))
    }

    /// What to ask next: the most overdue. From here on an answer is awaited.
    pub(super) fn next(&mut self, elapsed: Duration) -> Option<Question> {
        if self.asked {
            return None;
        }
        self.asked = true;
        let overdue = |at: Option<Duration>, every: Duration| {
            at.map_or(f64::INFINITY, |at| {
                elapsed.saturating_sub(at).as_secs_f64() / every.as_secs_f64()
            })
        };
        let status = overdue(self.status.as_ref().map(|kept| kept.at), STATUS_EVERY);
        let events = overdue(self.events.as_ref().map(|kept| kept.at), EVENTS_EVERY);
        let limits = if self.has_open_events() {
            overdue(self.limits.as_ref().map(|kept| kept.at), LIMITS_EVERY)
        } else {
            0.0
        };
        // Of those equally overdue the first: a meter of which nothing is known is asked how it is.
        Some(if status >= events && status >= limits {
            Question::Status
        } else if events >= limits {
            Question::Events
        } else {
            Question::Limits
        })
    }

    /// Takes what came of the question. Where SLMM was not asked, what was known stays, and the
    /// meter is as unheard as before.
    pub(super) fn take(&mut self, heard: Option<Heard>, at: Duration, heard_at: Timestamp) {
        self.asked = false;
        let Some(heard) = heard else {
            return;
        };
        match heard {
            Heard::Status(value, freshness) => {
                let value = value.map(|status| (status, freshness));
                self.status = Some(Kept {
                    value,
                    at,
                    heard_at,
                });
            }
            Heard::Events(value) => {
                self.events = Some(Kept {
                    value,
                    at,
                    heard_at,
                });
            }
            Heard::Limits(value) => {
                self.limits = Some(Kept {
                    value,
                    at,
                    heard_at,
                });
            }
        }
    }

    /// Whether SLMM was asked lately how the meter is, and has answered or failed to.
    pub(super) fn is_heard(&self, elapsed: Duration) -> bool {
        self.status
            .as_ref()
            .is_some_and(|kept| kept.is_younger(elapsed, AS_HEARD))
    }

    /// Whether everything is known that hangs together: the limits too, where one may be broken.
    pub(super) fn is_settled(&self, elapsed: Duration) -> bool {
        self.is_heard(elapsed)
            && self.newest_events(elapsed) != Newest::NotAsked
            && (self.limits.is_some() || !self.has_open_events())
    }

    /// What SLMM said of the meter, and the moment it is told of.
    pub(super) fn said(
        &self,
        elapsed: Duration,
        now: Timestamp,
    ) -> Option<(MeterStatus, Timestamp)> {
        let kept = self.status.as_ref()?;
        let young = kept.is_younger(elapsed, AS_HEARD);
        let (status, freshness) = kept.value.filter(|_| young)?;
        let at = match freshness {
            Freshness::Now => kept.heard_at,
            Freshness::Remembered => now,
        };
        Some((status, at))
    }

    /// The newest event of each limit, and of the contact with the meter.
    pub(super) fn newest_events(&self, elapsed: Duration) -> Newest<'_> {
        let kept = self.events.as_ref();
        match kept.filter(|kept| kept.is_younger(elapsed, AS_HEARD)) {
            None => Newest::NotAsked,
            Some(kept) => kept.value.as_deref().map_or(Newest::Unsaid, Newest::Events),
        }
    }

    pub(super) fn known_limits(&self, elapsed: Duration) -> Option<&[Limit]> {
        let kept = self.limits.as_ref()?;
        kept.value
            .as_deref()
            .filter(|_| kept.is_younger(elapsed, MEMORY))
    }

    /// Whether anything hangs on the limits: without an open event none can be broken.
    fn has_open_events(&self) -> bool {
        let events = self.events.as_ref().and_then(|kept| kept.value.as_deref());
        events.is_some_and(|events| {
            let is_breach = |event: &AlertEvent| matches!(event.kind, EventKind::Breach { .. });
            events.iter().any(|event| event.active && is_breach(event))
        })
    }
}

/// Only the newest event of a limit can be going on; five hundred of each meter need not be kept.
fn newest_of_each(events: &[AlertEvent]) -> Arc<[AlertEvent]> {
    let mut sorted: Vec<&AlertEvent> = events.iter().collect();
    sorted.sort_by_key(|event| std::cmp::Reverse((event.onset_at, event.id)));
    let mut met = HashSet::new();
    sorted
        .into_iter()
        .filter(|event| {
            let of_limit = match event.kind {
                EventKind::Breach { .. } => Some((event.rule, event.name.as_str())),
                EventKind::Connectivity => None,
            };
            met.insert(of_limit)
        })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Metric, RunState};

    const AT: fn(u64) -> Duration = Duration::from_secs;

    fn event(id: i64, rule: i64, active: bool) -> AlertEvent {
        AlertEvent {
            id,
            rule,
            name: "Noise".into(),
            kind: EventKind::Breach {
                metric: Metric::Leq,
                threshold: 65.0,
            },
            onset_at: Timestamp::from_second(id).unwrap(),
            onset: None,
            peak: None,
            clear_at: None,
            active,
        }
    }

    fn answered(seen: &mut Seen, question: Question, at: u64, open: bool) {
        let heard = match question {
            Question::Status => Seen::status(Answer::Fresh(MeterStatus {
                run: RunState::Measuring,
                measuring_since: None,
                reading: None,
                reachable: true,
            })),
            Question::Events => Seen::events(Answer::Fresh(Arc::new([event(1, 1, open)]))),
            Question::Limits => Seen::limits(Answer::Fresh(Arc::new([]))),
        };
        seen.take(heard, AT(at), Timestamp::UNIX_EPOCH);
    }

    fn asked_every_15_s(open: bool) -> Vec<Question> {
        let mut seen = Seen::default();
        let ask = |at: u64| {
            let question = seen.next(AT(at)).unwrap();
            answered(&mut seen, question, at, open);
            question
        };
        (0..9).map(|turn| 100 + 15 * turn).map(ask).collect()
    }

    #[test]
    fn each_look_asks_one_thing_the_most_overdue() {
        use Question::{Events, Limits, Status};
        let quiet = asked_every_15_s(false);
        assert_eq!(quiet[..3], [Status, Events, Status]);
        assert!(!quiet.contains(&Limits));
        assert!(quiet.iter().filter(|asked| **asked == Events).count() >= 3);
        let loud = asked_every_15_s(true);
        assert_eq!(loud[..3], [Status, Events, Limits]);
        assert!(loud[3..].contains(&Status) && loud[3..].contains(&Events));
    }

    #[test]
    fn nothing_is_asked_twice_at_once() {
        let mut seen = Seen::default();
        assert_eq!(seen.next(AT(1)), Some(Question::Status));
        assert_eq!(seen.next(AT(1)), None);
        answered(&mut seen, Question::Status, 1, false);
        assert_eq!(seen.next(AT(1)), Some(Question::Events));
    }

    #[test]
    fn of_each_limit_the_newest_event_is_kept() {
        let kept = newest_of_each(&[event(5, 1, true), event(9, 1, false), event(7, 2, true)]);
        let ids: Vec<_> = kept.iter().map(|event| event.id).collect();
        assert_eq!(ids, [9, 7]);
    }

    #[test]
    fn what_was_not_asked_for_in_minutes_is_told_no_more() {
        let mut seen = Seen::default();
        assert!(!seen.is_heard(AT(1)));
        assert_eq!(seen.newest_events(AT(1)), Newest::NotAsked);
        answered(&mut seen, Question::Status, 10, false);
        answered(&mut seen, Question::Events, 10, true);
        let now = Timestamp::from_second(500).unwrap();
        let (_, heard) = seen.said(AT(20), now).unwrap();
        assert_eq!(heard, Timestamp::UNIX_EPOCH);
        assert!(matches!(seen.newest_events(AT(20)), Newest::Events(_)));
        let late = AT(11) + AS_HEARD;
        assert!(seen.said(late, now).is_none() && !seen.is_heard(late));
        assert_eq!(seen.newest_events(late), Newest::NotAsked);
    }

    #[test]
    fn what_slmm_does_not_say_is_another_thing_than_what_nobody_asked() {
        let mut seen = Seen::default();
        let now = Timestamp::from_second(500).unwrap();
        seen.take(Seen::status(Answer::Nothing), AT(30), now);
        seen.take(Seen::events(Answer::Nothing), AT(30), now);
        assert!(seen.said(AT(30), now).is_none() && seen.is_heard(AT(30)));
        assert_eq!(seen.newest_events(AT(30)), Newest::Unsaid);
    }

    #[test]
    fn what_stood_in_our_own_line_is_not_heard_yet() {
        let mut seen = Seen::default();
        let now = Timestamp::from_second(500).unwrap();
        assert_eq!(seen.next(AT(30)), Some(Question::Status));
        seen.take(Seen::status(Answer::Unasked), AT(30), now);
        assert!(!seen.is_heard(AT(30)));
        assert_eq!(
            seen.next(AT(30)),
            Some(Question::Status),
            "it is asked again"
        );
        answered(&mut seen, Question::Events, 30, true);
        seen.take(Seen::events(Answer::Unasked), AT(31), now);
        assert!(matches!(seen.newest_events(AT(31)), Newest::Events(_)));
    }

    #[test]
    fn a_meter_is_settled_when_its_limits_are_known_where_one_may_be_broken() {
        for open in [false, true] {
            let mut seen = Seen::default();
            answered(&mut seen, Question::Status, 1, open);
            assert!(!seen.is_settled(AT(1)));
            answered(&mut seen, Question::Events, 1, open);
            assert_eq!(seen.is_settled(AT(1)), !open);
            answered(&mut seen, Question::Limits, 1, open);
            assert!(seen.is_settled(AT(1)));
        }
    }
}
