//! Everybody's accounts, kept by superadmins.

use std::time::Duration;

use auth::Role;
use store_operator::SignInStart;
use testkit::{House, on_both_engines};

use super::person::Person;
use super::staff::{Staff, is_silent_of, says};

/// The value of the read-only field that shows a password.
fn shown(page: &str) -> String {
    let start = "<input id=\"password\" type=\"text\" readonly value=\"";
    let (_, rest) = page
        .split_once(start)
        .unwrap_or_else(|| panic!("none shown: {page}"));
    rest.split('"').next().expect("a value").to_owned()
}

/// A superadmin at work, and the id of somebody else.
fn desk(house: &House) -> (Person, Staff, Person) {
    let root = Person::with(house, "root@firm.example", Role::Superadmin);
    let staff = root.at(house, &Staff::of(house));
    let ada = Person::with(house, "ada@firm.example", Role::Operator);
    (root, staff, ada)
}

fn of(person: &Person, part: &str) -> String {
    format!("/accounts/{}{part}", person.id)
}

on_both_engines! {
    async fn only_superadmins_manage_accounts(house: House) {
        let (_, root, ada) = desk(&house);
        let nobody = Staff::of(&house);
        let operator = ada.at(&house, &root);
        let admin = Person::with(&house, "bob@firm.example", Role::Admin).at(&house, &root);
        let reads = ["/accounts".into(), "/accounts/new".into(), of(&ada, "")];
        let both = ["/name", "/role", "/password", "/sign-out", "/disable"].map(|part| of(&ada, part));
        let posts = ["/enable", "/let-in"].map(|part| of(&ada, part));
        for (who, words) in [(&nobody, "Sign in with your account first"), (&operator, "Only a superadmin"), (&admin, "Only a superadmin")] {
            for path in reads.iter().chain(&both) {
                let page = who.tries(path).await;
                assert_eq!(page.status, 403, "{path}");
                says(&page.body, &[words]);
                is_silent_of(&page.body, &["root@firm.example"]);
            }
            let fields = [("name", "x"), ("role", "superadmin"), ("email", "x@y.example")];
            for path in both.iter().chain(&posts).chain(&reads[1..2]) {
                assert_eq!(who.sends(path, &fields).await.status, 403, "{path}");
            }
        }
        let accounts = house.data.operator().list_accounts().unwrap();
        assert_eq!(accounts.len(), 3);
        assert_eq!(house.data.operator().account(ada.id).unwrap().role, Role::Operator);
    }

    async fn a_new_account_has_a_password_that_is_shown_once(house: House) {
        let (_, root, _) = desk(&house);
        let path = "/accounts/new";
        says(&root.opens(path).await, &["shown once", "<option value=\"operator\" selected>"]);
        let fields = [("email", " Bob@Firm.example "), ("name", "Bob"), ("role", "admin")];
        let made = root.sends(path, &fields).await;
        assert_eq!((made.status, made.header("location")), (200, ""), "{}", made.body);
        assert!(made.header("cache-control").contains("no-store"), "{:?}", made.headers);
        says(&made.body, &["shown this once", "bob@firm.example", "data-copy=\"password\" hidden"]);
        let id = house.data.operator().account_named("bob@firm.example").unwrap();
        let bob = Person { id, email: "bob@firm.example".into(), password: shown(&made.body) };
        let account = root.opens(&of(&bob, "")).await;
        says(&account, &["Bob", "<b>admin</b>", "none yet"]);
        let log = root.opens("/audit.csv").await;
        says(&log, &["operator.create", "root@firm.example"]);
        for page in [account, log, root.opens("/accounts").await] {
            is_silent_of(&page, &[&bob.password]);
        }
        // It is his.
        let staff = bob.at(&house, &root);
        let new = "his own from now on";
        let fields = [("password", bob.password.as_str()), ("new", new), ("again", new)];
        staff.does("/profile/password", &fields).await;
    }

    async fn bad_input_is_told_at_its_field_and_nothing_is_made(house: House) {
        let (_, root, ada) = desk(&house);
        let path = "/accounts/new";
        for (email, name, role, at) in [
            ("nobody", "Bob", "admin", "email"),
            ("ADA@firm.example", "Bob", "admin", "email"),
            ("bob@firm.example", "", "admin", "name"),
            ("bob@firm.example", "Bob", "owner", "role"),
        ] {
            let reply = root.sends(path, &[("email", email), ("name", name), ("role", role)]).await;
            assert_eq!(reply.status, 422, "{}", reply.body);
            says(&reply.body, &[&format!("id=\"{at}-problem\""), email, name]);
            is_silent_of(&reply.body, &["shown this once"]);
        }
        assert_eq!(house.data.operator().list_accounts().unwrap().len(), 2);
        root.is_refused(&of(&ada, "/name"), &[("name", "x\u{1}y")], "name").await;
        assert_eq!(root.sends(&of(&ada, "/role"), &[("role", "owner")]).await.status, 422);
        assert_eq!(root.sends(&of(&ada, "/password"), &[("second_factor", "x")]).await.status, 422);
        for path in ["/accounts/1", "/accounts/0192d3f4-7a10-7c3e-9b1a-2f6a5c9d8e01/role"] {
            assert_eq!(root.tries(path).await.status, 404, "{path}");
        }
        assert_eq!(root.sends("/accounts/1/disable", &[]).await.status, 404);
        assert_eq!(root.tries(&of(&ada, "/enable")).await.status, 405);
    }

    async fn the_list_filters(house: House) {
        let (_, root, ada) = desk(&house);
        Person::with(&house, "bob@firm.example", Role::Admin);
        root.does(&of(&ada, "/disable"), &[]).await;
        for (query, found, not) in [
            ("", vec!["root@", "bob@"], vec!["ada@"]),
            ("show=all", vec!["root@", "bob@", "ada@", "disabled"], vec![]),
            ("show=disabled", vec!["ada@"], vec!["bob@"]),
            ("role=admin", vec!["bob@"], vec!["ada@"]),
            ("search=BOB+who", vec!["bob@"], vec!["ada@"]),
            ("search=nobody", vec!["No account is found"], vec!["ada@", "bob@"]),
            ("role=x&show=y&page=z", vec!["bob@"], vec!["ada@"]),
        ] {
            let page = root.opens(&format!("/accounts?{query}")).await;
            let (_, list) = page.split_once("<section").expect("a list");
            says(list, &found);
            is_silent_of(list, &not);
        }
    }

    async fn name_and_role_are_said_anew(house: House) {
        let (_, root, ada) = desk(&house);
        let theirs = ada.at(&house, &root);
        assert_eq!(root.does(&of(&ada, "/name"), &[("name", "Ada L")]).await, of(&ada, ""));
        assert_eq!(theirs.tries("/profile").await.status, 200);
        says(&root.opens(&of(&ada, "/role")).await, &["signed out everywhere", "<option value=\"operator\" selected>"]);
        // The role they have already ends nothing.
        root.does(&of(&ada, "/role"), &[("role", "operator")]).await;
        assert_eq!(theirs.tries("/profile").await.status, 200);
        assert_eq!(root.does(&of(&ada, "/role"), &[("role", "admin")]).await, of(&ada, ""));
        assert_eq!(theirs.tries("/profile").await.status, 403);
        says(&root.opens(&of(&ada, "")).await, &["Ada L", "<b>admin</b>"]);
        let log = root.opens(&format!("/audit?kind=operator&subject={}", ada.id)).await;
        says(&log, &["operator.role", "operator.edit", &of(&ada, "")]);
    }

    async fn disabled_and_signed_out_they_are_out_at_once(house: House) {
        let (_, root, ada) = desk(&house);
        let theirs = ada.at(&house, &root);
        for act in ["/disable", "/sign-out"] {
            says(&root.opens(&of(&ada, act)).await, &["at once", &format!("action=\"{}\"", of(&ada, act))]);
        }
        assert_eq!(theirs.tries("/profile").await.status, 200);
        assert_eq!(root.does(&of(&ada, "/sign-out"), &[]).await, of(&ada, ""));
        assert_eq!(theirs.tries("/profile").await.status, 403);
        let theirs = ada.at(&house, &root);
        assert_eq!(root.does(&of(&ada, "/disable"), &[]).await, of(&ada, ""));
        assert_eq!(theirs.tries("/profile").await.status, 403);
        says(&root.opens(&of(&ada, "")).await, &["Nobody can sign in with it", "Enable"]);
        root.does(&of(&ada, "/enable"), &[]).await;
        assert_eq!(ada.at(&house, &root).tries("/profile").await.status, 200);
    }

    async fn a_lost_password_and_a_lost_phone(house: House) {
        let (_, root, ada) = desk(&house);
        let path = of(&ada, "/password");
        is_silent_of(&root.opens(&path).await, &["Second factor"]);
        let theirs = ada.at(&house, &root);
        ada.turns_second_factor_on(&house);
        says(&root.opens(&path).await, &["shown once", "off: the phone is lost too"]);
        let kept = root.sends(&path, &[("second_factor", "kept")]).await;
        assert_eq!(kept.status, 200, "{}", kept.body);
        let first = shown(&kept.body);
        assert_eq!(theirs.tries("/profile").await.status, 403);
        assert!(house.data.operator().account(ada.id).unwrap().has_second_factor);
        let removed = root.sends(&path, &[("second_factor", "removed")]).await;
        let second = shown(&removed.body);
        assert_ne!(first, second);
        assert!(!house.data.operator().account(ada.id).unwrap().has_second_factor);
        let theirs = ada.at(&house, &root);
        let new = "my own from now on";
        for (old, status) in [(&ada.password, 422), (&first, 422), (&second, 303)] {
            let fields = [("password", old.as_str()), ("new", new), ("again", new)];
            assert_eq!(theirs.sends("/profile/password", &fields).await.status, status);
        }
        is_silent_of(&root.opens("/audit.csv").await, &[&first, &second, new]);
    }

    async fn the_last_superadmin_stays(house: House) {
        let (root, staff, ada) = desk(&house);
        for (act, fields) in [("/role", vec![("role", "admin")]), ("/disable", vec![])] {
            assert_eq!(staff.tries(&of(&root, act)).await.header("location"), of(&root, ""));
            let reply = staff.sends(&of(&root, act), &fields).await;
            assert_eq!(reply.status, 422, "{}", reply.body);
            says(&reply.body, &["this is your own account: another superadmin does that"]);
        }
        staff.does(&of(&ada, "/role"), &[("role", "superadmin")]).await;
        ada.at(&house, &staff).does(&of(&root, "/disable"), &[]).await;
        assert_eq!(staff.tries("/accounts").await.status, 403);
        assert_eq!(ada.at(&house, &staff).tries("/accounts").await.status, 200);
    }

    /// Else whoever finds a superadmin's open session would have the account for good.
    async fn ones_own_password_is_not_to_be_had_without_it(house: House) {
        let (root, staff, ada) = desk(&house);
        root.turns_second_factor_on(&house);
        for reply in [
            staff.tries(&of(&root, "/password")).await,
            staff.sends(&of(&root, "/password"), &[("second_factor", "removed")]).await,
        ] {
            assert_eq!((reply.status, reply.header("location")), (303, "/profile/password"));
            is_silent_of(&reply.body, &["shown this once"]);
        }
        assert!(house.data.operator().account(root.id).unwrap().has_second_factor);
        let own = staff.opens(&of(&root, "")).await;
        says(&own, &["href=\"/profile/password\"", "Change name", "Sign out everywhere"]);
        let [role, password, disable] = ["/role", "/password", "/disable"].map(|part| of(&root, part));
        is_silent_of(&own, &[&role, &password, &disable]);
        let [role, password, disable] = ["/role", "/password", "/disable"].map(|part| of(&ada, part));
        says(&staff.opens(&of(&ada, "")).await, &[&role, &password, &disable]);
        says(&staff.opens(&of(&root, "/sign-out")).await, &["your own account: you are signed out, too"]);
    }

    async fn who_is_locked_out_is_let_in_again(house: House) {
        let (_, root, ada) = desk(&house);
        is_silent_of(&root.opens(&of(&ada, "")).await, &["Let in again"]);
        let operator = house.data.operator();
        for _ in 0..5 {
            assert!(matches!(ada.knock(&operator), SignInStart::Check(_)), "locked too early");
        }
        assert!(matches!(ada.knock(&operator), SignInStart::Locked { .. }));
        says(&root.opens(&of(&ada, "")).await, &["locked until", "Let in again"]);
        says(&root.opens("/accounts").await, &["locked"]);
        assert_eq!(root.does(&of(&ada, "/let-in"), &[]).await, of(&ada, ""));
        is_silent_of(&root.opens(&of(&ada, "")).await, &["Let in again"]);
        assert_eq!(ada.at(&house, &root).tries("/profile").await.status, 200);
        says(&root.opens("/audit").await, &["operator.end-lockout"]);
        // The next lock is a first one.
        for _ in 0..5 {
            ada.knock(&operator);
        }
        house.clock().advance(Duration::from_mins(15));
        assert!(matches!(ada.knock(&operator), SignInStart::Check(_)));
    }
}
