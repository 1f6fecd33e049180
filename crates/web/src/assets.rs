//! Static files: embedded, compressed when first asked for, named by their content, kept for ever by browsers.

use std::collections::HashMap;
use std::sync::OnceLock;

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use flate2::Compression;
use ring::digest;
use rust_embed::RustEmbed;

use crate::WebError;
use crate::encoding::{Accepted, gzip};

/// All static files of one app.
pub struct Assets {
    prefix: String,
    hash: String,
    files: HashMap<String, Asset>,
}

/// Files that are served as one: few requests for visitors, small files for us. The parts are not
/// served by themselves.
#[derive(Debug, Clone, Copy)]
pub struct Bundle {
    /// The name to serve it under.
    pub name: &'static str,
    /// The files, in their order.
    pub parts: &'static [&'static str],
}

struct Asset {
    content_type: &'static str,
    etag: String,
    plain: Bytes,
    /// Made for the first visitor who takes it: the start waits for nothing.
    packed: OnceLock<Packed>,
}

/// The smaller forms of a file, where they are smaller.
struct Packed {
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

impl Assets {
    /// Embeds the files of a folder, to be served under `prefix` (such as `/portal/static`).
    pub fn embed<E: RustEmbed>(prefix: &str, bundle: Bundle) -> Self {
        let read = |name: &str| E::get(name).map(|file| file.data.into_owned());
        let mut sources: Vec<(String, Vec<u8>)> = E::iter()
            .filter(|name| !bundle.parts.contains(&name.as_ref()))
            .filter_map(|name| Some((name.to_string(), read(&name)?)))
            .collect();
        let parts = bundle.parts.iter().filter_map(|name| read(name));
        sources.push((bundle.name.to_owned(), parts.flatten().collect()));
        sources.sort_unstable();
        let mut whole = digest::Context::new(&digest::SHA256);
        let mut files = HashMap::new();
        for (name, data) in sources {
            whole.update(name.as_bytes());
            whole.update(&data);
            files.insert(name.clone(), Asset::of(&name, data));
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
        let (encoding, body) = asset.variant(Accepted::by(request));
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
        Self {
            content_type,
            etag,
            plain: data.into(),
            packed: OnceLock::new(),
        }
    }

    fn variant(&self, accepted: Accepted<'_>) -> (Option<&'static str>, Bytes) {
        let (brotli, gzip) = (accepted.takes("br"), accepted.takes("gzip"));
        if brotli || gzip {
            match self.packed.get_or_init(|| self.pack()) {
                Packed {
                    brotli: Some(body), ..
                } if brotli => return (Some("br"), body.clone()),
                Packed {
                    gzip: Some(body), ..
                } if gzip => return (Some("gzip"), body.clone()),
                Packed { .. } => {}
            }
        }
        (None, self.plain.clone())
    }

    /// A few milliseconds of a worker's time, once a file. Images and fonts of these kinds are
    /// compressed already.
    fn pack(&self) -> Packed {
        if matches!(self.content_type, "font/woff2" | "image/png") {
            return Packed {
                gzip: None,
                brotli: None,
            };
        }
        let smaller = |packed: Option<Vec<u8>>| {
            packed
                .filter(|packed| packed.len() < self.plain.len())
                .map(Bytes::from)
        };
        Packed {
            gzip: smaller(gzip(&self.plain, Compression::best())),
            brotli: smaller(brotli(&self.plain)),
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

fn brotli(data: &[u8]) -> Option<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        // The last two levels save a fiftieth for ten times the time.
        quality: 9,
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*data, &mut packed, &params).ok()?;
    Some(packed)
}
