//! Signed tokens, as cookies and addresses bring them.

use std::fmt::Debug;
use std::sync::LazyLock;
use std::time::Duration;

use domain::Timestamp;

use crate::{
    CLOCK_SKEW, OperatorSession, PortalSession, PreviewTicket, Purpose, SecondFactorDue, SecretKey,
    Signer, TICKET_LIFETIME, Token, TokenError,
};

/// Most seeds were signed with this key, some with a stranger's, none with the newest.
const OURS: &str = "Zr7mQ2vX9pLk4TnB8wYc1HsDf6GjA3eU5oRiKqNxVbM";
const THEIRS: &str = "u8Kd0yWnE5tRz3MhPq7LxVc2JfGb9SaYo4TiNwXeHrD";
const NEWEST: &str = "Jx5bVq8RkU2fWm7TzEy0CgLd3NaHp9SoXi6YtKrBwGM";

static SIGNER: LazyLock<Signer> = LazyLock::new(|| signer(OURS, &[]));
static ROTATED: LazyLock<Signer> = LazyLock::new(|| signer(NEWEST, &[OURS]));
static STRANGER: LazyLock<Signer> = LazyLock::new(|| signer(THEIRS, &[]));

const PURPOSES: [Purpose; 4] = [
    Purpose::PortalSession,
    Purpose::OperatorSession,
    Purpose::OperatorSecondFactor,
    Purpose::PreviewTicket,
];

#[expect(clippy::expect_used, reason = "the keys stand above")]
fn signer(current: &str, previous: &[&str]) -> Signer {
    let key = |text: &str| SecretKey::parse(text).expect("a good key");
    let previous: Vec<SecretKey> = previous.iter().map(|text| key(text)).collect();
    Signer::new(&key(current), &previous)
}

/// A kind of token, and what may be said of its age.
trait Aging: Token + Copy + PartialEq + Debug {
    /// The moments it speaks of.
    fn moments(&self) -> Vec<Timestamp>;
    /// What its age is at a moment.
    fn hold_at(&self, now: Timestamp);
}

/// The cookie of a client.
pub fn portal_session(bytes: &[u8]) {
    hold::<PortalSession>(bytes);
}

/// The cookie of a member of staff.
pub fn operator_session(bytes: &[u8]) {
    hold::<OperatorSession>(bytes);
}

/// The ticket by which staff look into a portal.
pub fn preview_ticket(bytes: &[u8]) {
    hold::<PreviewTicket>(bytes);
}

/// The cookie between password and code.
pub fn second_factor(bytes: &[u8]) {
    hold::<SecondFactorDue>(bytes);
}

fn hold<T: Aging>(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        hold_as_text::<T>(text);
    }
    hold_as_payload::<T>(bytes);
}

/// What comes from a stranger is a token of ours letter by letter, for one purpose and under the
/// key that signed it, or none.
fn hold_as_text<T: Aging>(text: &str) {
    let opened = T::open(&SIGNER, text);
    if let Ok(token) = opened {
        assert_eq!(token.seal(&SIGNER), text, "a token has one spelling");
    }
    let rotated = T::open(&ROTATED, text).ok();
    assert_eq!(rotated, opened.ok(), "the key was only rotated");
    let of_stranger = T::open(&STRANGER, text);
    assert!(
        opened.is_err() || of_stranger.is_err(),
        "a key opens its own tokens only"
    );
    let fitting = PURPOSES
        .iter()
        .filter(|purpose| SIGNER.verify(**purpose, text).is_ok());
    assert!(
        fitting.count() <= 1,
        "a token of one purpose verifies as no other"
    );
}

/// What somebody with our key might have signed: of every other purpose it opens nothing, and of
/// this one only what would be sealed so again.
fn hold_as_payload<T: Aging>(payload: &[u8]) {
    for purpose in PURPOSES {
        let signed = SIGNER.sign(purpose, payload);
        let opened = T::open(&SIGNER, &signed);
        if signed.len() > Signer::MAX_TOKEN {
            assert_eq!(opened, Err(TokenError::Malformed), "it is not looked at");
        } else if purpose != T::PURPOSE {
            assert_eq!(opened, Err(TokenError::Forged));
        } else if let Ok(token) = opened {
            assert_eq!(token.seal(&SIGNER), signed, "a payload has one spelling");
            hold_forged::<T>(&signed, payload);
            hold_ages(&token, payload);
        } else {
            assert_eq!(opened, Err(TokenError::Malformed));
        }
    }
}

/// A true token with one character changed, under our key's name from another key, or with another
/// one's tail.
fn hold_forged<T: Aging>(signed: &str, payload: &[u8]) {
    let choice = |at: usize| usize::from(payload.iter().rev().nth(at).copied().unwrap_or(0));
    let changed: String = signed
        .char_indices()
        .map(|(at, letter)| match letter {
            _ if at != choice(0) % signed.len() => letter,
            'A' => 'B',
            _ => 'A',
        })
        .collect();
    assert!(T::open(&SIGNER, &changed).is_err());
    let forged = STRANGER.sign(T::PURPOSE, payload);
    assert_eq!(T::open(&SIGNER, &forged), Err(TokenError::UnknownKey));
    let tail = |token: &str| token.split_once('.').map(|(_, tail)| tail.to_owned());
    let id = signed.split('.').next().unwrap_or_default();
    let renamed = format!("{id}.{}", tail(&forged).unwrap_or_default());
    assert_eq!(T::open(&SIGNER, &renamed), Err(TokenError::Forged));
}

fn hold_ages<T: Aging>(token: &T, payload: &[u8]) {
    let far = payload.iter().rev().take(6);
    let far = far.fold(0_i64, |far, byte| far << 8 | i64::from(*byte));
    // Each bound that is stated for one of the tokens, and the millisecond on its other side.
    let bounds = [60_000, 300_000, 360_000, 43_200_000, 604_800_000, far];
    let sides = |bound: i64| [bound, bound - 1, bound + 1, -bound, 1 - bound, -1 - bound];
    let around = bounds.into_iter().flat_map(sides).chain([-1, 0, 1]);
    let around: Vec<i64> = around.collect();
    token.hold_at(Timestamp::MIN);
    token.hold_at(Timestamp::MAX);
    for moment in token.moments() {
        for ms in &around {
            if let Ok(now) = Timestamp::from_millisecond(moment.as_millisecond() + ms) {
                token.hold_at(now);
            }
        }
    }
}

/// Whether it was not long enough ago to be over, and is not from too far in the future.
fn is_within(since: Timestamp, now: Timestamp, longest: Duration) -> bool {
    let ms = i128::from(now.as_millisecond()) - i128::from(since.as_millisecond());
    let bound = |duration: Duration| i128::try_from(duration.as_millis()).unwrap_or(i128::MAX);
    -bound(CLOCK_SKEW) <= ms && ms < bound(longest)
}

impl Aging for PortalSession {
    fn moments(&self) -> Vec<Timestamp> {
        vec![self.issued_at]
    }

    fn hold_at(&self, now: Timestamp) {
        for max_age in [
            Duration::from_hours(12),
            Duration::from_millis(1),
            Duration::MAX,
        ] {
            let (over, left) = (self.is_expired(now, max_age), self.time_left(now, max_age));
            assert_eq!(
                over,
                !is_within(self.issued_at, now, max_age),
                "{self:?} at {now}"
            );
            assert_eq!(over, left.is_zero(), "{self:?} at {now}");
            assert!(left <= max_age, "none lives for longer than is allowed");
        }
    }
}

impl Aging for OperatorSession {
    fn moments(&self) -> Vec<Timestamp> {
        vec![self.issued_at, self.last_seen_at]
    }

    fn hold_at(&self, now: Timestamp) {
        let lives = is_within(self.issued_at, now, Self::MAX_AGE)
            && is_within(self.last_seen_at, now, Self::IDLE);
        assert_eq!(self.is_expired(now), !lives, "{self:?} at {now}");
        assert_eq!(self.time_left(now).is_zero(), !lives);
        assert!(self.time_left(now) <= Self::IDLE);
        if let Some(renewed) = self.renewed(now) {
            assert!(lives, "what is over is not renewed");
            let same = (renewed.user, renewed.issued_at, renewed.valid_from);
            assert_eq!(same, (self.user, self.issued_at, self.valid_from));
            assert!(renewed.time_left(now) >= self.time_left(now));
        }
    }
}

impl Aging for PreviewTicket {
    fn moments(&self) -> Vec<Timestamp> {
        vec![self.expires_at]
    }

    fn hold_at(&self, now: Timestamp) {
        let ms = i128::from(self.expires_at.as_millisecond()) - i128::from(now.as_millisecond());
        let longest = i128::try_from((TICKET_LIFETIME + CLOCK_SKEW).as_millis()).unwrap_or(0);
        let lives = 0 < ms && ms <= longest;
        assert_eq!(self.is_expired(now), !lives, "{self:?} at {now}");
    }
}

impl Aging for SecondFactorDue {
    fn moments(&self) -> Vec<Timestamp> {
        vec![self.issued_at]
    }

    fn hold_at(&self, now: Timestamp) {
        let lives = is_within(self.issued_at, now, Self::LIFETIME);
        assert_eq!(self.is_expired(now), !lives, "{self:?} at {now}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seeds hold a token that opens and a payload that would, or most of this is idle.
    fn bounded<T: Aging>(target: &str) {
        let seeds = fuzzkit::seeds(target);
        let opens = |seed: &[u8]| {
            let text = std::str::from_utf8(seed).unwrap_or_default();
            T::open(&SIGNER, text).is_ok()
        };
        assert!(seeds.iter().any(|(_, seed)| opens(seed)));
        let is_payload = |seed: &[u8]| opens(SIGNER.sign(T::PURPOSE, seed).as_bytes());
        assert!(seeds.iter().any(|(_, seed)| is_payload(seed)));
        fuzzkit::bounded(target, hold::<T>);
    }

    #[test]
    fn no_bytes_break_a_portal_session() {
        bounded::<PortalSession>("portal_session");
    }

    #[test]
    fn no_bytes_break_an_operator_session() {
        bounded::<OperatorSession>("operator_session");
    }

    #[test]
    fn no_bytes_break_a_preview_ticket() {
        bounded::<PreviewTicket>("preview_ticket");
    }

    #[test]
    fn no_bytes_break_a_second_factor() {
        bounded::<SecondFactorDue>("second_factor");
    }
}
