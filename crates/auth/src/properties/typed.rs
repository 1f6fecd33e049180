//! What people type at a sign-in.

use crate::{DisplayName, EmailAddress, Password, RecoveryCode, TotpCode, TotpSecret};

/// Whatever is typed into any field: what is taken is in one form, and read again it is the same.
pub fn typed(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    email(text);
    name(text);
    recovery_code(text);
    let typed: Vec<char> = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let is_code = typed.len() == 6 && typed.iter().all(char::is_ascii_digit);
    assert_eq!(TotpCode::parse(text).is_ok(), is_code);
    if let Ok(secret) = TotpSecret::parse(text) {
        assert_eq!(secret.to_base32(), text);
    }
    match Password::candidate(text.to_owned()) {
        Ok(password) => assert_eq!(password.reveal(), text, "not even trimmed"),
        Err(_too_long) => assert!(text.len() > Password::MAX_LENGTH),
    }
}

fn email(text: &str) {
    let Ok(email) = EmailAddress::parse(text) else {
        return;
    };
    assert_eq!(EmailAddress::parse(email.as_str()).as_ref(), Ok(&email));
    assert!(email.as_str().len() <= EmailAddress::MAX_LENGTH);
    let plain = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    assert!(
        email.as_str().bytes().all(plain),
        "it breaks out of no line"
    );
    let louder = EmailAddress::parse(&text.to_ascii_uppercase());
    assert_eq!(louder.map(|louder| louder.digest()), Ok(email.digest()));
}

fn name(text: &str) {
    let Ok(name) = DisplayName::parse(text) else {
        return;
    };
    assert_eq!(DisplayName::parse(name.as_str()).as_ref(), Ok(&name));
    let length = name.as_str().chars().count();
    assert!((1..=DisplayName::MAX_LENGTH).contains(&length));
    assert!(!name.as_str().chars().any(char::is_control));
}

fn recovery_code(text: &str) {
    let Ok(code) = RecoveryCode::parse(text) else {
        return;
    };
    let same = |other: &str| RecoveryCode::parse(other).map(|other| other.digest());
    assert_eq!(same(code.reveal()), Ok(code.digest()));
    assert_eq!(same(&text.to_ascii_uppercase()), Ok(code.digest()));
    assert_eq!(
        same(&format!(" {}-", code.reveal().replace('-', ""))),
        Ok(code.digest())
    );
    assert!(!format!("{code:?}").contains(code.reveal()));
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_typed_breaks_anything() {
        fuzzkit::bounded("typed", super::typed);
    }
}
