//! Where somebody wanted to go before they were asked to sign in.

use actix_web::HttpRequest;

use crate::page::form::query;

/// A page of this app; `/`, the board, unless somebody wanted to go elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Onward(Option<String>);

/// The longest that is remembered, bytes.
const LONGEST: usize = 1024;

impl Onward {
    /// To a path with its query. What leads out of this app, or back to the sign-in, is forgotten.
    pub(crate) fn to(path: &str) -> Self {
        let here = path.starts_with('/') && !path.starts_with("//");
        // Browsers take `\` for `/`, and leave out blanks that stand in an address.
        let plain = path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let elsewhere = path != "/"
            && !["/login", "/logout"]
                .iter()
                .any(|way| path.starts_with(way));
        let kept = here && plain && elsewhere && path.len() <= LONGEST;
        Self(kept.then(|| path.to_owned()))
    }

    /// To where the page's address says.
    pub(super) fn of(request: &HttpRequest) -> Self {
        Self::to(&query(request, "next"))
    }

    /// Where to.
    pub(crate) fn path(&self) -> &str {
        self.0.as_deref().unwrap_or("/")
    }

    /// The address of a page from which it is gone on to there; `page` has no query yet, or ends
    /// with one.
    pub(crate) fn after(&self, page: &str) -> String {
        let Some(next) = &self.0 else {
            return page.to_owned();
        };
        let joint = if page.contains('?') { '&' } else { '?' };
        match serde_urlencoded::to_string([("next", next)]) {
            Ok(query) => format!("{page}{joint}{query}"),
            Err(_unwritable) => page.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_this_app_is_remembered() {
        for path in [
            "/projects",
            "/projects/1?page=2&search=a%2Fb",
            "/a//b",
            "/%2F%2Fevil",
        ] {
            assert_eq!(Onward::to(path).path(), path);
        }
        let onward = Onward::to("/projects?page=2&search=x");
        assert_eq!(
            onward.after("/login"),
            "/login?next=%2Fprojects%3Fpage%3D2%26search%3Dx"
        );
        assert_eq!(
            Onward::to("/a").after("/login?over"),
            "/login?over&next=%2Fa"
        );
    }

    #[test]
    fn whatever_else_leads_to_the_board() {
        for elsewhere in [
            "",
            "projects",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " //evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "/projects\r\nset-cookie: x=1",
            "/ü",
            "/login",
            "/login/code?next=/",
            "/logout",
        ] {
            assert_eq!(Onward::to(elsewhere), Onward::default(), "{elsewhere:?}");
        }
        assert_eq!(Onward::to(&format!("/{}", "a".repeat(2000))).path(), "/");
        assert_eq!(Onward::default().after("/login"), "/login");
    }
}
