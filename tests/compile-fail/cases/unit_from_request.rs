//! Text from a request does not become a meter's name.

fn main() {
    let _: Result<domain::UnitId, _> = "SLM-101".parse();
}
