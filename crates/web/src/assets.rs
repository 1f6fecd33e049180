//! Static files: embedded, compressed once, named by their content, kept for ever by browsers.

use std::collections::HashMap;
use std::io::Write;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use ring::digest;
use rust_embed::RustEmbed;

use crate::WebError;

/// All static files of one app.
pub struct Assets {
    prefix: String,
    hash: String,
    files: HashMap<String, Asset>,
}

struct Asset {
    content_type: &'static str,
    etag: String,
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

impl Assets {
    /// Embeds the files of a folder, to be served under `prefix` (such as `/portal/static`).
    pub fn embed<E: RustEmbed>(prefix: &str) -> Self {
        let mut names: Vec<_> = E::iter().collect();
        names.sort_unstable();
        let mut whole = digest::Context::new(&digest::SHA256);
        let mut files = HashMap::new();
        for name in names {
            if let Some(file) = E::get(&name) {
                whole.update(name.as_bytes());
                whole.update(&file.data);
                files.insert(name.to_string(), Asset::of(&name, file.data.into_owned()));
            }
        }
        let hash = hex(whole.finish().as_ref());
        Self {
            prefix: prefix.to_owned(),
            hash,
            files,
        }
    }

    /// The folder to link to: prefix and content hash.
    pub fn base(&self) -> String {
        format!("{}/{}", self.prefix, self.hash)
    }

    /// Answers a request for a file. Under an older or newer hash (a rolling restart) the file is
    /// served too, but not to be kept.
    ///
    /// # Errors
    /// [`WebError::NotFound`].
    pub fn serve(
        &self,
        request: &HttpRequest,
        hash: &str,
        name: &str,
    ) -> Result<HttpResponse, WebError> {
        let asset = self.files.get(name).ok_or(WebError::NotFound)?;
        let cache = if hash == self.hash {
            IMMUTABLE
        } else {
            "no-cache"
        };
        let known = request
            .headers()
            .get(IF_NONE_MATCH)
            .map(HeaderValue::as_bytes);
        if known == Some(asset.etag.as_bytes()) {
            return Ok(HttpResponse::NotModified()
                .insert_header((ETAG, asset.etag.as_str()))
                .insert_header((CACHE_CONTROL, cache))
                .finish());
        }
        let accepted = request
            .headers()
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok());
        let (encoding, body) = asset.variant(accepted.unwrap_or(""));
        let mut response = HttpResponse::Ok();
        response
            .insert_header((CONTENT_TYPE, asset.content_type))
            .insert_header((CACHE_CONTROL, cache))
            .insert_header((ETAG, asset.etag.as_str()))
            .insert_header((VARY, "accept-encoding"));
        if let Some(encoding) = encoding {
            response.insert_header((CONTENT_ENCODING, encoding));
        }
        Ok(response.body(body))
    }
}

impl Asset {
    fn of(name: &str, data: Vec<u8>) -> Self {
        let etag = format!(
            "\"{}\"",
            hex(digest::digest(&digest::SHA256, &data).as_ref())
        );
        let content_type = content_type(name);
        let text = !matches!(content_type, "font/woff2" | "image/png");
        let smaller = |packed: Option<Vec<u8>>| {
            packed
                .filter(|packed| text && packed.len() < data.len())
                .map(Bytes::from)
        };
        let (gzip, brotli) = (smaller(gzip(&data)), smaller(brotli(&data)));
        Self {
            content_type,
            etag,
            plain: data.into(),
            gzip,
            brotli,
        }
    }

    fn variant(&self, accepted: &str) -> (Option<&'static str>, Bytes) {
        let accepts = |coding: &str| {
            accepted.split(',').any(|entry| {
                let (name, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
                name.trim() == coding
                    && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
            })
        };
        match (&self.brotli, &self.gzip) {
            (Some(body), _) if accepts("br") => (Some("br"), body.clone()),
            (_, Some(body)) if accepts("gzip") => (Some("gzip"), body.clone()),
            _ => (None, self.plain.clone()),
        }
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The first eight bytes: enough to tell one content from another.
fn hex(digest: &[u8]) -> String {
    let start = digest.iter().take(8);
    start.fold(String::with_capacity(16), |text, byte| {
        text + &format!("{byte:02x}")
    })
}

fn gzip(data: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).ok()?;
    encoder.finish().ok()
}

fn brotli(data: &[u8]) -> Option<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams::default();
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*data, &mut packed, &params).ok()?;
    Some(packed)
}
