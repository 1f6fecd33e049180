//! Sessions, and what stands between the password and the code.

use std::time::Duration;

use auth::{
    CLOCK_SKEW, OperatorSession, PortalSession, PreviewTicket, Purpose, SecondFactorDue, SecretKey,
    Signer, Token, TokenError,
};
use domain::{OperatorUserId, Timestamp};
use proptest::prelude::*;
use testkit::SeededRandom;

const MILLI: Duration = Duration::from_millis(1);

fn signer() -> Signer {
    Signer::new(&SecretKey::random(&SeededRandom::new(1)).unwrap(), &[])
}

fn start() -> Timestamp {
    "2026-11-21T04:00:00.123Z".parse().unwrap()
}

fn user() -> OperatorUserId {
    OperatorUserId::from_bytes([7; 16])
}

fn session() -> OperatorSession {
    let valid_from = "2026-11-01T00:00:00.456Z".parse().unwrap();
    OperatorSession::new(user(), valid_from, start())
}

fn due() -> SecondFactorDue {
    SecondFactorDue {
        user: user(),
        issued_at: start(),
        valid_from: "2026-11-01T00:00:00.456Z".parse().unwrap(),
        sign_ins: 41,
    }
}

#[test]
fn what_was_sealed_is_said_again() {
    let seen = OperatorSession {
        last_seen_at: start() + Duration::from_mins(7),
        ..session()
    };
    let token = seen.seal(&signer());
    assert_eq!(OperatorSession::open(&signer(), &token), Ok(seen));
    assert!(token.len() < 128, "{} bytes in every request", token.len());
    let token = due().seal(&signer());
    assert_eq!(SecondFactorDue::open(&signer(), &token), Ok(due()));
}

#[test]
fn no_token_opens_what_another_is_for() {
    let (session, due) = (session().seal(&signer()), due().seal(&signer()));
    assert_eq!(
        OperatorSession::open(&signer(), &due),
        Err(TokenError::Forged)
    );
    assert_eq!(
        SecondFactorDue::open(&signer(), &session),
        Err(TokenError::Forged)
    );
    for token in [&session, &due] {
        assert!(PortalSession::open(&signer(), token).is_err());
        assert!(PreviewTicket::open(&signer(), token).is_err());
    }
    for purpose in [Purpose::PortalSession, Purpose::PreviewTicket] {
        let token = signer().sign(purpose, &[1; 41]);
        assert_eq!(
            OperatorSession::open(&signer(), &token),
            Err(TokenError::Forged)
        );
        assert_eq!(
            SecondFactorDue::open(&signer(), &token),
            Err(TokenError::Forged)
        );
    }
}

#[test]
fn a_payload_of_another_shape_is_none() {
    for length in [0, 1, 32, 40, 42, 49] {
        let token = signer().sign(Purpose::OperatorSession, &vec![1; length]);
        assert_eq!(
            OperatorSession::open(&signer(), &token),
            Err(TokenError::Malformed),
            "{length}"
        );
    }
    let token = signer().sign(Purpose::OperatorSession, &[2; 41]);
    assert_eq!(
        OperatorSession::open(&signer(), &token),
        Err(TokenError::Malformed)
    );
    let token = signer().sign(Purpose::OperatorSecondFactor, &[1; 34]);
    assert_eq!(
        SecondFactorDue::open(&signer(), &token),
        Err(TokenError::Malformed)
    );
}

#[test]
fn a_session_ends_after_twelve_hours_away_and_after_seven_days_anyway() {
    let session = session();
    let idle = start() + OperatorSession::IDLE;
    assert!(!session.is_expired(idle - MILLI));
    assert_eq!(session.time_left(idle - MILLI), MILLI);
    assert!(session.is_expired(idle));

    let mut kept = session;
    let mut now = start();
    while let Some(renewed) = kept.renewed(now + Duration::from_hours(11)) {
        now += Duration::from_hours(11);
        kept = renewed;
    }
    let end = start() + OperatorSession::MAX_AGE;
    assert!(now < end && end <= now + Duration::from_hours(11));
    assert_eq!((kept.issued_at, kept.last_seen_at), (start(), now));
    assert!(!kept.is_expired(end - MILLI) && kept.is_expired(end));
    assert_eq!(kept.time_left(end - MILLI), MILLI);
    assert_eq!(kept.renewed(end), None);
}

#[test]
fn a_cookie_is_renewed_when_it_is_worth_it() {
    let renew = start() + OperatorSession::RENEW_AFTER;
    assert_eq!(session().renewed(start()), None);
    assert_eq!(session().renewed(renew - MILLI), None);
    let renewed = session().renewed(renew).unwrap();
    assert_eq!(
        renewed,
        OperatorSession {
            last_seen_at: renew,
            ..session()
        }
    );
    assert_eq!(session().renewed(start() + OperatorSession::IDLE), None);
}

#[test]
fn a_session_from_the_future_is_none() {
    let ahead = start() - CLOCK_SKEW;
    assert!(!session().is_expired(ahead), "another server's clock");
    assert_eq!(session().time_left(ahead), OperatorSession::IDLE);
    assert!(session().is_expired(ahead - MILLI));
    assert_eq!(session().renewed(ahead), None);
    let seen_later = OperatorSession {
        last_seen_at: start() + CLOCK_SKEW + MILLI,
        ..session()
    };
    assert!(seen_later.is_expired(start()));
}

#[test]
fn the_second_step_has_five_minutes() {
    assert!(!due().is_expired(start()));
    assert!(!due().is_expired(start() + SecondFactorDue::LIFETIME - MILLI));
    assert!(due().is_expired(start() + SecondFactorDue::LIFETIME));
    assert!(!due().is_expired(start() - CLOCK_SKEW));
    assert!(due().is_expired(start() - CLOCK_SKEW - MILLI));
}

proptest! {
    #[test]
    fn a_session_renewed_is_never_older_nor_longer(minutes in 0..20_000_u64) {
        let now = start() + Duration::from_mins(minutes);
        if let Some(renewed) = session().renewed(now) {
            prop_assert!(!session().is_expired(now));
            prop_assert!(renewed.time_left(now) >= session().time_left(now));
            prop_assert!(renewed.is_expired(start() + OperatorSession::MAX_AGE));
        }
    }

    #[test]
    fn noise_is_no_session(token in "\\PC{0,200}") {
        prop_assert!(OperatorSession::open(&signer(), &token).is_err());
        prop_assert!(SecondFactorDue::open(&signer(), &token).is_err());
    }

    #[test]
    fn no_changed_byte_goes_unnoticed(at in 0..120_usize, with in any::<u8>()) {
        let mut token = session().seal(&signer()).into_bytes();
        let at = at % token.len();
        prop_assume!(token[at] != with);
        token[at] = with;
        if let Ok(token) = String::from_utf8(token) {
            prop_assert!(OperatorSession::open(&signer(), &token).is_err());
        }
    }
}
