//! A scope does not come from nothing.

fn main() {
    let _ = <store::ProjectScope as Default>::default();
}
