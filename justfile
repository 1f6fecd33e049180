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
    cargo deny check licenses sources
    cargo deny --exclude-dev check -A unused-wrapper bans

# Measure against a bare handler; needs wrk (Debian's package of that name)
bench *arguments:
    cargo run --release -p bench -- {{ arguments }}

# Thousands of live viewers on a running portal (docs/PERFORMANCE.md says how); raise ulimit -n first
load *arguments:
    cargo run --release -p load -- {{ arguments }}
