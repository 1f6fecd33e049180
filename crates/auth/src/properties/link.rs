//! The unguessable part of a link, as an address brings it.

use crate::LinkToken;

/// What a stranger puts into a link: a token has one spelling, and shows itself nowhere.
pub fn link_token(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(token) = LinkToken::parse(text) else {
        return;
    };
    assert_eq!(token.as_str(), text);
    assert_eq!(text.len(), LinkToken::LENGTH);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    assert!(text.bytes().all(is_plain), "it stands in a path as it is");
    assert!(!format!("{token:?} {:?}", token.fingerprint()).contains(text));
    let swapped = text.replacen(char::is_alphanumeric, "-", 1);
    if let Ok(other) = LinkToken::parse(&swapped) {
        let same = other.fingerprint() == token.fingerprint();
        assert_eq!(same, swapped == text, "two links, two fingerprints");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_bytes_break_a_link_token() {
        fuzzkit::bounded("link_token", super::link_token);
    }
}
