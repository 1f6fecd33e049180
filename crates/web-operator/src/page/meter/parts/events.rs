//! What happened at a meter.

use domain::{
    AlarmSource, AlertEvent, BreachStatus, Decibel, Events, Limit, Tenure, TimeZone, Timestamp,
    Window,
};
use serde::Serialize;
use slmm_operator::{Device, EventSubject, Rule, RuleEvent};
use web::when::{When, duration};

/// An event as a line.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EventLine {
    pub(in crate::page) id: i64,
    pub(in crate::page) name: String,
    pub(in crate::page) onset: When,
    pub(in crate::page) clear: Option<When>,
    pub(in crate::page) lasted: String,
    pub(in crate::page) peak: Option<String>,
    pub(in crate::page) active: bool,
    pub(in crate::page) contact: bool,
    /// Under which name, and when.
    pub(in crate::page) seen: Option<(String, When)>,
}

impl EventLine {
    pub(in crate::page) fn new(event: &RuleEvent, zone: &TimeZone, now: Timestamp) -> Self {
        let near = |at: Timestamp| When::near(at, zone, now);
        let contact = event.subject == EventSubject::Connectivity;
        Self {
            id: event.id,
            name: if contact {
                "Contact lost".to_owned()
            } else {
                event.name.clone()
            },
            onset: near(event.onset_at),
            clear: event.clear_at.map(near),
            lasted: duration(event.onset_at, event.clear_at.unwrap_or(now)),
            peak: event.peak.as_ref().map(Decibel::to_string),
            active: event.active,
            contact,
            seen: event.acknowledged.as_ref().map(|seen| {
                let by = seen.by.clone().unwrap_or_else(|| "somebody".to_owned());
                (by, near(seen.at))
            }),
        }
    }

    /// The same, over without anybody having recorded when, where it cannot go on any more.
    pub(in crate::page) fn unless(mut self, goes_on: bool) -> Self {
        if self.active && !goes_on {
            self.active = false;
            "not known".clone_into(&mut self.lasted);
        }
        self
    }
}

/// Which of these events can still go on, in their order: SLMM leaves events open for good in
/// several cases, so that what it calls active is believed only while it can be true.
pub(in crate::page) fn believed(
    events: &[RuleEvent],
    rules: Option<&[Rule]>,
    device: Option<&Device>,
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<bool> {
    let limits: Option<Vec<Limit>> =
        rules.map(|rules| rules.iter().filter_map(Rule::limit).collect());
    let reading = device.and_then(|device| device.reading);
    let source = AlarmSource {
        limits: limits.as_deref(),
        levels: reading.as_ref().map(|reading| &reading.levels),
        began: device.and_then(|device| device.measuring_since),
        reachable: device.and_then(|device| device.contact.reachable) != Some(false),
        zone,
        now,
    };
    let anywhere = Tenure {
        window: Window {
            from: Timestamp::MIN,
            until: None,
        },
        left_elsewhere_at: None,
    };
    let told: Vec<AlertEvent> = events.iter().filter_map(RuleEvent::alert_event).collect();
    let judged = source.judge(&anywhere, &told);
    events
        .iter()
        .map(|event| event.active && goes_on(event, &judged))
        .collect()
}

fn goes_on(event: &RuleEvent, judged: &Events) -> bool {
    if event.subject == EventSubject::Connectivity {
        let mut lasting = judged.interruptions.iter().filter(|one| one.to.is_none());
        return lasting.any(|one| one.from == event.onset_at);
    }
    judged.breaches.iter().any(|breach| {
        breach.status == BreachStatus::Active
            && breach.onset_at == event.onset_at
            && breach.limit == event.name
    })
}
