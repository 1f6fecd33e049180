//! Answers made as small as the visitor's browser can read.

use std::io::Write;
use std::sync::OnceLock;

use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, VARY};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use flate2::Compression;
use flate2::write::GzEncoder;

use bytes::Bytes;

/// Below this many bytes there is nothing to win.
const WORTH_IT: usize = 1024;
/// Nine tenths of what the best level saves, in a third of its time.
const QUICK: Compression = Compression::new(5);

/// What a visitor's browser can read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Accepted<'a>(&'a str);

impl<'a> Accepted<'a> {
    /// As its request says.
    pub(crate) fn by(request: &'a HttpRequest) -> Self {
        let header = request.headers().get(ACCEPT_ENCODING);
        Self(header.and_then(|value| value.to_str().ok()).unwrap_or(""))
    }

    /// Whether it takes this coding; a weight of nought is a refusal.
    pub(crate) fn takes(self, coding: &str) -> bool {
        self.0.split(',').any(|entry| {
            let (name, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
            let refused = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
            name.trim() == coding && !refused
        })
    }
}

/// A text that may be answered more than once, and is compressed once at most, when first a visitor
/// takes that.
///
/// Compressing what holds both a secret and something that an attacker chose would tell the secret
/// by the length (BREACH). No page holds a secret: the session is in a cookie, the link in a path.
#[derive(Debug)]
pub struct Text {
    plain: Bytes,
    /// `None` where memory does not take it.
    packed: OnceLock<Option<Bytes>>,
}

impl Text {
    /// A text as it is.
    pub fn new(text: impl Into<Bytes>) -> Self {
        Self {
            plain: text.into(),
            packed: OnceLock::new(),
        }
    }

    /// Ends an answer with it, compressed if the visitor takes that and it is worth it.
    pub fn answer(&self, request: &HttpRequest, mut response: HttpResponseBuilder) -> HttpResponse {
        response.insert_header((VARY, "accept-encoding"));
        match self.packed_for(request) {
            Some(packed) => response
                .insert_header((CONTENT_ENCODING, "gzip"))
                .body(packed),
            None => response.body(self.plain.clone()),
        }
    }

    fn packed_for(&self, request: &HttpRequest) -> Option<Bytes> {
        if self.plain.len() < WORTH_IT || !Accepted::by(request).takes("gzip") {
            return None;
        }
        let pack = || gzip(&self.plain, QUICK).map(Bytes::from);
        self.packed.get_or_init(pack).clone()
    }
}

/// The bytes in gzip's coding; `None` where memory does not take them.
pub(crate) fn gzip(data: &[u8], level: Compression) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(data.len() / 4), level);
    encoder.write_all(data).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn takes_gzip(header: &str) -> bool {
        let request = TestRequest::default()
            .insert_header((ACCEPT_ENCODING, header))
            .to_http_request();
        Accepted::by(&request).takes("gzip")
    }

    #[test]
    fn a_coding_is_taken_where_it_is_named_and_not_refused() {
        for taken in ["gzip", "br, gzip", "gzip;q=0.5", "deflate,gzip;q=1.0"] {
            assert!(takes_gzip(taken), "{taken}");
        }
        for refused in ["", "br", "gzip;q=0", "gzip; q=0.000", "xgzip", "identity"] {
            assert!(!takes_gzip(refused), "{refused}");
        }
    }

    #[test]
    fn what_is_compressed_reads_back() {
        let text = "sound ".repeat(1000);
        let packed = gzip(text.as_bytes(), QUICK).unwrap();
        assert!(packed.len() < 100);
        let mut back = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*packed), &mut back)
            .unwrap();
        assert_eq!(back, text);
    }
}
