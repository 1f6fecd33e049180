//! Single words of strangers: ids, levels, and the closed vocabularies.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use crate::{
    AssignmentId, AuditId, BreachStatus, ClientId, Comparison, Decibel, DeviceKind, Headline,
    LocationId, LocationKind, LocationState, Metric, OperatorUserId, ProcessId, ProjectId,
    ProjectStatus, RunState, TicketId,
};

/// A text that may be an id, a level or a word of ours: each has one spelling, and a level is one
/// that a meter can show.
pub fn word(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let ids = [
        one_spelling::<ClientId>(text),
        one_spelling::<ProjectId>(text),
        one_spelling::<LocationId>(text),
        one_spelling::<AssignmentId>(text),
        one_spelling::<TicketId>(text),
        one_spelling::<AuditId>(text),
        one_spelling::<OperatorUserId>(text),
        one_spelling::<ProcessId>(text),
    ];
    assert!(
        ids == [true; 8] || ids == [false; 8],
        "ids are written alike"
    );
    let words = [
        one_spelling::<Metric>(text),
        one_spelling::<Comparison>(text),
        one_spelling::<BreachStatus>(text),
        one_spelling::<LocationState>(text),
        one_spelling::<ProjectStatus>(text),
        one_spelling::<LocationKind>(text),
        one_spelling::<DeviceKind>(text),
    ];
    assert!(!(ids == [true; 8] && words.contains(&true)));
    if let Ok(headline) = text.parse::<Headline>() {
        assert_eq!(headline.metric().as_str(), text);
    }
    assert!(RunState::from_slmm(text) == RunState::Unknown || text.len() <= "Measure".len());
    level(text);
}

/// Whether it is one, which is written in no other way.
fn one_spelling<T: FromStr + Display + Debug>(text: &str) -> bool {
    let read = text.parse::<T>();
    if let Ok(value) = &read {
        assert_eq!(value.to_string(), text);
    }
    read.is_ok()
}

fn level(text: &str) {
    let Some(level) = Decibel::parse(text) else {
        return;
    };
    assert!((Decibel::MIN..=Decibel::MAX).contains(&level.db()));
    assert_eq!(text.trim_matches(' ').parse::<f64>().ok(), Some(level.db()));
    let shown = level.to_string();
    assert!(
        shown != "-0.0" && (level.rounded() - level.db()).abs() <= 0.05 + 1e-9,
        "{shown}"
    );
    assert_eq!(
        Decibel::parse(&shown).map(Decibel::rounded),
        Some(level.rounded())
    );
    let letters = |byte: u8| byte.is_ascii_digit() || b"+-. ".contains(&byte);
    assert!(text.bytes().all(letters), "no markup, no exponent");
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_bytes_break_a_word() {
        fuzzkit::bounded("word", super::word);
    }
}
