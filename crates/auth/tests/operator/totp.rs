//! Codes of authenticator apps.

use auth::{EmailAddress, TotpCode, TotpSecret};
use domain::Timestamp;
use proptest::prelude::*;
use testkit::SeededRandom;

/// The secret of RFC 6238, appendix B: `12345678901234567890`.
const RFC_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn secret() -> TotpSecret {
    TotpSecret::parse(RFC_SECRET).unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn code(text: &str) -> TotpCode {
    TotpCode::parse(text).unwrap()
}

/// RFC 6238, appendix B, SHA-1; of its eight digits an app shows the last six.
#[test]
fn the_vectors_of_the_rfc_hold() {
    for (second, (_first, shown)) in [
        (59, ("94", "287082")),
        (1_111_111_109, ("07", "081804")),
        (1_111_111_111, ("14", "050471")),
        (1_234_567_890, ("89", "005924")),
        (2_000_000_000, ("69", "279037")),
        (20_000_000_000, ("65", "353130")),
    ] {
        let step = TotpSecret::step(at(second));
        assert_eq!(secret().shown_in(step), shown, "{second}");
        let accepted = secret().accept(code(shown), at(second), None);
        assert_eq!(accepted, Some(step), "{second}");
    }
}

#[test]
fn a_code_is_taken_one_step_early_and_late_and_no_more() {
    let now = at(1_795_233_600);
    let step = TotpSecret::step(now);
    for (off, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
        let shown = code(&secret().shown_in(step + off));
        let accepted = secret().accept(shown, now, None);
        assert_eq!(accepted, taken.then_some(step + off), "{off}");
    }
}

#[test]
fn a_used_code_is_used_up_with_all_before_it() {
    let now = at(1_795_233_600);
    let step = TotpSecret::step(now);
    for (off, used, taken) in [
        (0, step - 1, true),
        (0, step, false),
        (0, step + 1, false),
        (-1, step - 1, false),
        (-1, step, false),
        (1, step, true),
    ] {
        let shown = code(&secret().shown_in(step + off));
        assert_eq!(
            secret().accept(shown, now, Some(used)).is_some(),
            taken,
            "{off} {used}"
        );
    }
}

#[test]
fn a_code_is_six_digits() {
    assert_eq!(code(" 12 34\u{a0}56 "), code("123456"));
    for text in [
        "",
        "12345",
        "1234567",
        "12345a",
        "-12345",
        "+12345",
        "１２３４５６",
        "12345.6",
    ] {
        assert!(TotpCode::parse(text).is_err(), "{text}");
    }
}

#[test]
fn the_address_is_what_apps_read() {
    let email = EmailAddress::parse("anna+tv@company.example").unwrap();
    assert_eq!(
        secret().uri("Terra-View & Söhne", &email),
        "otpauth://totp/Terra-View%20%26%20S%C3%B6hne:anna%2Btv%40company.example\
         ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Terra-View%20%26%20S%C3%B6hne\
         &algorithm=SHA1&digits=6&period=30"
    );
}

#[test]
fn a_secret_is_read_as_it_was_written_and_is_not_shown() {
    let secret = TotpSecret::generate(&SeededRandom::new(3)).unwrap();
    let text = secret.to_base32();
    assert_eq!(TotpSecret::parse(&text).unwrap().to_base32(), text);
    assert_eq!(text.len(), 32);
    assert_eq!(format!("{secret:?}"), "TotpSecret(…)");
    assert_eq!(format!("{:?}", code("123456")), "TotpCode(…)");
    for other in [
        "",
        "GEZDGNBV",
        &text.to_lowercase(),
        &format!("{text}===="),
        &"1".repeat(32),
    ] {
        assert!(TotpSecret::parse(other).is_err(), "{other}");
    }
}

proptest! {
    #[test]
    fn a_code_is_taken_once(seed in any::<u64>(), second in 0..4_000_000_000_i64, off in -1..=1_i64) {
        let secret = TotpSecret::generate(&SeededRandom::new(seed)).unwrap();
        let now = at(second);
        let shown = code(&secret.shown_in(TotpSecret::step(now) + off));
        let used = secret.accept(shown, now, None);
        prop_assert!(used.is_some());
        prop_assert_eq!(secret.accept(shown, now, used), None);
    }

    #[test]
    fn noise_is_no_code(text in "\\PC{0,12}") {
        let digits = text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert_eq!(TotpCode::parse(&text).is_ok(), is_code);
    }
}
