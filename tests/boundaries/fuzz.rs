//! No fuzz target is half there: each has its line in the manifest, its seeds, and a test that
//! runs it over them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::sources::sources_of;

/// What a target's seeds may come to, so that the ordinary tests stay quick and the history small.
const MOST_SEEDS: usize = 60;
const LARGEST_SEED: u64 = 16 * 1024;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The names in a folder, without the ending.
fn stems(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of fuzz/");
    entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

/// What stands in quotes behind each of these words.
fn quoted_behind(text: &str, mark: &str) -> BTreeSet<String> {
    let rests = text.split(mark).skip(1);
    rests
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_target_is_built_has_seeds_and_is_run_by_the_tests() {
    let targets = stems("fuzz/fuzz_targets");
    assert!(targets.len() > 10, "{targets:?}");
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).expect("the manifest");
    let (_, bins) = manifest.split_once("[[bin]]").expect("targets");
    assert_eq!(quoted_behind(bins, "name = \""), targets, "fuzz/Cargo.toml");
    assert_eq!(stems("fuzz/seeds"), targets, "fuzz/seeds");
    let run: BTreeSet<String> = sources_of(&["crates"])
        .iter()
        .filter(|(file, _)| !file.to_string_lossy().contains("/fuzzkit/"))
        .flat_map(|(_, text)| {
            // However the line is broken.
            let text: String = text.split_whitespace().collect();
            let plain = quoted_behind(&text, "bounded(\"");
            plain.into_iter().chain(quoted_behind(&text, ">(\""))
        })
        .collect();
    let forgotten: Vec<_> = targets.difference(&run).collect();
    assert!(
        forgotten.is_empty(),
        "no test runs {forgotten:?} over its seeds"
    );
}

/// Nobody builds the targets day by day; at least what they call is there.
#[test]
fn what_a_target_calls_is_there() {
    for (file, text) in sources_of(&["fuzz/fuzz_targets"]) {
        let (before, after) = text.split_once("::properties::").expect("a property");
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let krate = before.rsplit(|c| !is_of_name(c)).next().expect("a crate");
        let name = after.split(|c| !is_of_name(c)).next().expect("a name");
        let folder = format!("crates/{}/src", krate.replace('_', "-"));
        let sources = sources_of(&[&folder]);
        let is_told = |(file, text): &(PathBuf, String)| {
            file.to_string_lossy().contains("/properties")
                && text.contains(&format!("pub fn {name}("))
        };
        assert!(
            sources.iter().any(is_told),
            "{}: {krate}, {name}",
            file.display()
        );
    }
}

#[test]
fn seeds_are_few_and_small() {
    for target in stems("fuzz/seeds") {
        let folder = root().join("fuzz/seeds").join(&target);
        let seeds: Vec<_> = fs::read_dir(folder).expect("seeds").collect();
        assert!(
            (1..=MOST_SEEDS).contains(&seeds.len()),
            "{target}: {}",
            seeds.len()
        );
        for seed in seeds {
            let seed = seed.expect("a seed");
            let length = seed.metadata().expect("its size").len();
            assert!(length <= LARGEST_SEED, "{:?}: {length} bytes", seed.path());
        }
    }
}

/// The doors of `properties` stand open to `cargo fuzz` alone: nothing that is shipped has them.
#[test]
fn properties_are_in_nothing_that_is_shipped() {
    let gate = "#[cfg(any(test, fuzzing))]\npub mod properties;";
    let crates = sources_of(&["crates"]);
    let roots = crates
        .iter()
        .filter(|(file, _)| file.ends_with("src/lib.rs"));
    let doors: Vec<_> = roots
        .filter(|(_, text)| text.contains("mod properties"))
        .collect();
    assert!(doors.len() > 5);
    for (file, text) in doors {
        assert!(text.contains(gate), "{}", file.display());
    }
}
