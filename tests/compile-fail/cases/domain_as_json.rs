//! What is inside does not go out as it is: only projections can be serialised.

fn leak(reading: &domain::Reading) -> Option<String> {
    serde_json::to_string(reading).ok()
}

fn main() {
    let _ = leak;
}
