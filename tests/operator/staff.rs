//! Somebody of the firm at the operator app, as the pages' links and forms let them act.

use std::sync::Arc;

use testkit::{House, OperatorApp, Reply, Visitor};

/// A form that is refused: its fields, the field at which something is said, and words of that.
pub(super) type Refusal<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

pub(super) struct Staff {
    visitor: Visitor,
    app: Arc<OperatorApp>,
}

impl Staff {
    pub(super) fn of(house: &House) -> Self {
        let app = Arc::new(house.office());
        Self {
            visitor: Visitor::at(&app.url()),
            app,
        }
    }

    /// Somebody else at the same app, whose browser brings this cookie.
    pub(super) fn colleague(&self, cookie: &str, value: &str) -> Self {
        Self {
            visitor: Visitor::at(&self.app.url()).with_cookie_of(cookie, value),
            app: Arc::clone(&self.app),
        }
    }

    /// Opens an address, whatever is there.
    pub(super) async fn tries(&self, path: &str) -> Reply {
        self.visitor.get(path).await
    }

    /// Opens a page that is there.
    pub(super) async fn opens(&self, path: &str) -> String {
        let reply = self.visitor.get(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.body
    }

    /// Sends a form, whatever comes of it.
    pub(super) async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.visitor.submit(path, fields).await
    }

    /// Sends a form that is taken, and is led on: where to.
    pub(super) async fn does(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let reply = self.sends(path, fields).await;
        assert_eq!(reply.status, 303, "{path}: {}", reply.body);
        reply.header("location").to_owned()
    }

    /// Sends a form that is refused: the page again, with what is said at that field.
    pub(super) async fn is_refused(&self, path: &str, fields: &[(&str, &str)], at: &str) -> String {
        let reply = self.sends(path, fields).await;
        assert_eq!(reply.status, 422, "{path} {fields:?}: {}", reply.body);
        let start = format!("<p class=\"problem\" id=\"{at}-problem\">");
        let said = reply.body.split_once(&start).map(|(_, rest)| rest);
        let said = said.unwrap_or_else(|| panic!("nothing is said at {at}: {}", reply.body));
        assert_eq!(
            reply.body.matches("<p class=\"problem\"").count(),
            1,
            "{}",
            reply.body
        );
        for (_, typed) in fields.iter().filter(|(name, _)| *name != "unit") {
            assert!(reply.body.contains(typed), "{typed} is lost");
        }
        said.split('<').next().expect("words").to_owned()
    }
}

/// Asserts that a page says all of these.
pub(super) fn says(page: &str, all: &[&str]) {
    for one in all {
        assert!(page.contains(one), "{one:?} is not said: {page}");
    }
}

/// Asserts that a page says none of these.
pub(super) fn is_silent_of(page: &str, none: &[&str]) {
    for one in none {
        assert!(!page.contains(one), "{one:?} is said: {page}");
    }
}
