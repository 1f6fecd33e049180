//! Invariant 1 and 2: which crate names which.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

/// Every crate that a program links, build scripts included.
fn tree(package: &str) -> BTreeSet<String> {
    cargo(&[
        "tree",
        "--offline",
        "-p",
        package,
        "-e",
        "normal,build",
        "--prefix",
        "none",
    ])
    .lines()
    .filter_map(|line| line.split_whitespace().next())
    .map(str::to_owned)
    .collect()
}

/// The direct dependencies, for use and for building, of every crate of the workspace.
fn direct() -> BTreeMap<String, BTreeSet<String>> {
    let text = cargo(&[
        "metadata",
        "--offline",
        "--format-version",
        "1",
        "--no-deps",
    ]);
    let metadata: serde_json::Value = serde_json::from_str(&text).expect("cargo writes JSON");
    let name = |value: &serde_json::Value| value["name"].as_str().expect("a name").to_owned();
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().expect("dependencies");
            let shipped = dependencies
                .iter()
                .filter(|dependency| dependency["kind"] != "dev");
            (name(package), shipped.map(name).collect())
        })
        .collect()
}

fn who_names(wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let names = |dependencies: &BTreeSet<String>| dependencies.iter().any(|name| wanted(name));
    direct()
        .into_iter()
        .filter(|(_, dependencies)| names(dependencies))
        .map(|(name, _)| name)
        .collect()
}

fn assert_only(found: &BTreeSet<String>, allowed: &[&str]) {
    let strangers: Vec<_> = found
        .iter()
        .filter(|name| !allowed.contains(&name.as_str()))
        .collect();
    assert!(strangers.is_empty(), "{strangers:?} may not");
    assert!(
        !found.is_empty(),
        "nobody at all: the test looks for a name that is gone"
    );
}

#[test]
fn the_public_binary_links_no_management() {
    let public = tree("portal-server");
    for private in [
        "store-operator",
        "slmm-operator",
        "web-operator",
        "slmm-sim",
        "testkit",
        "fuzzkit",
    ] {
        assert!(!public.contains(private), "portal-server links {private}");
    }
    // The same look-up finds the crate where it belongs.
    assert!(tree("portal-admin").contains("store-operator"));
    let operator = tree("operator-server");
    assert!(operator.contains("web-operator") && !operator.contains("web-portal"));
    assert!(tree("demo").contains("slmm-sim"));
    assert!(tree("slmm-operator").contains("slmm"));
    assert!(public.contains("web-portal") && public.contains("store"));
}

#[test]
fn diesel_is_named_by_the_stores_alone() {
    assert_only(
        &who_names(|name| name.starts_with("diesel")),
        &["store", "store-operator", "testkit"],
    );
}

#[test]
fn actix_is_named_by_the_web_alone() {
    let bins = [
        "portal-server",
        "operator-server",
        "portal-admin",
        "slmm-sim-server",
        "demo",
        "bench",
    ];
    let crates = [
        "web",
        "web-portal",
        "web-operator",
        "slmm",
        "slmm-operator",
        "slmm-sim",
        "testkit",
        "portal-tests",
    ];
    let allowed: Vec<&str> = bins.into_iter().chain(crates).collect();
    assert_only(
        &who_names(|name| name.starts_with("actix") || name == "awc"),
        &allowed,
    );
}

#[test]
fn meters_names_are_made_by_few() {
    let allowed = [
        "domain",
        "store",
        "store-operator",
        "slmm-operator",
        "slmm-sim",
        "testkit",
        "portal-tests",
    ];
    assert_only(&who_names(|name| name == "meter-id"), &allowed);
}

#[test]
fn the_domain_does_nothing_but_think() {
    let pure = ["domain", "meter-id", "jiff", "thiserror", "uuid"];
    assert!(
        direct()["domain"]
            .iter()
            .all(|name| pure.contains(&name.as_str())),
        "{:?}",
        direct()["domain"]
    );
    let linked = tree("domain");
    for impure in [
        "serde", "tokio", "actix-rt", "diesel", "ring", "tracing", "libc",
    ] {
        assert!(!linked.contains(impure), "domain links {impure}");
    }
}

#[test]
fn arrows_point_inwards() {
    let layers: &[&[&str]] = &[
        &["meter-id"],
        &["domain"],
        &["auth", "slmm"],
        &["store"],
        &["store-operator", "slmm-operator", "web", "slmm-sim"],
        &["settings", "web-portal", "web-operator"],
    ];
    let depth = |name: &str| layers.iter().position(|layer| layer.contains(&name));
    for (name, dependencies) in direct() {
        let Some(own) = depth(&name) else { continue };
        for dependency in dependencies {
            if let Some(other) = depth(&dependency) {
                assert!(other < own, "{name} may not depend on {dependency}");
            }
        }
    }
}
