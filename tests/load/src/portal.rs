//! Coming in at a portal's door.

use std::net::SocketAddr;

use reqwest::{Client, Response, StatusCode, redirect};
use serde_json::Value;

/// A running portal.
#[derive(Clone)]
pub struct Portal {
    client: Client,
    url: String,
    origin: String,
}

/// Somebody who may look.
#[derive(Debug, Clone)]
pub struct Session {
    /// `name=value`, as the server set it.
    pub cookie: String,
}

/// All of these panic when the portal does not do as it should: there is nothing to measure then.
impl Portal {
    /// The portal at this URL, which visitors know by that origin.
    pub fn at(url: &str, origin: &str) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none());
        Self {
            client: client.build().expect("an HTTP client"),
            url: url.trim_end_matches('/').to_owned(),
            origin: origin.to_owned(),
        }
    }

    /// Its origin, as a page of it would say.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Where it is reached.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The header lines with which a page of it opens a live socket, each with its line end.
    pub fn headers(&self, session: &Session) -> String {
        format!("Origin: {}\r\nCookie: {}\r\n", self.origin, session.cookie)
    }

    /// Where it listens. Loopback and plain HTTP only: more would measure the network.
    pub fn address(&self) -> SocketAddr {
        let address = self
            .url
            .strip_prefix("http://")
            .expect("http://ADDRESS:PORT");
        address.parse().expect("http://ADDRESS:PORT")
    }

    /// Signs in.
    pub async fn enter(&self, link: &str, password: &str) -> Session {
        let encoded: String = password
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect();
        let request = self
            .client
            .post(format!("{}/portal/p/{link}", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &self.origin)
            .body(format!("password={encoded}"));
        let answer = request.send().await.expect("the portal answers");
        assert_eq!(
            answer.status(),
            StatusCode::SEE_OTHER,
            "the password is taken"
        );
        let cookie = answer.headers().get("set-cookie").expect("a cookie");
        let cookie = cookie.to_str().expect("ASCII");
        let (cookie, _attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        Session {
            cookie: cookie.to_owned(),
        }
    }

    /// The ids of the locations that the session sees, with a meter or without.
    pub async fn locations(&self, session: &Session) -> Vec<String> {
        let answer = self.overview(session).await;
        assert_eq!(answer.status(), StatusCode::OK, "the overview is shown");
        let overview: Value =
            serde_json::from_str(&answer.text().await.expect("a body")).expect("JSON");
        let locations = overview["locations"].as_array().expect("locations");
        locations
            .iter()
            .map(|location| location["id"].as_str().expect("an id").to_owned())
            .collect()
    }

    /// The status with which the session is answered now.
    pub async fn status(&self, session: &Session) -> u16 {
        self.overview(session).await.status().as_u16()
    }

    async fn overview(&self, session: &Session) -> Response {
        let request = self
            .client
            .get(format!("{}/portal/api/overview", self.url))
            .header("cookie", &session.cookie);
        request.send().await.expect("the portal answers")
    }
}
