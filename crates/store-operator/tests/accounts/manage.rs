//! Accounts as they are kept.

use auth::Role;
use domain::OperatorUserId;
use store_operator::{Authority, NewAccount, OperatorError, Page, SecondFactorThen};
use testkit::{TestDatabase, cheap_hash, on_both_engines};

use crate::support::{Answer, come_in, conflict, field, knock, with_app, wrong};

const ROOT: Authority = Authority::CommandLine;

fn new(email: &str, name: &str) -> NewAccount {
    NewAccount {
        email: email.to_owned(),
        name: name.to_owned(),
        role: Role::Operator,
    }
}

on_both_engines! {
    async fn an_account_is_kept_as_it_was_said(test: TestDatabase) {
        let staff = test.operator();
        let hash = cheap_hash(&wrong(), &**test.random());
        let id = staff.create_account(ROOT, &new(" Anna@Firm.example ", " Anna Lind "), &hash).unwrap();
        let account = staff.account(id).unwrap();
        assert_eq!((account.email.as_str(), account.display_name.as_str()), ("anna@firm.example", "Anna Lind"));
        assert_eq!((account.role, account.active, account.has_second_factor), (Role::Operator, true, false));
        assert_eq!((account.last_login_at, account.locked_until), (None, None));
        assert_eq!(staff.account_named("ANNA@firm.example").unwrap(), id);
        assert_eq!(staff.account_named(&id.to_string()).unwrap(), id);
    }

    async fn what_cannot_be_kept_is_refused(test: TestDatabase) {
        let staff = test.operator();
        let hash = cheap_hash(&wrong(), &**test.random());
        let create = |email, name| staff.create_account(ROOT, &new(email, name), &hash);
        create("anna@firm.example", "Anna").unwrap();
        assert_eq!(field(create("ANNA@firm.example", "Anna")), "email");
        assert_eq!(field(create("anna", "Anna")), "email");
        assert_eq!(field(create("ben@firm.example", " ")), "name");
        assert_eq!(field(staff.account_named("anna")), "email");
        let ben = staff.account_named("ben@firm.example");
        assert!(matches!(ben, Err(OperatorError::NotFound { kind: "operator", .. })));
        let nobody = OperatorUserId::from_bytes([1; 16]);
        assert!(matches!(staff.account(nobody), Err(OperatorError::NotFound { .. })));
        assert!(matches!(staff.disable_account(ROOT, nobody), Err(OperatorError::NotFound { .. })));
        assert_eq!(staff.list_accounts().unwrap().len(), 1);
    }

    async fn accounts_are_listed_by_address_and_found_by_words(test: TestDatabase) {
        for (email, role) in [
            ("zoe@firm.example", Role::Superadmin),
            ("anna@firm.example", Role::Operator),
            ("ben@other.example", Role::Admin),
        ] {
            test.account(email, role);
        }
        let staff = test.operator();
        let find = |search: &str, page| {
            let found = staff.find_accounts(search, page).unwrap();
            let emails: Vec<_> = found.items.iter().map(|account| account.email.to_string()).collect();
            (emails.join(" "), found.total)
        };
        let all = "anna@firm.example ben@other.example zoe@firm.example".to_owned();
        assert_eq!(find("", Page::default()), (all, 3));
        assert_eq!(find("FIRM owner", Page::new(2, 1)), ("zoe@firm.example".to_owned(), 2));
        assert_eq!(find("superadmin", Page::default()), ("zoe@firm.example".to_owned(), 1));
        assert_eq!(find("firm ben", Page::default()), (String::new(), 0));
    }

    async fn a_reset_lets_a_locked_out_owner_in_again(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        for _ in 0..6 {
            knock(&test, &anna.email, &wrong()).await;
        }
        let staff = test.operator();
        let hash = cheap_hash(&wrong(), &**test.random());
        staff.reset_password(ROOT, anna.id, &hash, SecondFactorThen::Kept).unwrap();
        assert_eq!(staff.account(anna.id).unwrap().locked_until, None);
        assert!(matches!(knock(&test, &anna.email, &anna.password).await, Answer::Wrong { .. }));
        assert!(matches!(knock(&test, &anna.email, &wrong()).await, Answer::In(_)));
    }

    async fn a_reset_keeps_the_second_factor_or_removes_it_with_its_codes(test: TestDatabase) {
        let anna = test.account("anna@firm.example", Role::Superadmin);
        with_app(&test, &anna);
        let staff = test.operator();
        let hash = cheap_hash(&anna.password, &**test.random());
        staff.reset_password(ROOT, anna.id, &hash, SecondFactorThen::Kept).unwrap();
        assert!(matches!(knock(&test, &anna.email, &anna.password).await, Answer::CodeDue(_)));
        staff.reset_password(ROOT, anna.id, &hash, SecondFactorThen::Removed).unwrap();
        come_in(&test, &anna).await;
        let detail = staff.account_detail(anna.id).unwrap();
        assert_eq!((detail.account.has_second_factor, detail.recovery_codes_left), (false, 0));
        let secrets = "SELECT count(*) FROM operator_users WHERE totp_secret IS NOT NULL";
        assert_eq!(test.raw().number(secrets), 0);
    }

    async fn somebody_who_can_manage_accounts_is_always_left(test: TestDatabase) {
        let staff = test.operator();
        assert!(!staff.has_superadmin().unwrap());
        let zoe = test.account("zoe@firm.example", Role::Superadmin);
        let anna = test.account("anna@firm.example", Role::Superadmin);
        test.account("ben@firm.example", Role::Admin);
        staff.disable_account(ROOT, anna.id).unwrap();
        // A disabled one does not count.
        for words in [
            conflict(staff.disable_account(ROOT, zoe.id)),
            conflict(staff.set_role(ROOT, zoe.id, Role::Admin)),
            conflict(staff.set_role(ROOT, zoe.id, Role::Operator)),
        ] {
            assert!(words.contains("zoe@firm.example is the last superadmin"), "{words}");
        }
        // What changes nothing is no danger, nor what happens to the others.
        staff.set_role(ROOT, zoe.id, Role::Superadmin).unwrap();
        staff.set_role(ROOT, anna.id, Role::Operator).unwrap();
        staff.set_role(ROOT, anna.id, Role::Superadmin).unwrap();
        staff.enable_account(ROOT, anna.id).unwrap();
        staff.disable_account(Authority::Account(test.asker(anna.id)), zoe.id).unwrap();
        assert!(staff.has_superadmin().unwrap());
        conflict(staff.disable_account(ROOT, anna.id));
    }

    async fn of_two_superadmins_who_disable_each_other_at_once_one_is_left(test: TestDatabase) {
        for round in 0..10 {
            let pair = [0, 1].map(|n| test.account(&format!("s{round}.{n}@firm.example"), Role::Superadmin));
            for account in test.operator().list_accounts().unwrap() {
                if account.active && pair.iter().all(|one| one.id != account.id) {
                    test.operator().disable_account(ROOT, account.id).unwrap();
                }
            }
            let acts: Vec<_> = [(0, 1), (1, 0)]
                .into_iter()
                .map(|(by, whom)| {
                    let staff = test.operator_of(test.another(), "racer");
                    let (by, whom) = (Authority::Account(test.asker(pair[by].id)), pair[whom].id);
                    tokio::task::spawn_blocking(move || staff.disable_account(by, whom).is_ok())
                })
                .collect();
            let mut done = 0;
            for act in acts {
                done += usize::from(act.await.unwrap());
            }
            assert_eq!(done, 1, "round {round}");
            assert!(test.operator().has_superadmin().unwrap());
        }
    }
}
