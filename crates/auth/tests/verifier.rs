//! Password hashes, and the pool that checks them.

#![cfg(test)]

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::task::{Context, Waker};

use auth::{
    HashError, HashParams, Password, PasswordHash, Saturated, SystemRandom, Verdict, Verifier,
};
use domain::{RandomError, RandomSource};
use proptest::prelude::*;
use testkit::SeededRandom;

fn cheap() -> HashParams {
    HashParams::new(8, 1, 1).unwrap()
}

fn password(text: &str) -> Password {
    Password::candidate(text.to_owned()).unwrap()
}

fn hash(text: &str, params: &HashParams) -> PasswordHash {
    PasswordHash::compute(&password(text), params, &SeededRandom::new(7)).unwrap()
}

fn verifier(params: HashParams) -> Verifier {
    Verifier::new(1, 4, params, Arc::new(SeededRandom::new(1)))
}

fn is_pending<F: Future>(future: Pin<&mut F>) -> bool {
    future
        .poll(&mut Context::from_waker(Waker::noop()))
        .is_pending()
}

/// Says when a computation draws its salt, and keeps it there until told to go on.
struct Gate {
    entered: Mutex<mpsc::Sender<()>>,
    go_on: Mutex<mpsc::Receiver<()>>,
}

impl RandomSource for Gate {
    fn fill(&self, _: &mut [u8]) -> Result<(), RandomError> {
        self.entered.lock().unwrap().send(()).unwrap();
        self.go_on.lock().unwrap().recv().unwrap();
        Ok(())
    }
}

fn gate() -> (Arc<Gate>, mpsc::Receiver<()>, mpsc::Sender<()>) {
    let (entered, has_entered) = mpsc::channel();
    let (open, go_on) = mpsc::channel();
    let gate = Gate {
        entered: Mutex::new(entered),
        go_on: Mutex::new(go_on),
    };
    (Arc::new(gate), has_entered, open)
}

#[tokio::test]
async fn the_password_is_right_and_every_other_is_wrong() {
    let (verifier, stored) = (verifier(cheap()), hash("kept-safe", &cheap()));
    let right = verifier
        .verify(Some(stored.clone()), password("kept-safe"))
        .await;
    assert!(matches!(right, Ok(Verdict::Right { renewed: None })));
    for typed in ["", "kept-safe ", "Kept-safe", "kept-saf"] {
        let wrong = verifier.verify(Some(stored.clone()), password(typed)).await;
        assert!(matches!(wrong, Ok(Verdict::Wrong)), "{typed}");
    }
    assert_eq!(verifier.verifications(), 5);
}

#[tokio::test]
async fn without_a_hash_the_same_work_is_done_and_nothing_is_right() {
    let verifier = verifier(cheap());
    let verdict = verifier.verify(None, password("")).await;
    assert!(matches!(verdict, Ok(Verdict::Wrong)));
    assert_eq!(verifier.verifications(), 1);
}

#[tokio::test]
async fn a_weaker_hash_is_renewed_at_the_next_success() {
    let stronger = HashParams::new(16, 2, 1).unwrap();
    let verifier = verifier(stronger.clone());
    for weaker in [(8, 1, 1), (8, 8, 1), (16, 1, 1)] {
        let weaker = HashParams::new(weaker.0, weaker.1, weaker.2).unwrap();
        let stored = hash("kept-safe", &weaker);
        let Ok(Verdict::Right {
            renewed: Some(renewed),
        }) = verifier.verify(Some(stored), password("kept-safe")).await
        else {
            panic!("right, and renewed");
        };
        assert!(renewed.as_str().starts_with("$argon2id$v=19$m=16,t=2,p=1$"));
        let verdict = verifier.verify(Some(renewed), password("kept-safe")).await;
        assert!(matches!(verdict, Ok(Verdict::Right { renewed: None })));
    }
    let as_strong = hash("kept-safe", &HashParams::new(32, 1, 1).unwrap());
    let verdict = verifier
        .verify(Some(as_strong), password("kept-safe"))
        .await;
    assert!(matches!(verdict, Ok(Verdict::Right { renewed: None })));
}

#[tokio::test]
async fn a_hash_of_the_pool_is_of_its_password_and_salted_anew() {
    let verifier = verifier(cheap());
    let one = verifier.hash(&password("kept-safe")).await.unwrap();
    let other = verifier.hash(&password("kept-safe")).await.unwrap();
    assert_ne!(one.as_str(), other.as_str());
    for stored in [one, other] {
        let verdict = verifier.verify(Some(stored), password("kept-safe")).await;
        assert!(matches!(verdict, Ok(Verdict::Right { renewed: None })));
    }
}

#[tokio::test]
async fn a_full_queue_is_said_at_once() {
    let (random, has_entered, open) = gate();
    let verifier = Verifier::new(1, 1, cheap(), random);
    let secret = password("kept-safe");
    let mut computing = Box::pin(verifier.hash(&secret));
    assert!(is_pending(computing.as_mut()));
    has_entered.recv().unwrap();
    assert!(!verifier.is_full(), "one may wait");
    let mut waiting = Box::pin(verifier.verify(None, password("x")));
    assert!(is_pending(waiting.as_mut()));

    assert!(verifier.is_full());
    let refused = verifier.verify(None, password("x")).await;
    assert_eq!(refused.unwrap_err(), Saturated);
    assert_eq!(
        verifier.hash(&password("x")).await.unwrap_err(),
        HashError::Saturated
    );
    assert_eq!(verifier.verifications(), 0);

    open.send(()).unwrap();
    assert!(computing.await.is_ok());
    assert!(matches!(waiting.await, Ok(Verdict::Wrong)));
    assert!(!verifier.is_full());
    assert!(verifier.verify(None, password("x")).await.is_ok());
}

#[tokio::test]
async fn who_goes_away_leaves_the_queue_but_not_the_pool_while_it_computes() {
    let (random, has_entered, open) = gate();
    let verifier = Verifier::new(1, 1, cheap(), random);
    let secret = password("kept-safe");
    let mut computing = Box::pin(verifier.hash(&secret));
    assert!(is_pending(computing.as_mut()));
    has_entered.recv().unwrap();
    drop(computing);

    let mut waiting = Box::pin(verifier.verify(None, password("x")));
    assert!(is_pending(waiting.as_mut()), "the computation goes on");
    assert!(
        verifier.verify(None, password("x")).await.is_err(),
        "and still has its place"
    );
    drop(waiting);

    let mut next = Box::pin(verifier.verify(None, password("x")));
    assert!(is_pending(next.as_mut()), "a place in the queue is free");
    open.send(()).unwrap();
    assert!(next.await.is_ok());
    assert_eq!(verifier.verifications(), 1);
}

/// Counts how many computations are under way, and lets them go on in pairs.
struct Pairs {
    within: AtomicUsize,
    most: AtomicUsize,
    pair: Barrier,
}

impl RandomSource for Pairs {
    fn fill(&self, _: &mut [u8]) -> Result<(), RandomError> {
        let within = self.within.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(within, Ordering::SeqCst);
        self.pair.wait();
        self.within.fetch_sub(1, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test]
async fn no_more_computations_run_at_once_than_there_are_threads() {
    let random = Arc::new(Pairs {
        within: AtomicUsize::new(0),
        most: AtomicUsize::new(0),
        pair: Barrier::new(2),
    });
    let verifier = Verifier::new(2, 30, cheap(), random.clone());
    let all: Vec<_> = (0..32)
        .map(|_| {
            let verifier = verifier.clone();
            tokio::spawn(async move { verifier.hash(&password("x")).await })
        })
        .collect();
    for one in all {
        assert!(one.await.unwrap().is_ok());
    }
    assert_eq!(random.most.load(Ordering::SeqCst), 2);
}

#[test]
fn the_recommended_parameters_are_owasps() {
    let stored = PasswordHash::compute(
        &password("kept-safe"),
        &HashParams::owasp(),
        &SystemRandom::new(),
    )
    .unwrap();
    assert!(
        stored
            .as_str()
            .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
    );
    assert_eq!(format!("{stored:?}"), "PasswordHash(…)");
}

#[test]
fn a_stored_hash_reads_back_as_it_was_written() {
    let stored = hash("kept-safe", &cheap());
    let again = PasswordHash::parse(stored.as_str()).unwrap();
    assert_eq!(again.as_str(), stored.as_str());
}

#[test]
fn parameters_that_would_take_the_server_down_are_refused() {
    for (memory_kib, passes, lanes) in [
        (128 * 1024 + 1, 1, 1),
        (4_000_000_000, 1, 1),
        (8, 17, 1),
        (128, 1, 9),
        (7, 1, 1),
        (8, 0, 1),
        (8, 1, 0),
        (8, 1, 2),
    ] {
        assert_eq!(
            HashParams::new(memory_kib, passes, lanes),
            Err(HashError::Parameters),
            "{memory_kib} {passes} {lanes}"
        );
    }
}

#[test]
fn what_is_no_hash_of_ours_is_unreadable() {
    const SALT: &str = "c2FsdHNhbHRzYWx0c2FsdA";
    const OUTPUT: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert!(PasswordHash::parse(&format!("$argon2id$v=19$m=8,t=1,p=1${SALT}${OUTPUT}")).is_ok());
    for text in [
        String::new(),
        "password".to_owned(),
        "$2b$12$abcdefghijklmnopqrstuv".to_owned(),
        format!("$argon2i$v=19$m=8,t=1,p=1${SALT}${OUTPUT}"),
        format!("$argon2id$v=16$m=8,t=1,p=1${SALT}${OUTPUT}"),
        format!("$argon2id$m=8,t=1,p=1${SALT}${OUTPUT}"),
        format!("$argon2id$v=19$m=4000000,t=1,p=1${SALT}${OUTPUT}"),
        format!("$argon2id$v=19$m=8,t=4000000,p=1${SALT}${OUTPUT}"),
        format!("$argon2id$v=19$m=8,t=1,p=1,data=c2FsdA${SALT}${OUTPUT}"),
        format!("$argon2id$v=19$m=8,t=1,p=1${SALT}"),
        format!("$argon2id$v=19$m=8,t=1,p=1${SALT}$AAAAAAAAAAAAAA"),
        format!("$argon2id$v=19$m=8,t=1,p=1${SALT}${OUTPUT}$"),
    ] {
        assert_eq!(
            PasswordHash::parse(&text).unwrap_err(),
            HashError::Unreadable,
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn reading_a_hash_never_panics(text in "\\PC{0,120}", shaped in "\\$argon2id\\$v=1[0-9]\\$m=[0-9]{1,12},t=[0-9]{1,12},p=[0-9]{1,12}\\$[A-Za-z0-9+/]{0,70}\\$[A-Za-z0-9+/]{0,100}") {
        for text in [text, shaped] {
            if let Ok(hash) = PasswordHash::parse(&text) {
                prop_assert_eq!(hash.as_str(), text);
            }
        }
    }
}
