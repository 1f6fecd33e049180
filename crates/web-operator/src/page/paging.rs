//! From page to page of a long list.

use serde::Serialize;

/// Which page of a list is shown, and where the pages next to it are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Paging {
    pub(super) number: usize,
    pub(super) pages: usize,
    pub(super) before: Option<String>,
    pub(super) next: Option<String>,
}

impl Paging {
    /// Page `number` of `pages`, from 1, of the list at `path` with these filters.
    pub(crate) fn of(path: &str, filters: &[(&str, String)], number: usize, pages: usize) -> Self {
        let href = |page: usize| {
            let page = ("page", page.to_string());
            let said = filters.iter().filter(|(_, value)| !value.is_empty());
            let pairs: Vec<_> = said.chain([&page]).collect();
            // Texts can always be written so.
            let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
            format!("{path}?{query}")
        };
        Self {
            number,
            pages,
            before: (number > 1).then(|| href((number - 1).min(pages))),
            next: (number < pages).then(|| href(number + 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_next_to_one_keep_the_filters() {
        let filters = [("q", "a & b".to_owned()), ("status", String::new())];
        let paging = |number| Paging::of("/projects", &filters, number, 3);
        assert_eq!(paging(1).before, None);
        assert_eq!(
            paging(1).next.as_deref(),
            Some("/projects?q=a+%26+b&page=2")
        );
        assert_eq!(paging(3).next, None);
        // Beyond the last there is only a way back.
        assert_eq!(
            paging(9).before.as_deref(),
            Some("/projects?q=a+%26+b&page=3")
        );
    }
}
