//! What must not be found, and the search for it.

use auth::{Purpose, Signer};
use domain::Timestamp;
use testkit::Reply;

/// Texts that nobody outside may see, each with a word on what it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Secrets(Vec<(String, String)>);

impl Secrets {
    /// Adds a text that is long enough not to be found by chance.
    pub(crate) fn add(&mut self, what: &str, text: impl Into<String>) {
        let text = text.into();
        assert!(
            text.len() >= 5,
            "{what} = {text:?} would be found by chance"
        );
        self.0.push((what.to_owned(), text));
    }

    /// Adds a time, given in milliseconds, in the ways it might be written.
    pub(crate) fn add_millis(&mut self, what: &str, millis: &str) {
        let at = Timestamp::from_millisecond(millis.parse().unwrap()).unwrap();
        let whole = at.to_string();
        self.add(what, whole.split('.').next().unwrap());
        self.add(what, at.as_second().to_string());
    }

    /// With all of those, too.
    pub(crate) fn and(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self
    }

    /// What there is to be found.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(what, _)| what.as_str()).collect()
    }

    /// What is found in a text.
    pub(crate) fn found_in(&self, text: &str) -> Vec<&str> {
        let found = self.0.iter().filter(|(_, secret)| text.contains(secret));
        found.map(|(what, _)| what.as_str()).collect()
    }

    /// The answer holds none, neither in its body nor in a header nor inside a cookie.
    pub(crate) fn assert_absent(&self, reply: &Reply, context: &str) {
        let text = text_of(reply);
        let found = self.found_in(&text);
        assert!(found.is_empty(), "{context}: {found:?} in\n{text}");
    }
}

/// All that an answer says, as one text.
fn text_of(reply: &Reply) -> String {
    let mut text = format!("{}\n", reply.status);
    for (name, value) in &reply.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        text.push_str(&format!("{name}: {value}\n"));
        if name == "set-cookie" {
            text.push_str(&inside(&value));
        }
    }
    text + "\n" + &reply.body
}

/// What a session cookie says once its wrapping is off.
fn inside(cookie: &str) -> String {
    let token = cookie.split(['=', ';']).nth(1).unwrap_or_default();
    let signer = Signer::new(&testkit::apps::test_key(), &[]);
    match signer.verify(Purpose::PortalSession, token) {
        Ok(payload) => format!("(inside: {})\n", String::from_utf8_lossy(&payload)),
        Err(_cleared) => String::new(),
    }
}
