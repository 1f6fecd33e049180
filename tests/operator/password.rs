//! One's own password, changed.

use std::time::Duration;

use auth::Role;
use testkit::{House, on_both_engines};

use super::person::Person;
use super::staff::{Staff, is_silent_of, says};

const PATH: &str = "/profile/password";
const NEW: &str = " a better one, with blanks ";

/// What is said at which field; no password that was typed comes back.
async fn refusal(staff: &Staff, old: &str, new: &str, again: &str) -> (String, String) {
    let fields = [("password", old), ("new", new), ("again", again)];
    let reply = staff.sends(PATH, &fields).await;
    assert_eq!(reply.status, 422, "{}", reply.body);
    let typed: Vec<&str> = [old, new, again]
        .into_iter()
        .filter(|one| one.len() > 5)
        .collect();
    is_silent_of(&reply.body, &typed);
    let (_, rest) = reply
        .body
        .split_once("<p class=\"problem\" id=\"")
        .expect("a problem");
    let (field, rest) = rest.split_once("-problem\">").expect("a field");
    let (words, _) = rest.split_once('<').expect("words");
    (field.to_owned(), words.to_owned())
}

on_both_engines! {
    async fn another_password_ends_every_other_session(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Operator);
        let app = Staff::of(&house);
        let (here, elsewhere) = (person.at(&house, &app), person.at(&house, &app));
        says(&here.opens(PATH).await, &["12 characters or more", "autocomplete=\"current-password\"", "autocomplete=\"new-password\""]);
        let fields = [("password", person.password.as_str()), ("new", NEW), ("again", NEW)];
        let reply = here.sends(PATH, &fields).await;
        assert_eq!((reply.status, reply.header("location")), (303, "/profile?said=password"), "{}", reply.body);
        let cookie = reply.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        says(&here.opens(reply.header("location")).await, &["Your password is changed"]);
        assert_eq!(elsewhere.tries("/profile").await.status, 403);

        // The old one is dead, and the new one is taken with its blanks.
        let dead = refusal(&here, &person.password, "yet another one", "yet another one").await;
        assert_eq!(dead.0, "password");
        assert_eq!(refusal(&here, NEW.trim(), "yet another one", "yet another one").await.0, "password");
        let fields = [("password", NEW), ("new", "yet another one"), ("again", "yet another one")];
        assert_eq!(here.sends(PATH, &fields).await.status, 303);
        let log = here.opens("/audit").await;
        says(&log, &["operator.password", "password=old", "password=new"]);
        is_silent_of(&log, &[NEW.trim(), "yet another one", &person.password, "argon2"]);
    }

    async fn what_is_wrong_is_told_at_its_field(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Operator);
        let staff = person.at(&house, &Staff::of(&house));
        let old = person.password.as_str();
        for (old, new, again, field, words) in [
            (old, "eleven char", "eleven char", "new", "12 characters or more"),
            (old, "ADA@firm.example", "ADA@firm.example", "new", "e-mail address is no password"),
            (old, old, old, "new", "the one you have"),
            (old, "twelve chars", "twelve chart", "again", "not the same"),
            ("a wrong one", "twelve chars", "twelve chars", "password", "not your password"),
        ] {
            let (at, said) = refusal(&staff, old, new, again).await;
            assert_eq!((at.as_str(), said.contains(words)), (field, true), "{said}");
        }
        let endless = "x".repeat(1025);
        assert_eq!(refusal(&staff, &endless, "twelve chars", "twelve chars").await.0, "password");
        assert_eq!(refusal(&staff, old, &endless, &endless).await.0, "new");
        assert_eq!(staff.tries("/profile").await.status, 200);
    }

    async fn guessing_locks_and_the_right_one_waits_too(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Operator);
        let staff = person.at(&house, &Staff::of(&house));
        let old = person.password.as_str();
        for _ in 0..4 {
            let (_, said) = refusal(&staff, "a wrong one", NEW, NEW).await;
            assert!(said.contains("not your password"), "{said}");
        }
        // What is wrong about the new one costs no attempt.
        for _ in 0..5 {
            assert_eq!(refusal(&staff, "a wrong one", NEW, "other").await.0, "again");
        }
        let (_, said) = refusal(&staff, "a wrong one", NEW, NEW).await;
        assert!(said.contains("for 15 minutes"), "{said}");
        house.clock().advance(Duration::from_mins(14));
        let (_, said) = refusal(&staff, old, NEW, NEW).await;
        assert!(said.contains("for 1 minute,"), "{said}");
        assert_eq!(staff.sends("/profile/recovery-codes", &[("password", old)]).await.status, 422);
        house.clock().advance(Duration::from_mins(1));
        let fields = [("password", old), ("new", NEW), ("again", NEW)];
        assert_eq!(staff.sends(PATH, &fields).await.status, 303);
    }
}
