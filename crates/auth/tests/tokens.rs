//! What is signed, and what is not believed.

#![cfg(test)]

use std::time::Duration;

use auth::{
    CLOCK_SKEW, LinkFingerprint, PortalSession, PreviewTicket, Purpose, SecretKey, Signer,
    TICKET_LIFETIME, Token, TokenError,
};
use domain::{Clock, ProjectId, TicketId, Timestamp};
use proptest::prelude::*;
use testkit::{ManualClock, SeededRandom};

fn key(seed: u64) -> SecretKey {
    SecretKey::random(&SeededRandom::new(seed)).unwrap()
}

fn signer() -> Signer {
    Signer::new(&key(1), &[])
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn session() -> PortalSession {
    PortalSession {
        project: ProjectId::from_bytes([7; 16]),
        epoch: 42,
        issued_at: at("2026-11-21T04:00:00.123Z"),
        link: LinkFingerprint::from_bytes([9; 16]),
        preview: false,
    }
}

fn ticket() -> PreviewTicket {
    PreviewTicket {
        id: TicketId::from_bytes([1; 16]),
        project: ProjectId::from_bytes([2; 16]),
        expires_at: at("2026-11-21T04:01:00Z"),
    }
}

#[test]
fn a_session_says_again_what_was_sealed() {
    let token = session().seal(&signer());
    assert_eq!(PortalSession::open(&signer(), &token), Ok(session()));
    assert!(token.len() < 128, "{} bytes in every request", token.len());
}

#[test]
fn a_ticket_says_again_what_was_sealed() {
    let token = ticket().seal(&signer());
    assert_eq!(PreviewTicket::open(&signer(), &token), Ok(ticket()));
}

#[test]
fn purposes_do_not_mix() {
    use Purpose::{OperatorSecondFactor, OperatorSession, PortalSession, PreviewTicket};
    let all = [
        PortalSession,
        OperatorSession,
        OperatorSecondFactor,
        PreviewTicket,
    ];
    for made_for in all {
        let token = signer().sign(made_for, b"payload");
        for read_as in all {
            let verified = signer().verify(read_as, &token);
            if made_for == read_as {
                assert_eq!(verified, Ok(b"payload".to_vec()));
            } else {
                assert_eq!(
                    verified,
                    Err(TokenError::Forged),
                    "{made_for:?} {read_as:?}"
                );
            }
        }
    }
}

#[test]
fn a_rotated_key_verifies_while_it_is_named_and_no_longer() {
    let (old, new) = (key(1), key(2));
    let of_old = session().seal(&Signer::new(&old, &[]));
    let rotated = Signer::new(&new, std::slice::from_ref(&old));
    assert_eq!(PortalSession::open(&rotated, &of_old), Ok(session()));
    let of_new = session().seal(&rotated);
    assert_eq!(
        PortalSession::open(&Signer::new(&new, &[]), &of_new),
        Ok(session())
    );
    assert_eq!(
        PortalSession::open(&Signer::new(&new, &[]), &of_old),
        Err(TokenError::UnknownKey)
    );
}

#[test]
fn the_key_id_of_another_key_does_not_help() {
    let (ours, theirs) = (key(1), key(2));
    let forged = session().seal(&Signer::new(&theirs, &[]));
    let (_, signed) = forged.split_once('.').unwrap();
    let honest = session().seal(&Signer::new(&ours, &[]));
    let (id, _) = honest.split_once('.').unwrap();
    assert_eq!(
        PortalSession::open(&Signer::new(&ours, &[theirs]), &format!("{id}.{signed}")),
        Err(TokenError::Forged)
    );
}

#[test]
fn a_token_longer_than_a_kibibyte_is_not_looked_at() {
    let fits = signer().sign(Purpose::PortalSession, &[0; Signer::MAX_PAYLOAD]);
    assert!(signer().verify(Purpose::PortalSession, &fits).is_ok());
    let too_long = signer().sign(Purpose::PortalSession, &[0; 800]);
    assert_eq!(
        signer().verify(Purpose::PortalSession, &too_long),
        Err(TokenError::Malformed)
    );
}

#[test]
fn a_well_signed_payload_of_another_shape_is_no_session() {
    let token = session().seal(&signer());
    let payload = signer().verify(Purpose::PortalSession, &token).unwrap();
    let mut version = payload.clone();
    version[0] = 1;
    let mut neither = payload.clone();
    neither[49] = 2;
    let longer = [payload.as_slice(), &[0]].concat();
    for other in [&[][..], &payload[..49], &longer, &version, &neither] {
        let token = signer().sign(Purpose::PortalSession, other);
        assert_eq!(
            PortalSession::open(&signer(), &token),
            Err(TokenError::Malformed)
        );
    }
}

#[test]
fn a_session_expires_with_its_age_and_is_not_from_the_future() {
    let day = Duration::from_hours(24);
    let issued_at = at("2026-11-21T04:00:00Z");
    let session = PortalSession {
        issued_at,
        ..session()
    };
    for (now, max_age, expired) in [
        ("2026-11-21T04:00:00Z", day, false),
        ("2026-11-22T03:59:59.999Z", day, false),
        ("2026-11-22T04:00:00Z", day, true),
        ("2026-12-21T04:00:00Z", Duration::MAX, false),
        ("2026-11-21T04:00:00Z", Duration::ZERO, true),
        ("2026-11-21T03:55:00Z", day, false),
        ("2026-11-21T03:54:59.999Z", day, true),
    ] {
        assert_eq!(session.is_expired(at(now), max_age), expired, "{now}");
    }
}

#[test]
fn a_ticket_lives_for_a_minute() {
    let (clock, random) = (ManualClock::default(), SeededRandom::default());
    let ticket = PreviewTicket::issue(ProjectId::from_bytes([2; 16]), &clock, &random).unwrap();
    assert!(!ticket.is_expired(clock.now()));
    clock.advance(Duration::from_millis(59_999));
    assert!(!ticket.is_expired(clock.now()));
    clock.advance(Duration::from_millis(1));
    assert_eq!(TICKET_LIFETIME, Duration::from_mins(1));
    assert!(ticket.is_expired(clock.now()));
}

#[test]
fn a_ticket_of_a_time_to_come_opens_nothing() {
    let (clock, random) = (ManualClock::default(), SeededRandom::default());
    let ticket = PreviewTicket::issue(ProjectId::from_bytes([2; 16]), &clock, &random).unwrap();
    let issued = clock.now();
    clock.step_to(issued - CLOCK_SKEW);
    assert!(!ticket.is_expired(clock.now()));
    clock.step_to(issued - CLOCK_SKEW - Duration::from_millis(1));
    assert!(ticket.is_expired(clock.now()));
}

#[test]
fn a_log_tag_is_short_and_tells_tokens_apart() {
    let token = session().seal(&signer());
    let tag = PortalSession::log_tag(&token);
    assert_eq!(tag.len(), 8);
    assert!(!token.contains(&tag));
    assert_ne!(tag, PortalSession::log_tag(&ticket().seal(&signer())));
}

#[test]
fn what_holds_a_secret_does_not_show_it() {
    assert_eq!(format!("{:?}", key(1)), "SecretKey(…)");
    let shown = format!("{:?}", Signer::new(&key(1), &[key(2)]));
    assert!(shown.starts_with("Signer { current: "), "{shown}");
    assert!(!shown.contains('['), "{shown}");
}

#[test]
fn a_token_with_any_one_character_changed_is_none() {
    const OTHERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. ";
    let honest = session().seal(&signer()).into_bytes();
    for at in 0..honest.len() {
        for other in OTHERS.iter().filter(|other| **other != honest[at]) {
            let mut token = honest.clone();
            token[at] = *other;
            let token = String::from_utf8(token).unwrap();
            assert!(PortalSession::open(&signer(), &token).is_err(), "{token}");
        }
    }
}

proptest! {
    #[test]
    fn noise_is_never_a_token_and_never_a_panic(noise in "\\PC{0,300}", shaped in "[A-Za-z0-9_-]{8}\\.[A-Za-z0-9_-]{0,99}\\.[A-Za-z0-9_-]{43}") {
        for text in [noise, shaped] {
            prop_assert!(PortalSession::open(&signer(), &text).is_err());
            prop_assert!(PreviewTicket::open(&signer(), &text).is_err());
        }
    }

    #[test]
    fn a_token_cut_or_added_to_is_none(from in 0..60_usize, to in 60..120_usize, tail in "[A-Za-z0-9=. ]{1,4}") {
        let token = session().seal(&signer());
        let cut = token.get(from..to).unwrap_or("");
        prop_assert!(cut == token || PortalSession::open(&signer(), cut).is_err());
        let more = format!("{token}{tail}");
        prop_assert!(PortalSession::open(&signer(), &more).is_err());
        let before = format!("{tail}{token}");
        prop_assert!(PortalSession::open(&signer(), &before).is_err());
    }

    #[test]
    fn every_session_survives_sealing(project: [u8; 16], epoch: i64, ms in 0..4_000_000_000_000_i64, link: [u8; 16], preview: bool) {
        let session = PortalSession {
            project: ProjectId::from_bytes(project),
            epoch,
            issued_at: Timestamp::from_millisecond(ms).unwrap(),
            link: LinkFingerprint::from_bytes(link),
            preview,
        };
        prop_assert_eq!(PortalSession::open(&signer(), &session.seal(&signer())), Ok(session));
    }

    #[test]
    fn every_payload_survives_signing(payload in proptest::collection::vec(any::<u8>(), 0..Signer::MAX_PAYLOAD)) {
        let token = signer().sign(Purpose::OperatorSession, &payload);
        prop_assert_eq!(signer().verify(Purpose::OperatorSession, &token), Ok(payload));
    }
}
