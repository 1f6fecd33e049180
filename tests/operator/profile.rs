//! One's own account: who one is, and where one is signed in.

use auth::Role;
use testkit::{House, on_both_engines};

use super::person::Person;
use super::staff::{Staff, is_silent_of, says};

/// Where one keeps one's own account.
const PATHS: [&str; 8] = [
    "/profile",
    "/profile/name",
    "/profile/password",
    "/profile/second-factor",
    "/profile/second-factor/confirm",
    "/profile/second-factor/off",
    "/profile/recovery-codes",
    "/profile/sign-out-everywhere",
];

on_both_engines! {
    async fn in_the_open_whoever_has_an_account_signs_in_first(house: House) {
        let staff = Staff::of(&house);
        let page = staff.tries("/profile").await;
        assert_eq!(page.status, 403);
        says(&page.body, &["portal-admin operator create", "--role superadmin", "href=\"/login\""]);
        Person::with(&house, "root@firm.example", Role::Superadmin);
        for path in PATHS {
            let page = match path {
                "/profile/second-factor/confirm" => staff.sends(path, &[]).await,
                _ => staff.tries(path).await,
            };
            assert_eq!(page.status, 403, "{path}");
            says(&page.body, &["Sign in with your account first", "href=\"/login\""]);
            is_silent_of(&page.body, &["portal-admin", "root@firm.example"]);
        }
        for path in PATHS.into_iter().filter(|path| *path != "/profile") {
            let page = staff.sends(path, &[("name", "x"), ("password", "x"), ("code", "123456")]).await;
            assert_eq!(page.status, 403, "{path}");
        }
    }

    async fn who_one_is(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Operator);
        let staff = person.at(&house, &Staff::of(&house));
        let page = staff.opens("/profile").await;
        says(&page, &[
            "Who is ada@firm.example",
            "<b>operator</b>",
            "sees everything, acknowledges events, sets alert rules",
            "Last sign-in",
            "Your password alone signs you in.",
        ]);
        is_silent_of(&page, &["All accounts", "Please turn it on", "none yet"]);
        let root = Person::with(&house, "root@firm.example", Role::Superadmin);
        let page = root.at(&house, &staff).opens("/profile").await;
        says(&page, &["All accounts", "Please turn it on"]);
    }

    async fn ones_name_is_ones_own_to_change(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Operator);
        let staff = person.at(&house, &Staff::of(&house));
        says(&staff.opens("/profile/name").await, &["value=\"Who is ada@firm.example\""]);
        let said = staff.is_refused("/profile/name", &[("name", "x\u{1}y")], "name").await;
        assert!(said.contains("one line"), "{said}");
        let onward = staff.does("/profile/name", &[("name", "Ada <Lovelace>")]).await;
        says(&staff.opens(&onward).await, &["Ada &lt;Lovelace&gt;", "Your name is changed."]);
        let record = house.data.operator().account(person.id).unwrap();
        assert_eq!(record.display_name.as_str(), "Ada <Lovelace>");
        says(&staff.opens("/audit").await, &["ada@firm.example", "operator.edit"]);
    }

    async fn signing_out_everywhere_spares_the_session_that_asks(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Operator);
        let app = Staff::of(&house);
        let (here, elsewhere) = (person.at(&house, &app), person.at(&house, &app));
        let path = "/profile/sign-out-everywhere";
        says(&here.opens(path).await, &["Here you stay signed in"]);
        says(&elsewhere.opens("/profile").await, &["ada@firm.example"]);
        let onward = here.does(path, &[]).await;
        says(&here.opens(&onward).await, &["Every other session of yours has ended"]);
        assert_eq!(elsewhere.tries("/profile").await.status, 403);
        // It ends when it would have ended: a week after the sign-in, however often it goes on.
        for _ in 0..7 * 24 / 11 {
            house.clock().advance(std::time::Duration::from_hours(11));
            here.does(path, &[]).await;
        }
        house.clock().advance(std::time::Duration::from_hours(11));
        assert_eq!(here.tries("/profile").await.status, 403);
    }
}
