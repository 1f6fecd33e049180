//! What the demo's meters have heard and are about to hear.

use std::time::Duration;

use domain::Timestamp;
use slmm_sim::{Event, Reach, RuleSpec, Sim, SimError};

/// When the moved meter was started where it is now, a while after it came.
const SET_UP_AGO: Duration = Duration::from_mins(170);

/// Sets the scene: one limit broken, one meter stopped, one out of reach, one moved three hours
/// ago, and a past worth reading.
///
/// # Errors
/// A meter that the simulator does not have.
pub(crate) fn direct(sim: &Sim, now: Timestamp) -> Result<(), SimError> {
    for unit in sim.unit_ids() {
        let threshold = if unit == "SLM-101" { 62.0 } else { 85.0 };
        sim.insert_rule(&unit, daytime(threshold));
        sim.insert_rule(&unit, night());
    }
    sim.stop_measuring("SLM-103")?;
    sim.set_reach("SLM-104", Reach::Refusing)?;
    sim.set_measuring_since("SLM-105", before(now, SET_UP_AGO))?;
    for (hours_ago, minutes, peak) in [(29, 12, 88.3), (7, 4, 86.1), (26, 31, 91.7)] {
        let onset_at = before(now, Duration::from_hours(hours_ago));
        sim.insert_event(breach("SLM-102", onset_at, minutes, peak));
    }
    // What the moved meter recorded at the other client's site, which Ferry steps never shows.
    let elsewhere = before(now, Duration::from_hours(6));
    sim.insert_event(breach("SLM-105", elsewhere, 9, 93.4));
    let lost = before(now, Duration::from_hours(5));
    let found = before(now, Duration::from_mins(5 * 60 - 14));
    sim.insert_event(Event {
        clear_at: Some(found),
        ..Event::lost_contact("SLM-106", lost)
    });
    Ok(())
}

fn daytime(threshold_db: f64) -> RuleSpec {
    RuleSpec {
        name: "Daytime limit".into(),
        metric: "leq".into(),
        threshold_db,
        duration_s: 5,
        ..RuleSpec::default()
    }
}

fn night() -> RuleSpec {
    RuleSpec {
        name: "Night noise".into(),
        metric: "lmax".into(),
        threshold_db: 105.0,
        schedule_start: Some("22:00".into()),
        schedule_end: Some("07:00".into()),
        schedule_days: Some("0,1,2,3,4".into()),
        ..RuleSpec::default()
    }
}

fn breach(unit: &str, onset_at: Timestamp, minutes: u64, peak: f64) -> Event {
    let over = onset_at
        .checked_add(Duration::from_mins(minutes))
        .unwrap_or(onset_at);
    Event {
        rule_id: 1,
        rule_name: "Daytime limit".into(),
        metric: "leq".into(),
        threshold_db: 85.0,
        onset_value: Some(85.4),
        peak_value: Some(peak),
        clear_at: Some(over),
        ..Event::lost_contact(unit, onset_at)
    }
}

fn before(now: Timestamp, by: Duration) -> Timestamp {
    now.checked_sub(by).unwrap_or(now)
}
