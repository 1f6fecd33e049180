//! What was so, in words that people may read.

use std::fmt::{Display, Write};

/// What was so, as `name="…"; status="…"`. It is made of what people may read in the log: never of
/// a password, a hash, a link token or a ticket.
#[derive(Debug, Default)]
pub(crate) struct State(pub(super) String);

impl State {
    pub(crate) fn text(self, name: &str, value: impl AsRef<str>) -> Self {
        // Quoted and escaped: no value can look like another field, or like another line.
        self.plain(name, format_args!("{:?}", value.as_ref()))
    }

    pub(crate) fn optional(self, name: &str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    pub(crate) fn plain(mut self, name: &str, value: impl Display) -> Self {
        if !self.0.is_empty() {
            self.0.push_str("; ");
        }
        // Writing to a String does not fail.
        write!(self.0, "{name}={value}").unwrap_or_default();
        self
    }
}

/// What an edit makes another: a field that stays as it was is not written down. Where there was
/// or is nothing, `none` stands, without quotes.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    before: State,
    after: State,
}

impl Changes {
    pub(crate) fn text(self, name: &str, old: &str, new: &str) -> Self {
        self.optional(name, Some(old), Some(new))
    }

    pub(crate) fn optional(self, name: &str, old: Option<&str>, new: Option<&str>) -> Self {
        let quoted = |text: Option<&str>| text.map(|text| format!("{text:?}"));
        self.plain(name, quoted(old), quoted(new))
    }

    pub(crate) fn plain<T: Display + PartialEq>(
        mut self,
        name: &str,
        old: Option<T>,
        new: Option<T>,
    ) -> Self {
        if old != new {
            self.before = written(self.before, name, old);
            self.after = written(self.after, name, new);
        }
        self
    }

    /// What was and what is; `None` where nothing is another.
    pub(crate) fn states(self) -> Option<(State, State)> {
        (!self.before.0.is_empty()).then_some((self.before, self.after))
    }
}

fn written<T: Display>(state: State, name: &str, value: Option<T>) -> State {
    match value {
        Some(value) => state.plain(name, value),
        None => state.plain(name, "none"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_written_down() {
        let changes = Changes::default()
            .text("name", "A", "B")
            .optional("email", Some("none"), None)
            .optional("number", None, None)
            .plain("latitude", None, Some(40.5));
        let (before, after) = changes.states().unwrap();
        assert_eq!(before.0, r#"name="A"; email="none"; latitude=none"#);
        assert_eq!(after.0, r#"name="B"; email=none; latitude=40.5"#);
        assert!(Changes::default().text("name", "A", "A").states().is_none());
    }
}
