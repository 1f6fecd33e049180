//! Invariant 9: the route table is pinned.

#[test]
fn the_portals_routes_are_these() {
    let lines: Vec<String> = web_portal::routes::TABLE
        .iter()
        .map(|(methods, path)| format!("{methods:<9}{path}"))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_operator_apps_routes_are_these() {
    let lines: Vec<String> = web_operator::routes::TABLE
        .iter()
        .map(|(methods, path)| format!("{methods:<29}{path}"))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}
