//! Roles, addresses, names and passwords as they are typed.

use auth::{DisplayName, EmailAddress, NameError, Password, PasswordRefused, Role};
use proptest::prelude::*;

#[test]
fn the_ladder_is_one_comparison() {
    assert!(Role::Superadmin > Role::Admin && Role::Admin > Role::Operator);
    for role in Role::ALL {
        assert_eq!(role.as_str().parse(), Ok(role));
        assert_eq!(role.to_string(), role.as_str());
    }
    for other in ["", "Admin", "root", " admin"] {
        let words = other.parse::<Role>().unwrap_err().to_string();
        assert!(
            words.ends_with("is not one of: superadmin, admin, operator"),
            "{words}"
        );
    }
}

#[test]
fn an_address_has_one_spelling() {
    let address = EmailAddress::parse("  Anna.Lind+tv@Company.Example ").unwrap();
    assert_eq!(address.as_str(), "anna.lind+tv@company.example");
    assert_eq!(address.as_str().parse(), Ok(address.clone()));
    assert_eq!(address.to_string(), address.as_str());
}

#[test]
fn what_is_written_as_no_address_is_refused() {
    let long = format!("{}@company.example", "a".repeat(240));
    for text in [
        "",
        "anna",
        "@company.example",
        "anna@",
        "anna@company",
        "anna@company.",
        "anna@.example",
        "anna@company..example",
        "anna@one@company.example",
        "anna lind@company.example",
        "änna@company.example",
        "<anna@company.example>",
        "anna@company.example\r\nBcc: x@y.example",
        "a,b@company.example",
        &long,
    ] {
        assert!(EmailAddress::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn a_name_is_one_line() {
    assert_eq!(
        DisplayName::parse(" Anna Lind ").unwrap().as_str(),
        "Anna Lind"
    );
    assert_eq!(DisplayName::parse(" \t "), Err(NameError::Empty));
    assert_eq!(DisplayName::parse("a\nb"), Err(NameError::Unprintable));
    assert!(DisplayName::parse(&"ä".repeat(80)).is_ok());
    assert_eq!(DisplayName::parse(&"a".repeat(81)), Err(NameError::TooLong));
}

#[test]
fn a_chosen_password_is_long_and_not_the_address() {
    let email = EmailAddress::parse("anna.lind@company.example").unwrap();
    let chosen = |text: &str| Password::chosen(text.to_owned(), &email);
    for taken in [
        "twelve chars",
        "äääääääääääää",
        "aaaaaaaaaaaaa",
        &"x".repeat(1024),
    ] {
        assert_eq!(chosen(taken).unwrap().reveal(), taken);
    }
    for (text, why) in [
        ("eleven char", PasswordRefused::TooShort),
        ("", PasswordRefused::TooShort),
        ("anna.lind@company.example", PasswordRefused::IsEmail),
        (" Anna.Lind@Company.Example", PasswordRefused::IsEmail),
        (&"x".repeat(1025), PasswordRefused::TooLong),
    ] {
        assert_eq!(chosen(text).unwrap_err(), why, "{text:?}");
    }
}

proptest! {
    #[test]
    fn an_address_is_read_again_as_itself(text in "\\PC{0,40}@?\\PC{0,20}\\.?[a-z]{0,5}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
            prop_assert!(address.as_str().is_ascii());
            prop_assert!(!address.as_str().bytes().any(|byte| byte.is_ascii_uppercase()));
        }
    }
}
