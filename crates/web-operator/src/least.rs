//! Who may use a route: what the route table says, and what holds where it says nothing.

use actix_web::http::Method;
use auth::Role;

use crate::routes::TABLE;

/// Who may use a method of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Least {
    /// Everybody, without a session.
    Open,
    /// Who is signed in with this role or a higher one.
    Of(Role),
}

/// Who may use this method at the route of that pattern. What the table does not say takes
/// [`Role::Admin`]: a method without a role, and a route that is not in it at all.
pub(crate) fn least(pattern: &str, method: &Method) -> Least {
    // Whoever may read may ask whether there is something to read.
    let method = match *method {
        Method::HEAD => "GET",
        ref other => other.as_str(),
    };
    let said = methods_of(pattern).find_map(|entry| match entry.split_once(':') {
        Some((name, who)) if name == method => read(who),
        _ => None,
    });
    said.unwrap_or(Least::Of(Role::Admin))
}

/// Whether the route of that pattern can be opened with a browser.
pub(crate) fn is_page(pattern: &str) -> bool {
    methods_of(pattern).any(|entry| entry == "GET" || entry.starts_with("GET:"))
}

fn methods_of(pattern: &str) -> impl Iterator<Item = &'static str> {
    let rows = TABLE.iter().filter(move |(_, path)| *path == pattern);
    rows.flat_map(|(methods, _)| methods.split(' '))
}

fn read(who: &str) -> Option<Least> {
    match who {
        "open" => Some(Least::Open),
        role => role.parse().ok().map(Least::Of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_table_says_holds() {
        for (pattern, method, due) in [
            ("/healthz", Method::GET, Least::Open),
            ("/login", Method::POST, Least::Open),
            ("/", Method::GET, Least::Of(Role::Operator)),
            ("/", Method::HEAD, Least::Of(Role::Operator)),
            ("/units", Method::GET, Least::Of(Role::Operator)),
        ] {
            assert_eq!(least(pattern, &method), due, "{method} {pattern}");
        }
    }

    #[test]
    fn what_it_does_not_say_takes_an_admin() {
        for (pattern, method) in [
            ("/units", Method::POST),
            ("/clients/new", Method::GET),
            ("/healthz", Method::POST),
            ("/", Method::DELETE),
            ("/not/in/the/table", Method::GET),
        ] {
            let due = Least::Of(Role::Admin);
            assert_eq!(least(pattern, &method), due, "{method} {pattern}");
        }
    }

    #[test]
    fn every_word_of_the_table_is_one() {
        for (methods, path) in TABLE {
            for entry in methods.split(' ') {
                let (method, who) = entry.split_once(':').unwrap_or((entry, "admin"));
                assert!(["GET", "POST", "PUT", "DELETE"].contains(&method), "{path}");
                assert!(read(who).is_some(), "{who} of {path} is nobody");
            }
        }
    }

    #[test]
    fn a_path_stands_in_it_once() {
        let mut paths: Vec<_> = TABLE.iter().map(|(_, path)| path).collect();
        let all = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), all);
    }
}
