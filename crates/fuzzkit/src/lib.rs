//! The bounded half of fuzzing.
//!
//! A *property* is a function of bytes that panics where a promise is broken. `cargo fuzz` calls
//! each for as long as one likes (`fuzz/`, docs/TESTING.md); here the ordinary tests call the same
//! functions over the committed seeds and over a few thousand mutants of them, the same ones each
//! time, on any toolchain.

mod dice;
mod mutant;

use std::fs;
use std::path::{Path, PathBuf};

use dice::Dice;
use mutant::Mutator;

/// How many mutants of a target's seeds are tried.
pub const MUTANTS: u32 = 4000;

/// Holds a property over every seed of a target and over [`MUTANTS`] mutants of them.
///
/// # Panics
/// Where the property does, after telling which bytes broke it; and for a target without seeds.
pub fn bounded(target: &str, property: impl Fn(&[u8])) {
    let seeds = seeds(target);
    for (name, seed) in &seeds {
        tried(target, &format!("the seed {name}"), seed, &property);
    }
    let bodies: Vec<Vec<u8>> = seeds.into_iter().map(|(_, seed)| seed).collect();
    let mutator = Mutator::new(&bodies);
    let mut dice = Dice::named(target);
    for number in 0..MUTANTS {
        let mutant = mutator.mutant(&mut dice);
        tried(target, &format!("mutant {number}"), &mutant, &property);
    }
}

/// The committed seeds of a target by name, in order.
///
/// # Panics
/// Where there are none.
pub fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = folder().join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut seeds: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let entry = entry.expect("an entry of a folder");
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("a seed can be read"))
        })
        .collect();
    assert!(!seeds.is_empty(), "{folder:?} has no seeds");
    seeds.sort();
    seeds
}

/// Where each target has a folder of seeds.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds")
}

fn tried(target: &str, what: &str, bytes: &[u8], property: &impl Fn(&[u8])) {
    let told = Told {
        target,
        what,
        bytes,
    };
    property(bytes);
    drop(told);
}

/// Says which bytes were being tried, if they turn out to break something.
struct Told<'a> {
    target: &'a str,
    what: &'a str,
    bytes: &'a [u8],
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self {
                target,
                what,
                bytes,
            } = self;
            eprintln!("{target}: {what} broke it: b\"{}\"", bytes.escape_ascii());
        }
    }
}
