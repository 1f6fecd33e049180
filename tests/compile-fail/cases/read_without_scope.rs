//! What a project holds is read through its scope, and through nothing else.

fn read() {
    let _ = store::ProjectScope::locations();
}

fn main() {
    let _ = read;
}
