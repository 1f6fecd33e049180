//! From one page of a list to the next.

use actix_web::HttpRequest;
use serde::Serialize;

use super::form::query;

/// Where the pages before and after are; `None` at either end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Links {
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// Such as "Page 2 of 3".
    pub(super) words: String,
}

impl Links {
    /// The links of page `number` of `pages`, the same filter kept.
    pub(crate) fn of(path: &str, filter: &[(&str, &str)], number: usize, pages: usize) -> Self {
        let link = |number: usize| {
            let page = number.to_string();
            address(path, filter, &[("page", &page)])
        };
        Self {
            before: (number > 1).then(|| link((number - 1).min(pages))),
            after: (number < pages).then(|| link(number + 1)),
            words: format!("Page {number} of {pages}"),
        }
    }
}

/// A path with what stands in the filter, and something more.
pub(crate) fn address(path: &str, filter: &[(&str, &str)], more: &[(&str, &str)]) -> String {
    let filled = filter.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<_> = filled.chain(more).collect();
    match serde_urlencoded::to_string(&pairs) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// The number of the page that is asked for; 1 where none is.
pub(crate) fn number(request: &HttpRequest, name: &str) -> usize {
    query(request, name).parse().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_goes_along_from_page_to_page() {
        let links = Links::of("/units", &[("search", "a&b"), ("show", "")], 2, 3);
        assert_eq!(
            (links.before.as_deref(), links.after.as_deref()),
            (
                Some("/units?search=a%26b&page=1"),
                Some("/units?search=a%26b&page=3")
            )
        );
        let only = Links::of("/units", &[], 1, 1);
        assert_eq!((only.before, only.after), (None, None));
        let beyond = Links::of("/units", &[], 9, 3);
        assert_eq!(beyond.before.as_deref(), Some("/units?page=3"));
        assert_eq!(address("/audit", &[("who", "")], &[]), "/audit");
    }
}
