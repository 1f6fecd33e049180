//! What others wrote and the portal serves, held against `assets/vendor.lock`; and what our own
//! scripts, styles and templates may not do beside it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use ring::digest::{SHA256, digest};
use serde_json::Value;

/// The licences under which something may be served: SPDX identifiers.
const PERMITTED: [&str; 7] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "OFL-1.1",
];

/// Where packages and their files come from; nothing of ours names any of them.
const HOSTS: [&str; 7] = [
    "npmjs.",
    "yarnpkg.",
    "unpkg.",
    "jsdelivr.",
    "cdnjs.",
    "googleapis.",
    "gstatic.",
];

/// Ways of turning text into markup or into code.
const FORBIDDEN: [&str; 8] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "setHTMLUnsafe",
    "document.write",
    "eval(",
    "new Function",
];

/// What Idiomorph calls its way of changing the children of an element only.
const MORPH_OPTION: &str = "morphStyle: \"innerHTML\"";

/// Names that look like addresses and are never fetched.
const NAMESPACES: [&str; 2] = ["http://www.w3.org/2000/svg", "http://www.w3.org/XML/"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn assets() -> PathBuf {
    root().join("assets/shared")
}

fn packages() -> Vec<Value> {
    let text = fs::read_to_string(root().join("assets/vendor.lock")).expect("the lock");
    let lock: Value = serde_json::from_str(&text).expect("JSON");
    let packages = lock["packages"].as_array().expect("packages");
    assert!(!packages.is_empty());
    packages.clone()
}

fn text_of<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key]
        .as_str()
        .unwrap_or_else(|| panic!("no {key} in {entry}"))
}

/// The files of a package: where each is served from, and its SHA-256 in hexadecimal digits.
fn files_of(package: &Value) -> Vec<(&str, &str)> {
    let files = package["files"].as_array().expect("files");
    files
        .iter()
        .map(|file| (text_of(file, "target"), text_of(file, "sha256")))
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all");
        text
    })
}

/// Every file under a folder, but for what npm installed there.
fn files_under(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.expect("an entry").path();
        if !path.is_dir() {
            found.push(path);
        } else if !path.ends_with("node_modules") {
            files_under(&path, found);
        }
    }
}

/// The text of our own files under these folders, what others wrote left out.
fn ours(folders: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in folders {
        let before = found.len();
        files_under(&root().join(folder), &mut found);
        assert!(found.len() > before, "{folder} is empty");
    }
    let theirs = [assets().join("vendor"), assets().join("fonts")];
    found
        .into_iter()
        .filter(|file| !theirs.iter().any(|folder| file.starts_with(folder)))
        .map(|file| {
            let bytes = fs::read(&file).expect("a readable file");
            let name = file.strip_prefix(root()).expect("a file of ours");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            (name.display().to_string(), text)
        })
        .collect()
}

#[test]
fn vendored_files_are_the_pinned_ones() {
    for package in packages() {
        for (target, pinned) in files_of(&package) {
            let bytes = fs::read(assets().join(target)).unwrap_or_else(|e| panic!("{target}: {e}"));
            let found = hex(digest(&SHA256, &bytes).as_ref());
            assert_eq!(
                found, pinned,
                "{target} is not what assets/vendor.lock pins"
            );
        }
    }
}

#[test]
fn nothing_is_vendored_beside_the_lock() {
    let packages = packages();
    let pinned: BTreeSet<_> = packages
        .iter()
        .flat_map(files_of)
        .map(|(target, _)| assets().join(target))
        .collect();
    let mut found = Vec::new();
    for folder in ["vendor", "fonts"] {
        files_under(&assets().join(folder), &mut found);
    }
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), pinned);
}

#[test]
fn every_vendored_package_has_a_permitted_licence_and_its_text() {
    for package in packages() {
        let name = text_of(&package, "name");
        let license = text_of(&package, "license");
        assert!(PERMITTED.contains(&license), "{name} is under {license}");
        let texts = files_of(&package)
            .into_iter()
            .filter(|(target, _)| target.ends_with(".LICENSE.txt"))
            .count();
        assert_eq!(texts, 1, "{name}: the text of its licence");
        let integrity = text_of(&package, "integrity");
        assert!(
            integrity.starts_with("sha512-"),
            "{name}: its tarball is not pinned"
        );
    }
}

#[test]
fn no_lock_names_where_it_was_fetched() {
    let lock = fs::read_to_string(root().join("assets/vendor.lock")).expect("the lock");
    assert!(!lock.contains("://"), "assets/vendor.lock has an address");
    for (file, text) in ours(&["assets", "templates", "tools", "tests/e2e"]) {
        for host in HOSTS {
            assert!(!text.contains(host), "{file} names {host}");
        }
        let resolved = file.ends_with("package-lock.json") && text.contains("\"resolved\"");
        assert!(!resolved, "{file} says where packages were fetched");
    }
}

#[test]
fn our_pages_name_no_other_site() {
    for (file, text) in ours(&["assets", "templates"]) {
        let rest = NAMESPACES
            .iter()
            .fold(text, |rest, name| rest.replace(name, ""));
        for scheme in ["http://", "https://"] {
            assert!(!rest.contains(scheme), "{file} has {scheme}");
        }
    }
}

#[test]
fn our_scripts_make_neither_markup_nor_code_of_text() {
    for (file, text) in ours(&["assets", "templates"]) {
        let text = text.replace(MORPH_OPTION, "");
        for way in FORBIDDEN {
            let found = text.match_indices(way).any(|(at, _)| {
                // `retrieval(` is no `eval(`.
                let before = text.get(..at).and_then(|part| part.chars().next_back());
                !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
            });
            assert!(!found, "{file} has {way}");
        }
    }
}
