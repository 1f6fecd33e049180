//! A text as a QR code, for a template to draw inline.

use std::fmt;
use std::fmt::Write;

use qrcode::{Color, EcLevel};

/// The text is longer than a QR code holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too long for a QR code")]
pub struct QrTooLong;

/// A QR code, drawn by [`Self::path`] in a square of [`Self::size`] units.
#[derive(Clone, PartialEq, Eq)]
pub struct QrCode {
    size: usize,
    path: String,
}

impl QrCode {
    /// The quiet zone that readers need round it (ISO/IEC 18004), modules.
    const QUIET: usize = 4;

    /// The code of a text, which can be read with a seventh of it damaged (level M).
    ///
    /// # Errors
    /// [`QrTooLong`] beyond some 2,300 bytes.
    pub fn of(text: &str) -> Result<Self, QrTooLong> {
        let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::M)
            .map_err(|_too_long| QrTooLong)?;
        let width = code.width();
        let mut path = String::new();
        for (y, row) in code.to_colors().chunks(width).enumerate() {
            draw_row(&mut path, row, y + Self::QUIET);
        }
        Ok(Self {
            size: width + 2 * Self::QUIET,
            path,
        })
    }

    /// The side of the square, the quiet zone included, modules: `viewBox="0 0 size size"`.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The dark modules as the data of one SVG path (`d`): letters and digits, nothing to escape.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Debug for QrCode {
    /// What it says may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QrCode(…)")
    }
}

/// One rectangle for each run of dark modules.
fn draw_row(path: &mut String, row: &[Color], y: usize) {
    let mut x = QrCode::QUIET;
    for run in row.chunk_by(|one, next| one == next) {
        if run.first() == Some(&Color::Dark) {
            let length = run.len();
            // Writing to a String does not fail.
            write!(path, "M{x} {y}h{length}v1h-{length}z").unwrap_or_default();
        }
        x += run.len();
    }
}
