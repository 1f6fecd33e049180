//! `Cookie`, in which anybody's cookies of this host stand beside ours.

use actix_web::http::header::HeaderValue;

use crate::cookies::named;

const NAME: &str = "__Host-portal_session";
const TOKEN: &str = "c2Vzc2lvbg.cGF5bG9hZA.bWFj";

/// Whatever else a browser sends along, ours is found; and what is found was sent under its name.
pub fn cookies(bytes: &[u8]) {
    let lines = super::lines(bytes);
    for value in named(lines.iter(), NAME) {
        assert!(!value.contains(';') && value.trim_end() == value);
        let written = format!("{NAME}={value}");
        let was_sent =
            |line: &HeaderValue| String::from_utf8_lossy(line.as_bytes()).contains(&written);
        assert!(lines.iter().any(was_sent));
    }
    let ours = format!("{NAME}={TOKEN}");
    let own = HeaderValue::from_str(&ours).ok();
    let after: Vec<HeaderValue> = lines.iter().cloned().chain(own).collect();
    assert!(is_found(&after), "in a line of its own");
    let noise = lines.first().map(HeaderValue::as_bytes).unwrap_or_default();
    for line in [
        [noise, b"; ", ours.as_bytes()],
        [ours.as_bytes(), b"; ", noise],
    ] {
        let line = HeaderValue::from_bytes(&line.concat());
        assert!(
            line.is_ok_and(|line| is_found(&[line])),
            "beside a stranger's"
        );
    }
}

fn is_found(lines: &[HeaderValue]) -> bool {
    named(lines.iter(), NAME).any(|value| value == TOKEN)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_bytes_hide_our_cookie() {
        fuzzkit::bounded("cookies", super::cookies);
    }
}
