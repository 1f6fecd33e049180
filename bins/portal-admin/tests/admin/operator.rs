//! Accounts of staff.

use auth::{Password, TotpCode, TotpSecret, Verdict, Verifier};
use domain::Clock;
use serde_json::{Value, json};
use store_operator::{SignIn, SignInStart};
use testkit::on_both_engines;

use crate::desk::Desk;

pub(crate) const ANNA: &str = "anna@firm.example";

pub(crate) fn create(desk: &Desk, email: &str, role: &str) -> Value {
    desk.json(&[
        "operator",
        "create",
        "--email",
        email,
        "--name",
        "Anna Lind",
        "--role",
        role,
    ])
}

fn text<'a>(answer: &'a Value, field: &str) -> &'a str {
    answer[field].as_str().unwrap()
}

pub(crate) fn listed(desk: &Desk) -> Vec<Value> {
    let answer = desk.json(&["operator", "list"]);
    answer["operators"].as_array().unwrap().clone()
}

/// What a sign-in comes to; `None` for a wrong password and for who is locked out.
async fn sign_in(desk: &Desk, email: &str, password: &str) -> Option<SignIn> {
    let staff = desk.data.operator();
    let SignInStart::Check(attempt) = staff.begin_sign_in(&email.parse().unwrap()).unwrap() else {
        return None;
    };
    let verifier = Verifier::new(1, 1, auth::HashParams::owasp(), desk.data.random().clone());
    let typed = Password::candidate(password.to_owned()).unwrap();
    match verifier
        .verify(attempt.password_hash(), typed)
        .await
        .unwrap()
    {
        Verdict::Right { renewed: None } => Some(staff.sign_in_succeeded(&attempt, None).unwrap()),
        Verdict::Right { .. } => panic!("a hash that is too weak"),
        Verdict::Wrong => None,
    }
}

on_both_engines! {
    async fn the_first_superadmin_is_created_with_a_password_that_lets_in(desk: Desk) {
        let made = desk.json(&["operator", "create", "--email", " Anna@Firm.example", "--name", "Anna Lind", "--role", "superadmin"]);
        assert_eq!(made.as_object().unwrap().len(), 3, "{made}");
        assert_eq!(text(&made, "email"), ANNA);
        assert!(text(&made, "password").len() >= 24);
        assert!(matches!(sign_in(&desk, ANNA, text(&made, "password")).await, Some(SignIn::SignedIn(_))));
        assert!(sign_in(&desk, ANNA, "something else").await.is_none());
        let account = &listed(&desk)[0];
        assert_eq!(account["id"], made["id"]);
        assert_eq!(account["last_login_at"], desk.data.clock().now().to_string());
        for field in ["password", "password_hash", "totp_secret"] {
            assert_eq!(account[field], Value::Null);
        }
    }

    async fn a_chosen_password_comes_in_by_standard_input(desk: Desk) {
        let create = ["operator", "create", "--email", ANNA, "--name", "Anna", "--role", "admin"];
        let reset = ["operator", "reset-password", ANNA];
        for (arguments, input, password) in [
            (&create[..], "correct horse\n", "correct horse"),
            (&reset[..], " wide  blanks \r\n", " wide  blanks "),
        ] {
            let arguments = [arguments, &["--password-stdin", "--json"]].concat();
            let outcome = desk.run_with(input.as_bytes(), &arguments);
            assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
            let answer: Value = serde_json::from_str(&outcome.stdout).unwrap();
            assert_eq!((&answer["email"], &answer["password"]), (&json!(ANNA), &Value::Null));
            assert!(sign_in(&desk, ANNA, password).await.is_some(), "{input:?}");
        }
    }

    async fn the_break_glass_lets_in_again_whoever_is_locked_out_without_phone(desk: Desk) {
        let made = create(&desk, ANNA, "superadmin");
        let staff = desk.data.operator();
        let id = staff.account_named(ANNA).unwrap();
        let secret = staff.offer_second_factor(desk.data.asker(id), &desk.data.proven(id)).unwrap();
        let code = secret.shown_in(TotpSecret::step(desk.data.clock().now()));
        staff.confirm_second_factor(desk.data.asker(id), TotpCode::parse(&code).unwrap()).unwrap();
        for _ in 0..5 {
            assert!(sign_in(&desk, ANNA, "something else").await.is_none());
        }
        assert!(sign_in(&desk, ANNA, text(&made, "password")).await.is_none());

        let reset = desk.json(&["operator", "reset-password", ANNA]);
        assert_eq!(reset, json!({ "id": made["id"], "email": ANNA, "password": reset["password"], "active": true }));
        let due = sign_in(&desk, ANNA, text(&reset, "password")).await;
        assert!(matches!(due, Some(SignIn::SecondFactorDue(_))), "{due:?}");
        assert_eq!(listed(&desk)[0]["second_factor"], true);

        let reset = desk.json(&["operator", "reset-password", ANNA, "--without-second-factor"]);
        let inside = sign_in(&desk, ANNA, text(&reset, "password")).await;
        assert!(matches!(inside, Some(SignIn::SignedIn(_))), "{inside:?}");
        assert_eq!(listed(&desk)[0]["second_factor"], false);
    }

    async fn accounts_are_disabled_enabled_and_signed_out(desk: Desk) {
        create(&desk, "zoe@firm.example", "superadmin");
        let made = create(&desk, ANNA, "operator");
        let id = made["id"].clone();
        let inside = async || {
            let Some(SignIn::SignedIn(session)) = sign_in(&desk, ANNA, text(&made, "password")).await else { panic!() };
            session
        };
        let is_live = async |session| {
            let now = desk.data.clock().now();
            store_operator::check_operator_session(desk.data.database(), &session, now).await.unwrap().is_some()
        };
        let session = inside().await;
        let over = desk.json(&["operator", "sign-out-everywhere", ANNA]);
        assert_eq!((over.as_object().unwrap().len(), &over["id"], &over["email"]), (3, &id, &json!(ANNA)));
        assert!(!is_live(session).await);

        let session = inside().await;
        let answer = desk.json(&["operator", "disable", "ANNA@firm.example"]);
        assert_eq!(answer, json!({ "id": id, "email": ANNA, "active": false }));
        assert!(!is_live(session).await);
        assert!(sign_in(&desk, ANNA, text(&made, "password")).await.is_none());
        let answer = desk.json(&["operator", "enable", id.as_str().unwrap()]);
        assert_eq!(answer, json!({ "id": id, "email": ANNA, "active": true }));
        assert!(is_live(inside().await).await);
    }

    async fn everything_is_on_the_record_as_of_the_command_line(desk: Desk) {
        create(&desk, "zoe@firm.example", "superadmin");
        let made = create(&desk, ANNA, "operator");
        let reset = desk.json(&["operator", "reset-password", ANNA]);
        for act in ["sign-out-everywhere", "disable", "enable"] {
            desk.json(&["operator", act, ANNA]);
        }
        desk.json(&["operator", "list"]);
        let log = desk.data.operator().audit_log(100).unwrap();
        let told: Vec<_> = log.iter().rev().map(|record| record.action.as_str()).collect();
        assert_eq!(
            told,
            ["create", "create", "reset-password", "sign-out-everywhere", "disable", "enable"].map(|verb| format!("operator.{verb}"))
        );
        for record in &log {
            assert_eq!((record.actor.name.as_str(), record.actor.origin.as_str()), ("casey", "command line"));
            let written = format!("{record:?}");
            assert!(!written.contains("argon2") && !written.contains(text(&made, "password")) && !written.contains(text(&reset, "password")));
        }
    }
}
