//! A scope cannot be put together by whoever likes one, not even from the parts of another.

fn forge(own: store::ProjectScope) -> store::ProjectScope {
    store::ProjectScope { ..own }
}

fn main() {
    let _ = forge;
}
