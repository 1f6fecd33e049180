//! From what the meters told to what stands in the inbox.

use std::cmp::Reverse;

use domain::{AlertEvent, UnitId};
use store_operator::StayRecord;

use super::line::{Line, Told};
use super::{AlertsPage, EVERY_S, SOON_S};
use crate::Office;
use crate::page::form::Field;
use crate::page::head::Head;
use crate::survey::{Goes, Tiding};

/// Events on the page.
const MOST: usize = 200;

/// What the list is cut to.
pub(super) struct Asked {
    pub(super) unit: String,
    pub(super) state: String,
}

/// A meter, where it stood, newest first, and what happened at it.
pub(super) struct Heard {
    pub(super) unit: UnitId,
    pub(super) stays: Vec<StayRecord>,
    pub(super) tiding: Tiding,
}

/// What is counted, whatever the list is cut to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) on: usize,
    pub(super) unsure: usize,
    /// Meters that have not answered yet.
    pub(super) awaited: usize,
    /// Meters of which SLMM said nothing.
    pub(super) unsaid: usize,
    /// Meters of which SLMM told the newest events only.
    pub(super) cut: usize,
    /// Meters that were not asked about.
    pub(super) beyond: usize,
    /// Events of the list.
    pub(super) found: usize,
}

/// The page; `beyond` so many meters more fit the filter.
pub(super) fn page(office: &Office, asked: &Asked, heard: &[Heard], beyond: usize) -> AlertsPage {
    let mut tally = Tally {
        beyond,
        ..Tally::default()
    };
    let mut found = Vec::new();
    for meter in heard {
        let tale = match &meter.tiding {
            Tiding::Awaited => {
                tally.awaited += 1;
                continue;
            }
            Tiding::Unsaid => {
                tally.unsaid += 1;
                continue;
            }
            Tiding::Told(tale) => tale,
        };
        tally.cut += usize::from(tale.list.is_cut);
        for (event, goes) in tale.list.events.iter().zip(tale.judge(office)) {
            tally.on += usize::from(goes == Goes::On);
            tally.unsure += usize::from(goes == Goes::Unsure);
            let seen = tale.list.seen.get(&event.id);
            found.push(Told {
                unit: &meter.unit,
                stay: stay_of(&meter.stays, event),
                event,
                goes,
                seen,
            });
        }
    }
    found.retain(|told| match asked.state.as_str() {
        "active" => told.goes != Goes::Over,
        "unseen" => told.seen.is_none(),
        _ => true,
    });
    tally.found = found.len();
    found.sort_by_key(|told| (told.goes, Reverse((told.event.onset_at, told.event.id))));
    let (now, zone) = (office.now(), &office.settings.site_zone);
    let lines = found.iter().take(MOST);
    AlertsPage {
        head: Head::new(office, "alerts"),
        refresh_s: if tally.awaited > 0 { SOON_S } else { EVERY_S },
        filter: filter_fields(&asked.unit, &asked.state),
        summary: tally.summary(),
        missing: tally.missing(),
        lines: lines.map(|told| Line::new(*told, zone, now)).collect(),
    }
}

/// Where the meter stood when it happened.
fn stay_of<'a>(stays: &'a [StayRecord], event: &AlertEvent) -> Option<&'a StayRecord> {
    let mut then = stays
        .iter()
        .filter(|stay| stay.assignment.window.contains(event.onset_at));
    then.next()
}

impl Tally {
    pub(super) fn summary(&self) -> String {
        let unknown = self.awaited + self.unsaid + self.beyond;
        let mut words = match (self.on, unknown) {
            (0, 0) => "None active".to_owned(),
            (0, _) => "None active at the meters that answered".to_owned(),
            (on, _) => format!("{on} active"),
        };
        if self.unsure > 0 {
            words = format!("{words}, {} not over when last heard", self.unsure);
        }
        words
    }

    pub(super) fn missing(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.awaited > 0 {
            let (meters, verb) = (meters(self.awaited), verb(self.awaited));
            let words = "not answered yet: what happened there follows in a moment.";
            said.push(format!("{meters} {verb} {words}"));
        }
        if self.unsaid > 0 {
            let meters = meters(self.unsaid);
            let words = "what happened there is not in this list.";
            said.push(format!("SLMM said nothing of {meters}: {words}"));
        }
        if self.beyond > 0 {
            let meters = meters(self.beyond);
            let words = "not asked about: the filter finds the others.";
            said.push(format!(
                "{meters} more {} {words}",
                if self.beyond == 1 { "is" } else { "are" }
            ));
        }
        if self.found > MOST {
            said.push(format!(
                "The newest {MOST} of {} events are shown, those that go on before all.",
                self.found
            ));
        }
        if self.cut > 0 {
            let meters = meters(self.cut);
            let words = "older ones are not in this list.";
            said.push(format!(
                "SLMM tells the newest 500 events of {meters} only: {words}"
            ));
        }
        said
    }
}

fn meters(number: usize) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} meter{plural}")
}

fn verb(number: usize) -> &'static str {
    if number == 1 { "has" } else { "have" }
}

/// What the list can be cut to.
pub(super) fn filter_fields(unit: &str, state: &str) -> Vec<Field> {
    let states = [
        ("", "All"),
        ("active", "Not over"),
        ("unseen", "Not acknowledged"),
    ];
    let states = states.map(|(value, words)| (value.to_owned(), words.to_owned()));
    vec![
        Field::text("unit", "Meter", unit),
        Field::select("state", "State", state, states.into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_active_only_where_every_meter_has_said_so() {
        let silent = Tally {
            unsaid: 1,
            ..Tally::default()
        };
        assert_eq!(Tally::default().summary(), "None active");
        assert!(silent.summary().ends_with("at the meters that answered"));
        let busy = Tally {
            on: 2,
            unsure: 1,
            ..silent
        };
        assert_eq!(busy.summary(), "2 active, 1 not over when last heard");
    }

    #[test]
    fn what_is_left_out_is_said() {
        assert!(Tally::default().missing().is_empty());
        let full = Tally {
            awaited: 1,
            unsaid: 2,
            beyond: 150,
            found: 312,
            cut: 1,
            ..Tally::default()
        };
        assert_eq!(
            full.missing(),
            [
                "1 meter has not answered yet: what happened there follows in a moment.",
                "SLMM said nothing of 2 meters: what happened there is not in this list.",
                "150 meters more are not asked about: the filter finds the others.",
                "The newest 200 of 312 events are shown, those that go on before all.",
                "SLMM tells the newest 500 events of 1 meter only: older ones are not in this list.",
            ]
        );
    }
}
