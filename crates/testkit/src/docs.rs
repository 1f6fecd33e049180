//! Documents that are made from the programs, and must be what the programs say.

use std::path::Path;

/// Compares a part of a document of the repository with what it should be. The part stands between
/// `<!-- begin NAME -->` and `<!-- end NAME -->`. With `UPDATE_DOCS=1` it is written instead.
///
/// # Panics
/// When the document is not current, or has no such part.
pub fn assert_current(document: &str, name: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(document);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{document}: {error}"));
    let (begin, end) = (
        format!("<!-- begin {name} -->\n"),
        format!("<!-- end {name} -->"),
    );
    let (before, rest) = text
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{document} has no {begin}"));
    let (found, after) = rest
        .split_once(&end)
        .unwrap_or_else(|| panic!("{document} has no {end}"));
    if found == wanted {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_DOCS").is_some(),
        "{document} is not current; run the tests once with UPDATE_DOCS=1 and -j1. It should say:\n{wanted}"
    );
    std::fs::write(&path, format!("{before}{begin}{wanted}{end}{after}"))
        .expect("the document can be written");
}
