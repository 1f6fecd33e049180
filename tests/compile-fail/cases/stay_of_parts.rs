//! A meter's stay, and with it the meter's name, comes only from a location of a scope: it cannot
//! be made over to another meter.

fn forge(unit: domain::UnitId, own: store::Stay) -> store::Stay {
    store::Stay { unit, ..own }
}

fn main() {
    let _ = forge;
}
