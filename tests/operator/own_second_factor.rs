//! The second factor, by its owner's hand.

use auth::{RecoveryCode, Role, TotpSecret};
use store_operator::SecondFactor;
use testkit::{House, on_both_engines};

use super::person::{Person, code_of};
use super::staff::{Staff, is_silent_of, says};

const OFFER: &str = "/profile/second-factor";
const CONFIRM: &str = "/profile/second-factor/confirm";

/// The key that the page shows for typing.
fn key(page: &str) -> String {
    held(page, "secret")
}

/// The recovery codes that the page shows.
fn codes(page: &str) -> Vec<String> {
    held(page, "codes").lines().map(str::to_owned).collect()
}

/// The text of a read-only field of several lines.
fn held(page: &str, field: &str) -> String {
    let start = format!("<textarea id=\"{field}\"");
    let (_, rest) = page.split_once(&start).expect("a field");
    let (_, rest) = rest.split_once('>').expect("a tag");
    let (shown, _) = rest.split_once("</textarea>").expect("an end");
    shown.to_owned()
}

fn recovery(code: &str) -> SecondFactor {
    SecondFactor::Recovery(RecoveryCode::parse(code).expect("a recovery code"))
}

/// Turns it on by the pages: the key and the recovery codes.
async fn turn_on(house: &House, staff: &Staff, person: &Person) -> (TotpSecret, Vec<String>) {
    let offer = staff.sends(OFFER, &[("password", &person.password)]).await;
    assert_eq!(offer.status, 200, "{}", offer.body);
    let secret = TotpSecret::parse(&key(&offer.body).replace(' ', "")).expect("a secret");
    let shown = secret.shown_in(TotpSecret::step(domain::Clock::now(&**house.clock())));
    let on = staff.sends(CONFIRM, &[("code", &shown)]).await;
    assert_eq!(on.status, 200, "{}", on.body);
    assert!(
        on.header("cache-control").contains("no-store"),
        "{:?}",
        on.headers
    );
    (secret, codes(&on.body))
}

on_both_engines! {
    async fn it_is_on_once_the_app_has_shown_that_it_works(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Superadmin);
        let staff = person.at(&house, &Staff::of(&house));
        says(&staff.opens("/profile/second-factor").await, &["authenticator app", "Show the QR code"]);
        let offer = staff.sends(OFFER, &[("password", &person.password)]).await;
        assert!(offer.header("cache-control").contains("no-store"), "{:?}", offer.headers);
        let secret = key(&offer.body);
        says(&offer.body, &["<svg class=\"qr\"", "fill=\"#ffffff\"", "autocomplete=\"one-time-code\""]);
        assert_eq!((secret.len(), secret.split(' ').count()), (39, 8));
        assert!(!house.data.operator().account(person.id).unwrap().has_second_factor);

        // What is no code, and a code of another time: the same key once more, and what was typed.
        for (code, words) in [("12345", "six digits"), ("000000", "not the code that the app shows")] {
            let said = staff.is_refused(CONFIRM, &[("code", code)], "code").await;
            assert!(said.contains(words), "{said}");
            assert_eq!(key(&staff.sends(CONFIRM, &[("code", code)]).await.body), secret);
        }
        // Another offer takes its place.
        let (again, codes) = turn_on(&house, &staff, &person).await;
        assert_ne!(again.to_base32(), secret.replace(' ', ""));
        assert_eq!(codes.len(), 10);
        let page = staff.opens("/profile").await;
        says(&page, &["10 of 10 recovery codes left", "Turn off"]);
        is_silent_of(&page, &["Please turn it on", &codes[0]]);
        // Nothing of it is to be had a second time.
        for path in ["/profile/second-factor"] {
            assert_eq!(staff.tries(path).await.header("location"), "/profile", "{path}");
        }
        let on = staff.sends(OFFER, &[("password", &person.password)]).await;
        assert_eq!(on.status, 422);
        says(&on.body, &["turn it off first"]);
        let late = staff.sends(CONFIRM, &[("code", "123456")]).await;
        assert_eq!(late.status, 422);
        is_silent_of(&late.body, &[&again.to_base32()[..4], "<svg class=\"qr\""]);
        house.clock().advance(std::time::Duration::from_secs(30));
        assert!(person.is_let_in_by(&house, &SecondFactor::Code(code_of(&house, &again))));
    }

    async fn it_is_offered_for_the_password_and_for_ten_minutes(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Superadmin);
        let staff = person.at(&house, &Staff::of(&house));
        says(&staff.opens(OFFER).await, &["autocomplete=\"current-password\""]);
        for wrong in ["", "a wrong one"] {
            let reply = staff.sends(OFFER, &[("password", wrong)]).await;
            assert_eq!(reply.status, 422);
            is_silent_of(&reply.body, &["<svg class=\"qr\"", "a wrong one"]);
            // Nothing is offered by it.
            is_silent_of(&staff.sends(CONFIRM, &[("code", "000000")]).await.body, &["<svg class=\"qr\""]);
        }
        let offer = staff.sends(OFFER, &[("password", &person.password)]).await;
        let secret = TotpSecret::parse(&key(&offer.body).replace(' ', "")).unwrap();
        house.clock().advance(std::time::Duration::from_mins(10));
        let code = secret.shown_in(TotpSecret::step(domain::Clock::now(&**house.clock())));
        for code in [code.as_str(), "000000"] {
            let late = staff.sends(CONFIRM, &[("code", code)]).await;
            assert_eq!(late.status, 422);
            says(&late.body, &["begin with a new QR code"]);
            is_silent_of(&late.body, &["<svg class=\"qr\"", &key(&offer.body)]);
        }
        assert!(!house.data.operator().account(person.id).unwrap().has_second_factor);
    }

    async fn recovery_codes_work_once_and_new_ones_void_them(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Operator);
        let staff = person.at(&house, &Staff::of(&house));
        assert_eq!(staff.tries("/profile/recovery-codes").await.header("location"), "/profile");
        let (_, old) = turn_on(&house, &staff, &person).await;
        for code in &old[..7] {
            assert!(person.is_let_in_by(&house, &recovery(code)));
        }
        assert!(!person.is_let_in_by(&house, &recovery(&old[0])));
        says(&staff.opens("/profile").await, &["3 of 10 recovery codes left", "before you need them"]);

        let path = "/profile/recovery-codes";
        says(&staff.opens(path).await, &["are void", "autocomplete=\"current-password\""]);
        let wrong = staff.sends(path, &[("password", "a wrong one")]).await;
        assert_eq!(wrong.status, 422);
        is_silent_of(&wrong.body, &["<textarea", "a wrong one"]);
        let page = staff.sends(path, &[("password", &person.password)]).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let new = codes(&page.body);
        assert!(new.len() == 10 && new.iter().all(|code| !old.contains(code)));
        says(&page.body, &["shown this once", "data-copy=\"codes\"", "data-save=\"codes\""]);
        assert!(!person.is_let_in_by(&house, &recovery(&old[9])));
        assert!(person.is_let_in_by(&house, &recovery(&new[9])));
    }

    async fn it_goes_off_by_the_password_alone(house: House) {
        let person = Person::with(&house, "ada@firm.example", Role::Operator);
        let staff = person.at(&house, &Staff::of(&house));
        let path = "/profile/second-factor/off";
        assert_eq!(staff.tries(path).await.header("location"), "/profile");
        let (secret, codes) = turn_on(&house, &staff, &person).await;
        says(&staff.opens(path).await, &["Turn it off", "void"]);
        for wrong in ["", "a wrong one", &codes[0]] {
            assert_eq!(staff.sends(path, &[("password", wrong)]).await.status, 422, "{wrong}");
        }
        assert!(house.data.operator().account(person.id).unwrap().has_second_factor);
        let onward = staff.does(path, &[("password", &person.password)]).await;
        says(&staff.opens(&onward).await, &["The second factor is off", "Turn on"]);
        let detail = house.data.operator().account_detail(person.id).unwrap();
        assert!(!detail.account.has_second_factor && detail.recovery_codes_left == 0);

        let log = staff.opens("/audit.csv").await;
        says(&log, &["operator.second-factor-on", "operator.second-factor-off"]);
        is_silent_of(&log, &[&secret.to_base32(), &person.password]);
        for code in &codes {
            is_silent_of(&log, &[code.as_str(), &code[..5]]);
        }
    }
}
