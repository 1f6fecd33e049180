//! QR codes, read as a camera would.

use auth::{EmailAddress, QrCode, QrTooLong, TotpSecret};
use testkit::SeededRandom;

/// What stands at `d`: `M x y h n v1 h-n z` again and again.
fn dark(code: &QrCode) -> Vec<(usize, usize, usize)> {
    let rectangles = code.path().split_terminator('z');
    rectangles
        .map(|rectangle| {
            let rest = rectangle.strip_prefix('M').unwrap();
            let (start, run) = rest.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let (length, back) = run.split_once("v1h-").unwrap();
            assert_eq!(length, back);
            (
                x.parse().unwrap(),
                y.parse().unwrap(),
                length.parse().unwrap(),
            )
        })
        .collect()
}

/// Draws the path, so many pixels a module, and reads it.
fn read(code: &QrCode) -> String {
    const SCALE: usize = 4;
    let side = code.size();
    let mut pixels = vec![vec![255_u8; side]; side];
    for (x, y, length) in dark(code) {
        pixels[y][x..x + length].fill(0);
    }
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, |x, y| {
            pixels[y / SCALE][x / SCALE]
        });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn a_reader_reads_what_was_drawn() {
    let secret = TotpSecret::generate(&SeededRandom::new(9)).unwrap();
    let email = EmailAddress::parse("anna.lind@company.example").unwrap();
    let uri = secret.uri("Terra-View", &email);
    assert_eq!(read(&QrCode::of(&uri).unwrap()), uri);
}

#[test]
fn a_quiet_zone_stands_round_it_and_nothing_is_to_escape() {
    let code = QrCode::of("otpauth://totp/x").unwrap();
    for (x, y, length) in dark(&code) {
        assert!(x >= 4 && y >= 4 && x + length <= code.size() - 4 && y < code.size() - 4);
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    assert!(code.path().chars().all(is_plain));
    assert_eq!(format!("{code:?}"), "QrCode(…)");
}

#[test]
fn what_no_code_holds_is_refused() {
    assert_eq!(QrCode::of(&"x".repeat(3000)), Err(QrTooLong));
}
