//! The words in which the database and the wire say things.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use domain::{
    BreachStatus, Comparison, DeviceKind, LocationKind, LocationState, Metric, NameError,
    ProjectStatus, RunState,
};

fn says<T>(all: &[T], words: &str)
where
    T: Copy + Debug + Display + PartialEq + FromStr<Err = NameError>,
{
    let said: Vec<String> = all.iter().map(ToString::to_string).collect();
    assert_eq!(said.join(" "), words);
    for member in all {
        assert_eq!(member.to_string().parse::<T>().as_ref(), Ok(member));
    }
    for other in ["", " ", "Active", "LEQ", "leq ", "unknown", "null"] {
        let error = other.parse::<T>().unwrap_err();
        assert_eq!(error.got, other);
        assert_eq!(error.expected, words.replace(' ', ", "));
    }
}

#[test]
fn each_vocabulary_is_closed_and_says_what_would_be_right() {
    says(ProjectStatus::ALL, "active completed archived deleted");
    says(LocationKind::ALL, "sound");
    says(DeviceKind::ALL, "slm");
    says(Metric::ALL, "lp leq lmax lmin lpeak ln1 ln2");
    says(Comparison::ALL, "above below");
    says(BreachStatus::ALL, "active cleared lapsed");
    says(
        LocationState::ALL,
        "measuring stopped stale offline no_data no_meter unavailable",
    );
}

#[test]
fn only_lp_is_of_the_moment() {
    let running: Vec<_> = Metric::ALL.iter().filter(|m| m.is_running()).collect();
    assert_eq!(running.len(), Metric::ALL.len() - 1);
    assert!(!Metric::Lp.is_running());
}

#[test]
fn a_run_state_that_slmm_does_not_vouch_for_is_unknown() {
    for (text, run) in [
        ("Start", RunState::Measuring),
        ("Measure", RunState::Measuring),
        ("Stop", RunState::Stopped),
        ("unknown", RunState::Unknown),
        ("Pause", RunState::Unknown),
        ("start", RunState::Unknown),
        ("", RunState::Unknown),
        ("<b>Start</b>", RunState::Unknown),
    ] {
        assert_eq!(RunState::from_slmm(text), run, "{text}");
    }
}
