//! Where the portal is said to live, and whether a request that changes something came from there.

use std::net::SocketAddr;
use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::http::Uri;
use actix_web::http::header::{HeaderName, HeaderValue, ORIGIN};
use actix_web::http::uri::PathAndQuery;

use crate::WebError;

/// The public URL of an app: scheme and authority, without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicOrigin(String);

/// The text is no public URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a public URL is http:// or https:// with a host and no path, such as https://portal.example.com"
)]
pub struct PublicOriginError;

impl FromStr for PublicOrigin {
    type Err = PublicOriginError;

    fn from_str(text: &str) -> Result<Self, PublicOriginError> {
        let uri: Uri = text.parse().map_err(|_not_a_url| PublicOriginError)?;
        let scheme = uri
            .scheme_str()
            .filter(|scheme| matches!(*scheme, "http" | "https"));
        let authority = uri
            .authority()
            .filter(|authority| !authority.as_str().contains('@'));
        match (
            scheme,
            authority,
            uri.path_and_query().map(PathAndQuery::as_str),
        ) {
            (Some(scheme), Some(authority), None | Some("/")) => {
                Ok(Self(without_default_port(scheme, authority.as_str())))
            }
            _ => Err(PublicOriginError),
        }
    }
}

/// Browsers leave the scheme's own port out of an `Origin`.
fn without_default_port(scheme: &str, authority: &str) -> String {
    let port = if scheme == "https" { ":443" } else { ":80" };
    let host = authority.strip_suffix(port).unwrap_or(authority);
    format!("{scheme}://{}", host.to_ascii_lowercase())
}

impl PublicOrigin {
    /// The origin as a browser writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The origin that was given, or plain HTTP at the address listened on.
    ///
    /// # Errors
    /// [`PublicOriginError`] for an address that is none.
    pub fn given_or_at(given: Option<Self>, listen: SocketAddr) -> Result<Self, PublicOriginError> {
        given.map_or_else(|| format!("http://{listen}").parse(), Ok)
    }

    /// Whether visitors come by TLS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Refuses a request that changes something unless it came from a page of this origin:
    /// `Sec-Fetch-Site: same-origin`, or, where the browser does not say, our own `Origin`.
    /// (Under `no-referrer` a form's own `Origin` is `null`, which the first rule lets in.)
    ///
    /// # Errors
    /// [`WebError::CrossSite`].
    pub fn require_same_origin(&self, request: &HttpRequest) -> Result<(), WebError> {
        const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
        let header = |name| request.headers().get(name).map(HeaderValue::as_bytes);
        let own = match header(SEC_FETCH_SITE) {
            Some(site) => site == b"same-origin",
            None => header(ORIGIN).is_some_and(|origin| origin == self.0.as_bytes()),
        };
        if own {
            Ok(())
        } else {
            Err(WebError::CrossSite)
        }
    }

    /// Refuses a WebSocket handshake that a page of another origin asked for. Browsers always say
    /// who asks, and send cookies along whoever does.
    ///
    /// # Errors
    /// [`WebError::CrossSite`].
    pub fn require_own_origin(&self, request: &HttpRequest) -> Result<(), WebError> {
        let origin = request.headers().get(ORIGIN).map(HeaderValue::as_bytes);
        if origin == Some(self.0.as_bytes()) {
            Ok(())
        } else {
            Err(WebError::CrossSite)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn a_public_url_is_an_origin() {
        let origin = |text: &str| text.parse::<PublicOrigin>().map(|origin| origin.0);
        assert_eq!(
            origin("https://Portal.Example.com/").unwrap(),
            "https://portal.example.com"
        );
        assert_eq!(
            origin("https://portal.example.com:443").unwrap(),
            "https://portal.example.com"
        );
        assert_eq!(
            origin("http://127.0.0.1:8000").unwrap(),
            "http://127.0.0.1:8000"
        );
        for bad in [
            "",
            "portal.example.com",
            "ftp://x",
            "https://x/portal",
            "https://u:p@x",
            "https://x?y",
            "https://",
        ] {
            assert_eq!(origin(bad), Err(PublicOriginError), "{bad}");
        }
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        let portal: PublicOrigin = "https://portal.example.com".parse().unwrap();
        let table: &[(&[(&str, &str)], bool)] = &[
            (&[("sec-fetch-site", "same-origin")], true),
            (
                &[("sec-fetch-site", "same-origin"), ("origin", "null")],
                true,
            ),
            (
                &[("sec-fetch-site", "cross-site"), ("origin", "null")],
                false,
            ),
            (
                &[
                    ("sec-fetch-site", "same-site"),
                    ("origin", "https://portal.example.com"),
                ],
                false,
            ),
            (&[("sec-fetch-site", "none")], false),
            (&[("origin", "https://portal.example.com")], true),
            (&[("origin", "https://portal.example.com.evil.test")], false),
            (&[("origin", "http://portal.example.com")], false),
            (&[("origin", "null")], false),
            (&[], false),
        ];
        for (headers, allowed) in table {
            let request = headers.iter().fold(TestRequest::post(), |request, header| {
                request.insert_header(*header)
            });
            assert_eq!(
                portal
                    .require_same_origin(&request.to_http_request())
                    .is_ok(),
                *allowed,
                "{headers:?}"
            );
        }
    }
}
