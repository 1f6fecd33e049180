//! The cookies that a request brings.

use actix_web::HttpRequest;
use actix_web::http::header::{COOKIE, HeaderValue};

/// The values of every cookie of this name, in the order sent. A browser may send several (another
/// path, a stranger's subdomain), and beside them whatever else is kept for this host.
pub fn values<'a>(request: &'a HttpRequest, name: &'a str) -> impl Iterator<Item = &'a str> {
    named(request.headers().get_all(COOKIE), name)
}

/// The same of the header's lines. They are bytes: what another app of this host keeps in a cookie
/// need not be text, and must not take ours with it.
pub(crate) fn named<'a>(
    lines: impl Iterator<Item = &'a HeaderValue>,
    name: &'a str,
) -> impl Iterator<Item = &'a str> {
    lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|pair| std::str::from_utf8(pair).ok())
        .filter_map(move |pair| pair.trim_start().strip_prefix(name)?.strip_prefix('='))
        .map(str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn ours_is_found_whatever_stands_beside_it() {
        let lines: [&[u8]; 2] = [
            b"name=J\xf6rg; ours=1 ;ours=2",
            b"ours; x_ours=3; ours=\xff",
        ];
        let request = lines.into_iter().fold(TestRequest::get(), |request, line| {
            request.append_header((COOKIE, HeaderValue::from_bytes(line).unwrap()))
        });
        let request = request.to_http_request();
        let found: Vec<&str> = values(&request, "ours").collect();
        assert_eq!(found, ["1", "2"]);
    }
}
