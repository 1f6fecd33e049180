//! Rules about the text of the sources that no lint knows.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the workspace") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

pub(super) fn sources_of(folders: &[&str]) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for folder in folders {
        rust_files(&root().join(folder), &mut files);
    }
    assert!(!files.is_empty());
    files
        .into_iter()
        .map(|file| (file.clone(), fs::read_to_string(file).expect("UTF-8")))
        .collect()
}

/// Invariant 4: a projection takes its source apart completely.
#[test]
fn projections_leave_nothing_undecided() {
    for (file, text) in sources_of(&["crates/web-portal/src/view"]) {
        for (number, line) in text.lines().enumerate() {
            let rest = line.contains(", .. }") || line.contains("{ .. }") || line.trim() == "..";
            assert!(
                !rest,
                "{}:{}: `..` hides a field",
                file.display(),
                number + 1
            );
        }
    }
}

/// Invariant 10 and the store's own wall: its inside is for `store-operator`.
#[test]
fn the_inside_of_the_store_is_named_by_few() {
    let outsiders = [
        "crates/web",
        "crates/web-portal",
        "crates/slmm",
        "crates/auth",
        "bins",
    ];
    for (file, text) in sources_of(&outsiders) {
        assert!(
            !text.contains("store::internal"),
            "{} names store::internal",
            file.display()
        );
    }
}

/// The public portal's way to the device layer cannot change anything there.
#[test]
fn the_portals_client_of_slmm_only_reads() {
    let writes = [
        "Method",
        ".post(",
        ".put(",
        ".patch(",
        ".delete(",
        "send_body",
        "send_json",
    ];
    for (file, text) in sources_of(&["crates/slmm/src"]) {
        for write in writes {
            assert!(!text.contains(write), "{} has {write}", file.display());
        }
    }
    // The same words are found where they belong.
    let staff = sources_of(&["crates/slmm-operator/src"]);
    assert!(staff.iter().any(|(_, text)| text.contains("send_body")));
    assert!(staff.iter().any(|(_, text)| text.contains("Method")));
}

/// Nothing is promised for later in the code itself.
#[test]
fn no_source_is_unfinished() {
    for (file, text) in sources_of(&["crates", "bins"]) {
        for mark in ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!("] {
            assert!(!text.contains(mark), "{} has {mark}", file.display());
        }
    }
}

/// A file that grows past this wants to be two.
#[test]
fn files_stay_readable() {
    for (file, text) in sources_of(&["crates", "bins", "tests", "fuzz/fuzz_targets"]) {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}

/// A document that names another by a relative link names one that is there.
#[test]
fn links_between_documents_lead_somewhere() {
    let mut documents = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    for folder in ["docs", "docs/adr"] {
        let entries = fs::read_dir(root().join(folder)).expect("a folder of documents");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        documents
            .extend(paths.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    for document in documents {
        let text = fs::read_to_string(&document).expect("UTF-8");
        let folder = document.parent().expect("a folder");
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = link.split('#').next().unwrap_or_default();
            let away = path.is_empty() || path.contains("://");
            assert!(
                away || folder.join(path).exists(),
                "{}: {link}",
                document.display()
            );
        }
    }
}
