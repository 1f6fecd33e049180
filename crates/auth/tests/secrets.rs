//! Keys, link tokens and passwords: how they are made, and what is refused as one.

#![cfg(test)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};

use auth::{LinkToken, LinkTokenError, Password, SecretKey, SecretKeyError, SystemRandom};
use domain::{RandomError, RandomSource};
use proptest::prelude::*;
use testkit::SeededRandom;

/// Gives 0, 1, 2, … 255, 0, …: every byte as often as every other.
#[derive(Default)]
struct Counting(AtomicU8);

impl RandomSource for Counting {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), RandomError> {
        for byte in buffer {
            *byte = self.0.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
}

struct Constant(u8);

impl RandomSource for Constant {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), RandomError> {
        buffer.fill(self.0);
        Ok(())
    }
}

struct Broken;

impl RandomSource for Broken {
    fn fill(&self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError)
    }
}

#[test]
fn a_drawn_key_is_taken_in_every_usual_writing() {
    for key in [
        "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ9Yx1",
        "3f1c9a7e5b2d80461f9e3c7a5d8b20643f7c1e9a5b4d8206f1c9e3a75b2d8046",
        "Zr0!k~x9@Qm#7Wv$2Lt%8Hp^4Ny&6Bc*1Jd",
        "8f14e45fceea167a5a36dedd4bea2543",
    ] {
        assert!(SecretKey::parse(key).is_ok(), "{key}");
    }
}

#[test]
fn a_short_key_is_refused_by_its_bytes() {
    let key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0Vni";
    assert_eq!(
        SecretKey::parse(key).unwrap_err(),
        SecretKeyError::TooShort { got: 31 }
    );
    assert!(SecretKey::parse(&format!("{key}Q")).is_ok());
    assert_eq!(
        SecretKey::parse("").unwrap_err(),
        SecretKeyError::TooShort { got: 0 }
    );
}

#[test]
fn examples_that_everybody_knows_are_refused() {
    for key in [
        "change-me-in-production-please-1234567",
        "CHANGE_ME_CHANGE_ME_1f9e3c7a5d8b2064",
        "secret-key-for-terra-view-1f9e3c7a5d8b",
        "your-secret-key-here-1f9e3c7a5d8b2064",
        "Password-1f9e3c7a5d8b20643f7c1e9a5b4d",
        "replace-me-1f9e3c7a5d8b20643f7c1e9a5b",
        "insecure-dev-key-1f9e3c7a5d8b20643f7c",
    ] {
        assert_eq!(
            SecretKey::parse(key).unwrap_err(),
            SecretKeyError::KnownExample,
            "{key}"
        );
    }
}

#[test]
fn keys_that_repeat_or_count_are_refused() {
    for key in [
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "00000000000000000000000000000000",
        "abababababababababababababababababab",
        "0123456789abcdef0123456789abcdef",
        "q83vEjRWeJCrze8SNFZ4q83vEjRWeJCrze8SNFZ4",
        "q83vEjRWeJCrze8SNFZ4q83vEjRWeJCrze8SNFZ4q83v",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210",
        "aabbccddeeffgghhiijjkkllmmnnooppqqrr",
        "1111111122222222333333334444444455555555",
    ] {
        assert_eq!(
            SecretKey::parse(key).unwrap_err(),
            SecretKeyError::Regular,
            "{key}"
        );
    }
}

#[test]
fn nothing_is_made_without_randomness() {
    assert_eq!(SecretKey::random(&Broken).unwrap_err(), RandomError);
    assert_eq!(LinkToken::generate(&Broken).unwrap_err(), RandomError);
    assert_eq!(Password::generate(&Broken).unwrap_err(), RandomError);
    // Thirty-one of the thirty-two values of five bits name a character; this one never does.
    assert_eq!(
        Password::generate(&Constant(0xff)).unwrap_err(),
        RandomError
    );
}

#[test]
fn the_systems_source_gives_other_bytes_each_time() {
    let (mut one, mut other) = ([0; 32], [0; 32]);
    SystemRandom::new().fill(&mut one).unwrap();
    SystemRandom::new().fill(&mut other).unwrap();
    assert_ne!(one, other);
}

#[test]
fn a_link_token_has_192_bits_and_one_spelling() {
    let token = LinkToken::generate(&SeededRandom::new(1)).unwrap();
    assert_eq!(token.as_str().len(), 32);
    let again = LinkToken::parse(token.as_str()).unwrap();
    assert_eq!(again.as_str(), token.as_str());
    assert_eq!(again.fingerprint(), token.fingerprint());
    assert_eq!(format!("{token:?}"), "LinkToken(…)");
    let short = token.as_str().split_at(31).0;
    for other in [
        "",
        "a",
        short,
        &format!("{}A", token.as_str()),
        &format!("{}=", token.as_str()),
        &format!(" {short}"),
        "////////////////////////////////",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%",
        "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ",
    ] {
        assert_eq!(
            LinkToken::parse(other).unwrap_err(),
            LinkTokenError,
            "{other}"
        );
    }
}

#[test]
fn fingerprints_tell_links_apart_and_give_none_away() {
    let random = SeededRandom::new(1);
    let one = LinkToken::generate(&random).unwrap();
    let other = LinkToken::generate(&random).unwrap();
    assert_ne!(one.fingerprint(), other.fingerprint());
    assert!(!format!("{:?}", one.fingerprint()).contains(one.as_str().split_at(8).0));
}

#[test]
fn a_generated_password_can_be_read_out_and_typed() {
    let password = Password::generate(&SystemRandom::new()).unwrap();
    let groups: Vec<&str> = password.reveal().split('-').collect();
    assert_eq!(groups.len(), 6);
    for group in groups {
        assert_eq!(group.len(), 4);
        assert!(
            group
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        );
        assert!(!group.contains(['0', 'o', '1', 'i', 'l']), "{group}");
    }
    assert_eq!(format!("{password:?}"), "Password(…)");
}

#[test]
fn every_character_of_a_password_is_as_likely_as_every_other() {
    // Of 256 bytes 248 name a character; 31 passwords are three full rounds of them.
    let random = Counting::default();
    let mut drawn: BTreeMap<char, usize> = BTreeMap::new();
    for _ in 0..31 {
        let password = Password::generate(&random).unwrap();
        for character in password.reveal().chars().filter(|c| *c != '-') {
            *drawn.entry(character).or_default() += 1;
        }
    }
    assert_eq!(drawn.len(), 31);
    assert!(drawn.values().all(|times| *times == 24), "{drawn:?}");
}

#[test]
fn what_was_typed_is_taken_as_it_stands_up_to_a_kibibyte() {
    for typed in ["", " spaced out ", "påss\u{0}word", &"x".repeat(1024)] {
        let candidate = Password::candidate(typed.to_owned()).unwrap();
        assert_eq!(candidate.reveal(), typed);
    }
    assert!(Password::candidate("x".repeat(1025)).is_err());
}

proptest! {
    #[test]
    fn parsing_a_link_token_never_panics_and_takes_one_spelling(text in "\\PC{0,40}", shaped in "[A-Za-z0-9_-]{30,34}") {
        prop_assert!(LinkToken::parse(&text).is_err() || text.len() == LinkToken::LENGTH);
        prop_assert_eq!(LinkToken::parse(&shaped).is_ok(), shaped.len() == LinkToken::LENGTH);
    }

    #[test]
    fn a_fingerprint_differs_in_every_single_bit(bytes: [u8; 16], bit in 0..128_usize) {
        let mut other = bytes;
        other[bit / 8] ^= 1 << (bit % 8);
        let (one, other) = (auth::LinkFingerprint::from_bytes(bytes), auth::LinkFingerprint::from_bytes(other));
        prop_assert_eq!(one, auth::LinkFingerprint::from_bytes(one.to_bytes()));
        prop_assert_ne!(one, other);
    }

    #[test]
    fn judging_a_key_never_panics(text in "\\PC{0,80}") {
        let _judged = SecretKey::parse(&text);
    }

    #[test]
    fn a_drawn_key_is_never_called_regular(bytes: [u8; 32]) {
        let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        let distinct = bytes.iter().collect::<std::collections::BTreeSet<_>>().len();
        prop_assume!(distinct > 20);
        prop_assert!(SecretKey::parse(&hex).is_ok(), "{}", hex);
    }
}
