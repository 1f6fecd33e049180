//! Codes for whoever has lost the phone.

use std::collections::HashSet;

use auth::RecoveryCode;
use proptest::prelude::*;
use testkit::SeededRandom;

fn set() -> Vec<RecoveryCode> {
    RecoveryCode::generate_set(&SeededRandom::new(5)).unwrap()
}

#[test]
fn ten_are_made_and_no_two_are_the_same() {
    let codes = set();
    let different: HashSet<_> = codes.iter().map(|code| code.reveal().to_owned()).collect();
    assert_eq!((codes.len(), different.len()), (10, 10));
    for code in &codes {
        let groups: Vec<_> = code.reveal().split('-').map(str::len).collect();
        assert_eq!(groups, [5, 5, 5, 5], "{}", code.reveal());
    }
}

#[test]
fn a_code_is_found_again_however_it_is_typed() {
    let code = set().remove(0);
    let plain = code.reveal();
    for typed in [
        plain.to_owned(),
        plain.to_uppercase(),
        plain.replace('-', ""),
        plain.replace('-', " "),
        format!("  {plain}\n"),
    ] {
        let read = RecoveryCode::parse(&typed).unwrap();
        assert_eq!(read.digest(), code.digest(), "{typed}");
    }
    let other = set().remove(1);
    assert_ne!(other.digest(), code.digest());
}

#[test]
fn what_cannot_be_a_code_is_none() {
    let plain = set().remove(0).reveal().to_owned();
    let short: String = plain.chars().skip(1).collect();
    for typed in [
        "",
        "123456",
        &short,
        &format!("{plain}a"),
        &format!("0{short}"),
    ] {
        assert!(RecoveryCode::parse(typed).is_err(), "{typed}");
    }
}

#[test]
fn nothing_of_a_code_is_shown_or_stored() {
    let code = set().remove(0);
    assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
    let first = code.reveal().split('-').next().unwrap();
    assert!(!code.digest().as_str().contains(first));
    assert_eq!(code.digest().as_str().len(), 43);
}

proptest! {
    #[test]
    fn noise_is_read_without_harm(typed in "\\PC{0,60}") {
        if let Ok(code) = RecoveryCode::parse(&typed) {
            prop_assert_eq!(code.reveal().len(), 23);
        }
    }
}
