//! Somebody with a browser: keeps cookies, says where a form came from, follows nothing by itself.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{HeaderMap, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, redirect};
use serde_json::Value;

use crate::{PortalApp, TestPortal};

/// A visitor of a portal.
pub struct Visitor {
    client: Client,
    base: String,
    cookies: Mutex<BTreeMap<String, String>>,
    address: Option<String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as text.
    pub body: String,
}

impl Reply {
    /// A header's value, or an empty text.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// All that an onlooker could compare: status, headers but for the date, body.
    pub fn face(&self) -> (u16, Vec<(String, String)>, String) {
        let text = |value: &reqwest::header::HeaderValue| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let mut headers: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| *name != "date")
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect();
        headers.sort();
        (self.status, headers, self.body.clone())
    }
}

/// All of these panic when the portal does not answer.
impl Visitor {
    /// Somebody new.
    pub fn of(app: &PortalApp) -> Self {
        Self::at(&app.url())
    }

    /// Somebody new at another address.
    pub fn at(base: &str) -> Self {
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .build()
            .expect("a client");
        Self {
            client,
            base: base.to_owned(),
            cookies: Mutex::default(),
            address: None,
        }
    }

    /// Comes through the trusted proxy from this address.
    #[must_use]
    pub fn from_address(mut self, address: &str) -> Self {
        self.address = Some(address.to_owned());
        self
    }

    /// Brings this session cookie.
    #[must_use]
    pub fn with_cookie(self, value: &str) -> Self {
        self.with_cookie_of("portal_session", value)
    }

    /// Brings a cookie of that name.
    #[must_use]
    pub fn with_cookie_of(self, name: &str, value: &str) -> Self {
        self.cookies
            .lock()
            .expect("cookies")
            .insert(name.into(), value.into());
        self
    }

    /// The same browser at another server of the same portal.
    pub fn moves_to(&self, app: &PortalApp) -> Self {
        self.moves_to_address(&app.url())
    }

    /// The same browser at a server of that address.
    pub fn moves_to_address(&self, base: &str) -> Self {
        let cookies = Mutex::new(self.cookies.lock().expect("cookies").clone());
        Self {
            client: self.client.clone(),
            base: base.to_owned(),
            cookies,
            address: self.address.clone(),
        }
    }

    /// The session cookie that it holds.
    pub fn cookie(&self) -> Option<String> {
        self.cookie_of("portal_session")
    }

    /// The cookie of that name that it holds.
    pub fn cookie_of(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("cookies").get(name).cloned()
    }

    /// All that it holds, as a request says it.
    pub(crate) fn cookies(&self) -> Option<String> {
        let cookies = self.cookies.lock().expect("cookies");
        let pairs: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// Where it goes.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Opens an address.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path)).await
    }

    /// Tries a password at a link, as the prompt's form does.
    pub async fn knock(&self, link: &str, password: &str) -> Reply {
        self.submit(&format!("/portal/p/{link}"), &[("password", password)])
            .await
    }

    /// Sends a form with these headers.
    pub async fn post(&self, path: &str, body: String, headers: &[(&str, &str)]) -> Reply {
        let request = self
            .request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        self.send(headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        }))
        .await
    }

    /// Sends a form as a page of the same server does.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let own = [("sec-fetch-site", "same-origin")];
        self.post(path, form_encoded(fields), &own).await
    }

    /// Comes in by a portal's link and password.
    pub async fn enter(self, portal: &TestPortal) -> Self {
        let reply = self
            .knock(portal.link.as_str(), portal.password.reveal())
            .await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/portal"),
            "{}",
            reply.body
        );
        self
    }

    /// A request with this visitor's cookies, to be sent by [`Self::send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(cookies) = self.cookies() {
            request = request.header("cookie", cookies);
        }
        match &self.address {
            Some(address) => request.header("x-forwarded-for", address),
            None => request,
        }
    }

    /// Sends a form as [`Self::submit`] does, to a server that may end meanwhile: nothing where
    /// the answer did not come, or not whole.
    pub async fn tries(&self, path: &str, fields: &[(&str, &str)]) -> Option<Reply> {
        let request = self
            .request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(form_encoded(fields));
        self.attempt(request).await.ok()
    }

    /// Opens an address of a server that may end meanwhile, as [`Self::tries`].
    pub async fn tries_to_open(&self, path: &str) -> Option<Reply> {
        self.attempt(self.request(Method::GET, path)).await.ok()
    }

    /// Sends it and keeps the cookies that come back.
    pub async fn send(&self, request: RequestBuilder) -> Reply {
        self.attempt(request).await.expect("the portal answers")
    }

    async fn attempt(&self, request: RequestBuilder) -> reqwest::Result<Reply> {
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await?;
        for line in headers.get_all(SET_COOKIE) {
            self.keep(line.to_str().expect("a readable cookie"));
        }
        Ok(Reply {
            status,
            headers,
            body,
        })
    }

    fn keep(&self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=').expect("name=value");
        let mut cookies = self.cookies.lock().expect("cookies");
        if attributes.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

fn form_encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}
