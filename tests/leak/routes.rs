//! Every route of the portal, made concrete.

use web_portal::routes::TABLE;

/// Who is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// Everybody; what stands behind it is nobody's secret.
    Open,
    /// Whoever holds the link or the ticket in the path.
    Secret,
    /// A live session, for a page.
    Page,
    /// A live session, for JSON.
    Json,
    /// A live session and a page of our own, for a live socket. These requests come from no page.
    Socket,
}

/// How each route is asked. `{id}`, `{link}` and `{ticket}` are filled in by the tests.
const KNOWN: &[(&str, Door, &[&str])] = &[
    ("/", Door::Open, &["/"]),
    ("/healthz", Door::Open, &["/healthz"]),
    ("/readyz", Door::Open, &["/readyz"]),
    (
        "/portal/p/{link_token}",
        Door::Secret,
        &["/portal/p/{link}"],
    ),
    ("/portal/access", Door::Open, &["/portal/access"]),
    ("/portal/logout", Door::Open, &["/portal/logout"]),
    (
        "/portal/preview/{ticket}",
        Door::Secret,
        &["/portal/preview/{ticket}"],
    ),
    ("/portal", Door::Page, &["/portal"]),
    (
        "/portal/location/{id}",
        Door::Page,
        &[
            "/portal/location/{id}",
            "/portal/location/{id}?hours=24",
            "/portal/location/{id}?hours=0.5",
        ],
    ),
    (
        "/portal/location/{id}/levels.csv",
        Door::Page,
        &[
            "/portal/location/{id}/levels.csv",
            "/portal/location/{id}/levels.csv?hours=48&from=0",
        ],
    ),
    (
        "/portal/events",
        Door::Page,
        &[
            "/portal/events",
            "/portal/events?limit=200",
            "/portal/events?status=active",
            "/portal/events?location={id}",
            "/portal/events?location={id}&status=lapsed",
        ],
    ),
    (
        "/portal/api/overview",
        Door::Json,
        &["/portal/api/overview"],
    ),
    (
        "/portal/api/location/{id}/live",
        Door::Json,
        &["/portal/api/location/{id}/live"],
    ),
    (
        "/portal/api/location/{id}/history",
        Door::Json,
        &[
            "/portal/api/location/{id}/history",
            "/portal/api/location/{id}/history?hours=24",
            "/portal/api/location/{id}/history?hours=48",
        ],
    ),
    (
        "/portal/api/location/{id}/events",
        Door::Json,
        &[
            "/portal/api/location/{id}/events",
            "/portal/api/location/{id}/events?limit=200",
        ],
    ),
    (
        "/portal/api/location/{id}/thresholds",
        Door::Json,
        &["/portal/api/location/{id}/thresholds"],
    ),
    (
        "/portal/api/location/{id}/stream",
        Door::Socket,
        &["/portal/api/location/{id}/stream"],
    ),
    (
        "/portal/api/events",
        Door::Json,
        &[
            "/portal/api/events",
            "/portal/api/events?limit=200&status=cleared",
            "/portal/api/events?location={id}",
            "/portal/api/events?location={id}&limit=1&status=active",
        ],
    ),
    (
        "/portal/static/{hash}/{file}*",
        Door::Open,
        &[
            "/portal/static/0/portal.css",
            "/portal/static/0/shared/js/page.js",
            "/portal/static/0/shared/icon.svg",
        ],
    ),
];

/// One way of asking a route.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask {
    /// The methods that the route takes.
    pub(crate) methods: &'static str,
    /// Who is let through.
    pub(crate) door: Door,
    template: &'static str,
}

impl Ask {
    /// Whether a location is named.
    pub(crate) fn names_location(&self) -> bool {
        self.template.contains("{id}")
    }

    /// The path about that location. `{link}` and `{ticket}` stay.
    pub(crate) fn about(&self, location: &str) -> String {
        self.template.replace("{id}", location)
    }
}

/// Every way of asking every route of the table.
///
/// # Panics
/// For a route that is not known here: whoever adds one says how it is asked and who may.
pub(crate) fn every() -> Vec<Ask> {
    for (pattern, ..) in KNOWN {
        let stands = TABLE.iter().any(|(_, path)| path == pattern);
        assert!(stands, "{pattern} is no route of the portal any more");
    }
    let asks = |(methods, pattern): &(&'static str, &'static str)| {
        let (_, door, templates) = KNOWN
            .iter()
            .find(|(known, ..)| known == pattern)
            .unwrap_or_else(|| panic!("{pattern} is new: say in leak/routes.rs how it is asked"));
        let ask = |template: &&'static str| Ask {
            methods,
            door: *door,
            template,
        };
        templates.iter().map(ask).collect::<Vec<_>>()
    };
    TABLE.iter().flat_map(asks).collect()
}

/// Every way of asking what only a live session may see.
pub(crate) fn private() -> Vec<Ask> {
    let behind_the_gate = |ask: &Ask| matches!(ask.door, Door::Page | Door::Json);
    every().into_iter().filter(behind_the_gate).collect()
}
