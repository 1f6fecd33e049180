//! Invariant 3 and 4: code that would break out of a scope does not compile, and for the reason it
//! should not.

use std::collections::BTreeSet;
use std::process::Command;

/// The compiler's error codes for one case, or none where it compiles.
fn errors_of(case: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--offline",
            "--quiet",
            "-p",
            "compile-fail",
            "--features",
            "cases",
        ])
        .args(["--message-format", "json", "--example", case])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo runs");
    let text = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    let codes: BTreeSet<String> = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| {
            message["reason"] == "compiler-message" && message["message"]["level"] == "error"
        })
        .filter_map(|message| {
            message["message"]["code"]["code"]
                .as_str()
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(
        output.status.success(),
        codes.is_empty(),
        "{case}: cargo itself failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    codes
}

#[test]
fn code_that_breaks_out_of_a_scope_does_not_compile() {
    let table = [
        // A private field in a struct expression.
        ("scope_of_parts", "E0451"),
        // A trait that is not implemented.
        ("scope_from_nothing", "E0277"),
        // A missing argument.
        ("read_without_scope", "E0061"),
        ("stay_of_parts", "E0451"),
        ("unit_from_request", "E0277"),
        // A crate that is not there.
        ("unit_by_the_back_door", "E0433"),
        ("domain_as_json", "E0277"),
    ];
    assert_eq!(
        errors_of("control"),
        BTreeSet::new(),
        "the control must compile"
    );
    for (case, code) in table {
        assert_eq!(errors_of(case), BTreeSet::from([code.to_owned()]), "{case}");
    }
}
