//! The rules of an app that staff reach by whatever name or address their network has for it.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::Uri;
use actix_web::http::header::{HOST, HeaderValue, ORIGIN};
use actix_web::http::uri::Authority;

use crate::WebError;

/// Endings of names that no stranger can own.
const PRIVATE: [&str; 6] = [
    ".local",
    ".lan",
    ".internal",
    ".home.arpa",
    ".intranet",
    ".corp",
];

/// Refuses a request whose `Host` could be a stranger's name that was made to point here (DNS
/// rebinding): their page would then be one of ours. An address, `localhost`, a name without a dot
/// and names of private networks are nobody else's.
///
/// # Errors
/// [`WebError::CrossSite`].
pub fn require_private_host(request: &HttpRequest) -> Result<(), WebError> {
    let host = authority(request).ok_or(WebError::CrossSite)?;
    if is_private(host.host()) {
        Ok(())
    } else {
        Err(WebError::CrossSite)
    }
}

/// Refuses a request that changes something unless a page of this same host asked for it. Over
/// plain HTTP browsers leave `Sec-Fetch-Site` out, so there `Origin` has to name the `Host`.
///
/// # Errors
/// [`WebError::CrossSite`].
pub fn require_same_host(request: &HttpRequest) -> Result<(), WebError> {
    let own = match request.headers().get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => origin_is_host(request),
    };
    if own {
        Ok(())
    } else {
        Err(WebError::CrossSite)
    }
}

/// Refuses a WebSocket handshake that a page of another host asked for.
///
/// # Errors
/// [`WebError::CrossSite`].
pub fn require_host_origin(request: &HttpRequest) -> Result<(), WebError> {
    if origin_is_host(request) {
        Ok(())
    } else {
        Err(WebError::CrossSite)
    }
}

fn origin_is_host(request: &HttpRequest) -> bool {
    let origin = request.headers().get(ORIGIN).map(HeaderValue::as_bytes);
    let origin = origin.and_then(|text| Uri::try_from(text).ok());
    let asked_by = origin.as_ref().and_then(Uri::authority);
    asked_by.is_some() && asked_by == authority(request).as_ref()
}

fn authority(request: &HttpRequest) -> Option<Authority> {
    let host = request.headers().get(HOST)?;
    let authority = Authority::try_from(host.as_bytes()).ok()?;
    (!authority.as_str().contains('@')).then_some(authority)
}

fn is_private(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().is_ok()
        || (!host.is_empty() && !host.contains('.'))
        || PRIVATE.iter().any(|ending| host.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn request(headers: &[(&str, &str)]) -> HttpRequest {
        let request = TestRequest::post();
        let request = headers
            .iter()
            .fold(request, |request, header| request.insert_header(*header));
        request.to_http_request()
    }

    #[test]
    fn only_names_that_no_stranger_owns_lead_here() {
        for (host, private) in [
            ("127.0.0.1:8001", true),
            ("192.168.1.5:8001", true),
            ("[::1]:8001", true),
            ("localhost:8001", true),
            ("noise-server", true),
            ("Noise.LAN:8001", true),
            ("operator.internal", true),
            ("evil.example.com", false),
            ("127.0.0.1.evil.example", false),
            ("local.evil.example:8001", false),
            ("a@b", false),
            ("", false),
        ] {
            let told = require_private_host(&request(&[("host", host)]));
            assert_eq!(told.is_ok(), private, "{host}");
        }
    }

    #[test]
    fn only_pages_of_the_same_host_may_change_something() {
        const HOST: (&str, &str) = ("host", "192.168.1.5:8001");
        let table: &[(&[(&str, &str)], bool)] = &[
            (&[("sec-fetch-site", "same-origin")], true),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "http://192.168.1.5:8001"),
                ],
                false,
            ),
            (&[("sec-fetch-site", "none")], false),
            (&[("origin", "http://192.168.1.5:8001")], true),
            (&[("origin", "http://192.168.1.5:8002")], false),
            (&[("origin", "http://192.168.1.5")], false),
            (&[("origin", "http://evil.example")], false),
            (&[("origin", "null")], false),
            (&[], false),
        ];
        for (headers, allowed) in table {
            let all: Vec<_> = headers.iter().copied().chain([HOST]).collect();
            let told = require_same_host(&request(&all));
            assert_eq!(told.is_ok(), *allowed, "{headers:?}");
        }
    }
}
