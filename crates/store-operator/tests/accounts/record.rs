//! What the audit log says of accounts, and what it never says.

use auth::Role;
use store_operator::{Authority, SecondFactor, SecondFactorThen};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{code_due, code_now, come_in, knock, show, with_app, wrong, wrong_code};

const ROOT: Authority = Authority::CommandLine;

/// What the newest record says: the action, who, before and after.
fn newest(test: &TestDatabase) -> (String, String, String, String) {
    let mut log = test.operator().audit_log(1000).unwrap();
    // Records of one moment have no order: each act of these tests has its own.
    test.clock().advance(std::time::Duration::from_millis(1));
    let record = log.remove(0);
    assert_eq!(
        (record.subject_kind.as_str(), record.actor.origin.as_str()),
        ("operator", "test")
    );
    let words = |state: Option<String>| state.unwrap_or_default();
    (
        record.action,
        record.actor.name,
        words(record.before),
        words(record.after),
    )
}

on_both_engines! {
    async fn every_change_is_on_the_record(test: TestDatabase) {
        let staff = test.operator();
        let hash = cheap_hash(&wrong(), &**test.random());
        test.account("zoe@firm.example", Role::Superadmin);
        test.clock().advance(std::time::Duration::from_millis(1));
        let anna = test.account("anna@firm.example", Role::Admin);
        let told = |action: &str, before: &str, after: &str| {
            let record = newest(&test);
            assert_eq!((record.0.as_str(), record.1.as_str()), (action, "tester"));
            assert!(record.2.starts_with(before) && record.3.starts_with(after), "{record:?}");
            let ends = record.3.contains("sessions_valid_from=");
            assert_eq!(ends, record.2.contains("sessions_valid_from="));
            ends
        };
        let made = r#"email="anna@firm.example"; name="Owner of anna@firm.example"; role=admin"#;
        assert!(!told("operator.create", "", made));
        staff.rename_account(ROOT, anna.id, "Anna").unwrap();
        assert!(!told("operator.edit", r#"name="Owner of anna@firm.example""#, r#"name="Anna""#));
        staff.set_role(ROOT, anna.id, Role::Operator).unwrap();
        assert!(told("operator.role", "role=admin", "role=operator"));
        staff.disable_account(ROOT, anna.id).unwrap();
        assert!(told("operator.disable", "active=true", "active=false"));
        staff.enable_account(ROOT, anna.id).unwrap();
        assert!(!told("operator.enable", "active=false", "active=true"));
        staff.sign_out_everywhere(ROOT, anna.id).unwrap();
        assert!(told("operator.sign-out-everywhere", "sessions", "sessions"));
        let secret = staff.offer_second_factor(test.asker(anna.id), &test.proven(anna.id)).unwrap();
        assert!(!told("operator.second-factor-offer", "second_factor_offer=none", "second_factor_offer=new"));
        staff.confirm_second_factor(test.asker(anna.id), code_now(&test, &secret)).unwrap();
        assert!(!told("operator.second-factor-on", "second_factor=off", "second_factor=on"));
        staff.renew_recovery_codes(test.asker(anna.id)).unwrap();
        assert!(!told("operator.recovery-codes", "left=10", "left=10"));
        staff.reset_password(ROOT, anna.id, &hash, SecondFactorThen::Removed).unwrap();
        assert!(told("operator.reset-password", "password=old; second_factor=on", "password=new; second_factor=off"));
        let proven = hash.clone();
        let hash = cheap_hash(&anna.password, &**test.random());
        staff.change_own_password(test.asker(anna.id), &proven, &hash).unwrap();
        assert!(told("operator.password", "password=old", "password=new"));
    }

    async fn who_comes_in_is_named_and_who_is_locked_out_is_told(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Admin);
        test.clock().advance(std::time::Duration::from_millis(1));
        come_in(&test, &anna).await;
        let record = newest(&test);
        assert_eq!((record.0.as_str(), record.1.as_str()), ("operator.sign-in", "anna@firm.example"));
        assert_eq!(record.3, "second_factor=off");

        let (secret, codes) = with_app(&test, &anna);
        let due = code_due(&test, &anna).await;
        show(&test, &due, code_now(&test, &secret));
        assert_eq!(newest(&test).3, "second_factor=code");
        let recovery = SecondFactor::Recovery(codes[0].clone());
        let due = code_due(&test, &anna).await;
        test.operator().second_step(&due, &recovery).unwrap();
        assert_eq!(newest(&test).3, "second_factor=recovery code; recovery_codes_left=9");

        for _ in 0..4 {
            knock(&test, &anna.email, &wrong()).await;
        }
        assert_eq!(newest(&test).0, "operator.sign-in", "a failure is no change");
        let due = code_due(&test, &anna).await;
        test.clock().advance(std::time::Duration::from_millis(1));
        show(&test, &due, wrong_code(&test, &secret));
        let record = newest(&test);
        assert_eq!((record.0.as_str(), record.1.as_str()), ("operator.lockout", "nobody signed in"));
        assert!(record.3.starts_with("locked_until=2026-"), "{record:?}");
    }

    async fn what_changes_nothing_leaves_no_record(test: TestDatabase) {
        let staff = test.operator();
        let anna = test.account("anna@firm.example", Role::Admin);
        staff.enable_account(ROOT, anna.id).unwrap();
        staff.set_role(ROOT, anna.id, Role::Admin).unwrap();
        staff.rename_account(ROOT, anna.id, "Owner of anna@firm.example").unwrap();
        staff.remove_second_factor(ROOT, anna.id).unwrap();
        assert_eq!(staff.audit_log(10).unwrap().len(), 1);
        assert_eq!(test.raw().number("SELECT count(*) FROM audit_log"), 1);
    }

    async fn no_secret_is_in_the_log_and_no_code_or_password_in_the_tables(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        let staff = test.operator();
        let old_hash = test.raw().text("SELECT password_hash FROM operator_users").unwrap();
        let (secret, codes) = with_app(&test, &anna);
        let due = code_due(&test, &anna).await;
        let code = code_now(&test, &secret);
        show(&test, &due, code);
        let recovery = SecondFactor::Recovery(codes[0].clone());
        let due = code_due(&test, &anna).await;
        staff.second_step(&due, &recovery).unwrap();
        let new_hash = cheap_hash(&wrong(), &**test.random());
        staff.reset_password(ROOT, anna.id, &new_hash, SecondFactorThen::Kept).unwrap();
        let digest = codes[1].digest();
        let stored = test.raw().number(&format!(
            "SELECT count(*) FROM operator_recovery_codes WHERE digest = '{}'", digest.as_str()
        ));
        assert_eq!(stored, 1);

        let log = format!("{:?}", staff.audit_log(1000).unwrap());
        assert!(log.contains("operator.second-factor-on"));
        let shown = [secret.to_base32(), old_hash, new_hash.as_str().to_owned(), digest.as_str().to_owned()];
        let clear = codes.iter().map(|code| code.reveal().to_owned()).chain([anna.password.reveal().to_owned()]);
        for kept_out in shown.into_iter().chain(clear.clone()) {
            assert!(!log.contains(&kept_out) && !log.contains(&kept_out.replace('-', "")), "{kept_out}");
        }
        let rows = test.raw().number(
            &clear.fold("SELECT count(*) FROM operator_recovery_codes WHERE FALSE".to_owned(), |sql, text| {
                format!("{sql} OR digest LIKE '%{text}%'")
            }),
        );
        assert_eq!(rows, 0);
    }
}
