//! Long lists: a page of what a search finds.
//!
//! What people look for is compared here and not in the database: the two engines differ in what
//! they take for the same letter (SQLite knows capitals of ASCII only) and in how they sort.

/// Which page of a list, and how long pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    number: usize,
    size: usize,
}

impl Page {
    /// The longest page, rows.
    pub const LONGEST: usize = 200;

    /// A page by its number, the first being 1. A number or a size that cannot be is the nearest
    /// that can: 1, and 1 to [`Self::LONGEST`] rows.
    pub fn new(number: usize, size: usize) -> Self {
        Self {
            number: number.max(1),
            size: size.clamp(1, Self::LONGEST),
        }
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self.number
    }

    /// How many rows it has at most.
    pub fn size(self) -> usize {
        self.size
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::new(1, 50)
    }
}

/// One page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paged<T> {
    /// The rows of the page; none beyond the last.
    pub items: Vec<T>,
    /// How many were found in all.
    pub total: usize,
    /// Which page it is.
    pub page: Page,
}

impl<T> Paged<T> {
    /// How many pages there are: 1 where nothing was found.
    pub fn pages(&self) -> usize {
        self.total.div_ceil(self.page.size).max(1)
    }

    pub(crate) fn cut(found: Vec<T>, page: Page) -> Self {
        let total = found.len();
        let before = (page.number - 1).saturating_mul(page.size);
        Self {
            items: found.into_iter().skip(before).take(page.size).collect(),
            total,
            page,
        }
    }
}

/// What somebody looks for: words, each of which has to stand somewhere, in whatever case.
pub(crate) struct Words(Vec<String>);

impl Words {
    pub(crate) fn of(search: &str) -> Self {
        Self(search.split_whitespace().map(str::to_lowercase).collect())
    }

    pub(crate) fn found_in(&self, texts: &[Option<&str>]) -> bool {
        // A line between two texts: no word reaches over it.
        let all = texts.iter().flatten().fold(String::new(), |mut all, text| {
            all.push_str(&text.to_lowercase());
            all.push('\n');
            all
        });
        self.0.iter().all(|word| all.contains(word))
    }
}

/// What names are sorted by: like letters together, whatever their case.
pub(crate) fn by_name(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_and_end() {
        let page = |number| Paged::cut((1..=5).collect(), Page::new(number, 2));
        assert_eq!((page(1).items, page(3).items), (vec![1, 2], vec![5]));
        assert_eq!((page(4).items, page(usize::MAX).items), (vec![], vec![]));
        assert_eq!(
            (page(0).page.number(), page(1).pages(), page(9).total),
            (1, 3, 5)
        );
        assert_eq!(Page::new(1, 0).size(), 1);
        assert_eq!(Page::new(1, 9999).size(), Page::LONGEST);
        assert_eq!(Paged::<u8>::cut(vec![], Page::default()).pages(), 1);
    }

    #[test]
    fn every_word_has_to_stand_somewhere() {
        let texts = [Some("Überseequartier Süd"), None, Some("P-17")];
        for (search, found) in [
            ("", true),
            ("  ", true),
            ("übersee", true),
            ("p-17 SÜD", true),
            ("p-17 nord", false),
            ("%", false),
            ("südp", false),
        ] {
            assert_eq!(Words::of(search).found_in(&texts), found, "{search:?}");
        }
    }
}
