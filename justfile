# What one does here every day. `just` lists it.

_default:
    @just --list --unsorted

# Everything in one process with fresh data; prints the links
demo *arguments:
    cargo run -p demo -- {{ arguments }}

# Everything that must hold (the same as CI); with arguments, only the tests, as for cargo nextest
test *arguments:
    tools/test {{ arguments }}

# The tests that take long or thousands of connections
soak *arguments:
    cargo build --locked --workspace --bins
    ulimit -n "$(ulimit -Hn)" && tools/with-postgres cargo nextest run --locked -p portal-tests --profile soak {{ arguments }}

# The scripts' types and tests, and the pages in headless Chromium; pictures in target/screenshots
e2e *arguments:
    tools/e2e {{ arguments }}

# Fetch and check what assets/vendor.lock names; with --update, pin anew
vendor *arguments:
    node tools/vendor.mjs {{ arguments }}

# Look at and accept changed snapshots (needs cargo-insta)
snapshots:
    cargo insta review

# Format, then lint as CI does
tidy:
    cargo fmt --all
    cargo clippy --workspace --all-targets -- -D warnings

# Licences, sources and walls between crates
deny:
    cargo deny check -A license-exception-not-encountered licenses sources
    cargo deny --exclude-dev check -A unused-wrapper bans
    cargo deny --manifest-path fuzz/Cargo.toml check licenses sources

# Fuzz one target for a while, such as `just fuzz forwarded_for 300`; without a name it lists them
fuzz *arguments:
    tools/fuzz {{ arguments }}

# Measure every line of docs/PERFORMANCE.md; needs wrk (Debian's package of that name)
bench *arguments:
    cargo build --locked --release --workspace --bins
    "${CARGO_TARGET_DIR:-target}/release/bench" {{ arguments }}
