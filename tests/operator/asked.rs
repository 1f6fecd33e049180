//! Who may use each route of the operator app, written down a second time: what the app's own table
//! says is checked against this.

use auth::Role;

/// Who is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// Everybody.
    Open,
    /// This role and those above.
    Least(Role),
}

const OPEN: Door = Door::Open;
const OPERATOR: Door = Door::Least(Role::Operator);
const ADMIN: Door = Door::Least(Role::Admin);

/// Method, path, who.
pub(super) const ASKED: &[(&str, &str, Door)] = &[
    ("GET", "/healthz", OPEN),
    ("GET", "/readyz", OPEN),
    ("GET", "/login", OPEN),
    ("POST", "/login", OPEN),
    ("GET", "/login/code", OPEN),
    ("POST", "/login/code", OPEN),
    ("GET", "/login/welcome", OPERATOR),
    ("GET", "/logout", OPEN),
    ("POST", "/logout", OPEN),
    ("GET", "/", OPERATOR),
    ("GET", "/clients", OPERATOR),
    ("GET", "/clients/new", ADMIN),
    ("POST", "/clients/new", ADMIN),
    ("GET", "/clients/{id}", OPERATOR),
    ("GET", "/clients/{id}/edit", ADMIN),
    ("POST", "/clients/{id}/edit", ADMIN),
    ("GET", "/clients/{id}/archive", ADMIN),
    ("POST", "/clients/{id}/archive", ADMIN),
    ("POST", "/clients/{id}/restore", ADMIN),
    ("GET", "/projects", OPERATOR),
    ("GET", "/projects/new", ADMIN),
    ("POST", "/projects/new", ADMIN),
    ("GET", "/projects/{id}", OPERATOR),
    ("GET", "/projects/{id}/edit", ADMIN),
    ("POST", "/projects/{id}/edit", ADMIN),
    ("GET", "/projects/{id}/status/{status}", ADMIN),
    ("POST", "/projects/{id}/status/{status}", ADMIN),
    ("GET", "/projects/{id}/locations/new", ADMIN),
    ("POST", "/projects/{id}/locations/new", ADMIN),
    ("POST", "/projects/{id}/locations/order", ADMIN),
    ("GET", "/projects/{id}/locations/{location}/edit", ADMIN),
    ("POST", "/projects/{id}/locations/{location}/edit", ADMIN),
    ("GET", "/projects/{id}/locations/{location}/remove", ADMIN),
    ("POST", "/projects/{id}/locations/{location}/remove", ADMIN),
    ("GET", "/projects/{id}/locations/{location}/meter", ADMIN),
    ("POST", "/projects/{id}/locations/{location}/meter", ADMIN),
    ("GET", "/projects/{id}/stays/{stay}/end", ADMIN),
    ("POST", "/projects/{id}/stays/{stay}/end", ADMIN),
    ("POST", "/projects/{id}/portal/open", ADMIN),
    ("GET", "/projects/{id}/portal/{act}", ADMIN),
    ("POST", "/projects/{id}/portal/{act}", ADMIN),
    ("GET", "/projects/{id}/portal-access", OPERATOR),
    ("POST", "/projects/{id}/portal-access/enable", ADMIN),
    ("POST", "/projects/{id}/portal-access/password", ADMIN),
    ("POST", "/projects/{id}/portal-access/rotate-link", ADMIN),
    ("POST", "/projects/{id}/portal-access/disable", ADMIN),
    ("GET", "/projects/{id}/portal-preview", OPERATOR),
    ("GET", "/alerts", OPERATOR),
    ("GET", "/slm/{unit_id}", OPERATOR),
    ("POST", "/slm/{unit_id}/keepalive", OPERATOR),
    ("GET", "/slm/{unit_id}/rules", OPERATOR),
    ("POST", "/slm/{unit_id}/rules", OPERATOR),
    ("GET", "/slm/{unit_id}/rules/{rule_id}", OPERATOR),
    ("POST", "/slm/{unit_id}/rules/{rule_id}", OPERATOR),
    ("POST", "/slm/{unit_id}/rules/{rule_id}/enabled", OPERATOR),
    ("GET", "/slm/{unit_id}/rules/{rule_id}/delete", OPERATOR),
    ("POST", "/slm/{unit_id}/rules/{rule_id}/delete", OPERATOR),
    ("POST", "/slm/{unit_id}/events/{event_id}/ack", OPERATOR),
    ("GET", "/api/slmm/{unit_id}/alerts/rules", OPERATOR),
    ("POST", "/api/slmm/{unit_id}/alerts/rules", OPERATOR),
    (
        "PUT",
        "/api/slmm/{unit_id}/alerts/rules/{rule_id}",
        OPERATOR,
    ),
    (
        "DELETE",
        "/api/slmm/{unit_id}/alerts/rules/{rule_id}",
        OPERATOR,
    ),
    ("GET", "/api/slmm/{unit_id}/alerts/events", OPERATOR),
    (
        "POST",
        "/api/slmm/{unit_id}/alerts/events/{event_id}/ack",
        OPERATOR,
    ),
    ("GET", "/api/slmm/{unit_id}/status", OPERATOR),
    ("GET", "/api/slmm/{unit_id}/history", OPERATOR),
    ("GET", "/api/slmm/{unit_id}/monitor", OPERATOR),
    ("POST", "/api/slmm/{unit_id}/monitor/start", OPERATOR),
    ("POST", "/api/slmm/{unit_id}/monitor/stop", OPERATOR),
    ("GET", "/units", OPERATOR),
    ("POST", "/units", ADMIN),
    ("GET", "/units/new", ADMIN),
    ("GET", "/units/{id}", OPERATOR),
    ("POST", "/units/{id}", ADMIN),
    ("POST", "/units/{id}/stay", ADMIN),
    ("POST", "/units/{id}/retire", ADMIN),
    ("POST", "/units/{id}/unretire", ADMIN),
    ("GET", "/audit", OPERATOR),
    ("GET", "/audit.csv", OPERATOR),
    ("GET", "/system", OPERATOR),
    ("GET", "/static/{hash}/{file}*", OPEN),
];
