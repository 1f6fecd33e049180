//! The one crate that makes meters' names cannot be named by the portal.

fn main() {
    let _ = meter_id::parse("SLM-101");
}
