//! Where the ground of a map comes from, if a firm has chosen a source.

use std::str::FromStr;

use actix_web::http::Uri;
use actix_web::http::uri::Authority;

/// The longest URL and attribution believed, bytes.
const LONGEST: usize = 500;

/// A source of map tiles, with the words its owner wants to be named by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapTiles {
    url: TileUrl,
    attribution: String,
}

impl MapTiles {
    /// A source and its attribution, which is shown as plain text.
    pub fn new(url: TileUrl, attribution: &str) -> Self {
        Self {
            url,
            attribution: attribution.to_owned(),
        }
    }

    /// The URL with `{z}`, `{x}` and `{y}` in it.
    pub fn url(&self) -> &str {
        &self.url.url
    }

    /// Whom the map shows as its source.
    pub fn attribution(&self) -> &str {
        &self.attribution
    }

    /// What the content policy has to allow images from, such as `https://tiles.example.org`.
    pub fn origin(&self) -> &str {
        &self.url.origin
    }
}

/// An absolute URL with the places for a tile's zoom, column and row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileUrl {
    url: String,
    origin: String,
}

/// The text is no URL of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "give an http or https URL with {{z}}, {{x}} and {{y}} in its path or query, such as https://tiles.example.org/{{z}}/{{x}}/{{y}}.png"
)]
pub struct TileUrlError;

impl FromStr for TileUrl {
    type Err = TileUrlError;

    fn from_str(text: &str) -> Result<Self, TileUrlError> {
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\;,`".contains(&byte);
        if text.len() > LONGEST || !text.bytes().all(plain) {
            return Err(TileUrlError);
        }
        let mut sample = text.to_owned();
        for place in ["{z}", "{x}", "{y}"] {
            if text.matches(place).count() != 1 {
                return Err(TileUrlError);
            }
            sample = sample.replace(place, "0");
        }
        // What is left in braces is a place that nobody would fill, `{s}` among them.
        let uri: Uri = sample
            .parse()
            .ok()
            .filter(|_| !sample.contains(['{', '}']))
            .ok_or(TileUrlError)?;
        let scheme = uri
            .scheme_str()
            .filter(|scheme| matches!(*scheme, "http" | "https"));
        let host = uri
            .authority()
            .map(Authority::as_str)
            .filter(|authority| !authority.contains(['@', '*']));
        let (Some(scheme), Some(host)) = (scheme, host) else {
            return Err(TileUrlError);
        };
        let origin = format!("{scheme}://{host}");
        // The places stand behind the host: it is the same for every tile.
        if !text.starts_with(&origin) {
            return Err(TileUrlError);
        }
        Ok(Self {
            url: text.to_owned(),
            origin,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_of_tiles_has_one_host_and_three_places() {
        let map = |text: &str| MapTiles::new(text.parse().unwrap(), "© Survey");
        let tiles = map("https://tiles.example.org:8443/map/{z}/{x}/{y}.png?key=abc");
        assert_eq!(tiles.origin(), "https://tiles.example.org:8443");
        assert_eq!(
            map("http://10.0.0.7/{z}/{x}/{y}").origin(),
            "http://10.0.0.7"
        );
    }

    #[test]
    fn anything_else_is_refused() {
        for wrong in [
            "",
            "tiles/{z}/{x}/{y}.png",
            "/tiles/{z}/{x}/{y}.png",
            "ftp://example.org/{z}/{x}/{y}",
            "https://example.org/{z}/{x}",
            "https://example.org/{z}/{x}/{y}/{y}",
            "https://{s}.example.org/{z}/{x}/{y}",
            "https://{x}.example.org/{z}/{y}",
            "https://user:secret@example.org/{z}/{x}/{y}",
            "https://*.example.org/{z}/{x}/{y}",
            "https://example.org; script-src */{z}/{x}/{y}",
            "https://example.org/{z}/{x}/{y}\n",
            "https://example.org,https://other.org/{z}/{x}/{y}",
            "javascript:{z}{x}{y}",
        ] {
            assert_eq!(wrong.parse::<TileUrl>(), Err(TileUrlError), "{wrong}");
        }
    }
}
