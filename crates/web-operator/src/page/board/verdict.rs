//! The day in a sentence and in five figures.

use serde::Serialize;

/// What is the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Verdict {
    /// The class, which is the name of its shape too: `above`, `offline`, `unavailable`, `below`.
    pub(super) class: &'static str,
    /// The most urgent thing.
    pub(super) words: String,
    /// What else is to be known.
    pub(super) more: Vec<String>,
}

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Figure {
    /// The class, which is the name of its shape too.
    pub(super) class: &'static str,
    pub(super) name: &'static str,
    pub(super) value: String,
    /// What the number is to be seen against; empty for nothing.
    pub(super) note: String,
    /// Where more of it is told, where there is more.
    pub(super) href: Option<&'static str>,
}

/// What is counted on the board.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) projects: usize,
    pub(super) meters: usize,
    pub(super) measuring: usize,
    pub(super) silent: usize,
    pub(super) broken: usize,
    /// Limits broken at meters that are not heard, and not over when they were.
    pub(super) not_over: usize,
    /// Meters that SLMM was not asked about yet.
    pub(super) unheard: usize,
    /// Meters of whose limits SLMM was not asked yet.
    pub(super) unasked: usize,
    /// Meters of whose limits SLMM did not say anything.
    pub(super) unsaid: usize,
    pub(super) open_portals: usize,
    pub(super) reachable: bool,
}

impl Tally {
    pub(super) fn verdict(&self) -> Verdict {
        let mut said = Vec::new();
        if self.broken > 0 {
            let verb = if self.broken == 1 { "is" } else { "are" };
            let limits = count(self.broken, "limit");
            said.push(("above", format!("{limits} {verb} being broken.")));
        }
        if self.silent > 0 {
            let verb = if self.silent == 1 { "is" } else { "are" };
            let meters = count(self.silent, "meter");
            said.push(("offline", format!("{meters} {verb} silent.")));
        }
        if self.not_over > 0 {
            let limits = count(self.not_over, "limit");
            let words = format!("{limits} broken, and not over when last heard.");
            said.push(("unavailable", words));
        }
        if self.unsaid > 0 {
            let meters = count(self.unsaid, "meter");
            let words = format!("For {meters} SLMM does not say whether a limit is broken.");
            said.push(("unavailable", words));
        }
        if self.unasked > 0 {
            let meters = count(self.unasked, "meter");
            let words = format!("Limits not asked yet for {meters}: they follow in a moment.");
            said.push(("unavailable", words));
        } else if self.unheard > 0 {
            let meters = count(self.unheard, "meter");
            let words = format!("Not heard yet of {meters}: they follow in a moment.");
            said.push(("unavailable", words));
        }
        if said.is_empty() {
            said.push(("below", self.calm().to_owned()));
        }
        let mut said = said.into_iter();
        let (class, words) = said.next().unwrap_or_default();
        Verdict {
            class,
            words,
            more: said.map(|(_, words)| words).collect(),
        }
    }

    fn calm(&self) -> &'static str {
        match (self.projects, self.meters) {
            (0, _) => "No project is being monitored.",
            (_, 0) => "No meter stands at a location.",
            _ => "All is well: no limit is being broken, and every meter is heard.",
        }
    }

    pub(super) fn figures(&self) -> Vec<Figure> {
        let judged = self.meters.saturating_sub(self.unasked + self.unsaid);
        let broken = match judged {
            0 if self.meters > 0 => "unavailable",
            _ => if_any(self.broken, "above"),
        };
        let judged =
            (judged < self.meters).then(|| format!("known of {judged} of {}", self.meters));
        let unheard = (self.unheard > 0).then(|| format!("{} not heard yet", self.unheard));
        let (slmm, answers) = if self.reachable {
            ("below", "answers")
        } else {
            ("offline", "does not answer")
        };
        let limits = Figure::new(broken, "Limits broken", self.broken);
        vec![
            Figure {
                // Nothing counted is not the same as a count of nothing.
                value: if broken == "unavailable" {
                    "–".to_owned()
                } else {
                    limits.value.clone()
                },
                ..limits
            }
            .note(judged)
            .more("#breaches", self.broken > 0),
            Figure::new(if_any(self.silent, "offline"), "Silent meters", self.silent)
                .note(unheard)
                .more("#silent", self.silent > 0),
            Figure::new("free", "Measuring", self.measuring)
                .note(Some(format!("of {}", count(self.meters, "meter"))))
                .more("#projects", true),
            Figure::new("free", "Portals open", self.open_portals).more("#visits", true),
            Figure {
                value: answers.to_owned(),
                ..Figure::new(slmm, "SLMM", 0).more("/system", true)
            },
        ]
    }
}

impl Figure {
    fn new(class: &'static str, name: &'static str, value: usize) -> Self {
        Self {
            class,
            name,
            value: value.to_string(),
            note: String::new(),
            href: None,
        }
    }

    fn note(mut self, note: Option<String>) -> Self {
        self.note = note.unwrap_or_default();
        self
    }

    fn more(mut self, href: &'static str, is_there: bool) -> Self {
        self.href = is_there.then_some(href);
        self
    }
}

fn if_any(number: usize, class: &'static str) -> &'static str {
    if number > 0 { class } else { "below" }
}

/// "1 meter", "2 meters".
pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calm() -> Tally {
        Tally {
            projects: 2,
            meters: 4,
            measuring: 4,
            reachable: true,
            ..Tally::default()
        }
    }

    #[test]
    fn the_most_urgent_is_said_first_and_calm_only_where_it_is() {
        let all_well = calm().verdict();
        assert_eq!((all_well.class, all_well.more.len()), ("below", 0));
        assert!(all_well.words.starts_with("All is well"));
        let bad = Tally {
            broken: 1,
            silent: 2,
            unsaid: 1,
            ..calm()
        };
        let verdict = bad.verdict();
        assert_eq!(verdict.words, "1 limit is being broken.");
        assert_eq!(verdict.more[0], "2 meters are silent.");
        assert!(verdict.more[1].starts_with("For 1 meter SLMM does not say"));
        assert_eq!(
            Tally::default().verdict().words,
            "No project is being monitored."
        );
    }

    #[test]
    fn what_was_not_asked_yet_is_neither_well_nor_broken() {
        let start = Tally {
            unheard: 4,
            unasked: 4,
            measuring: 0,
            ..calm()
        };
        let verdict = start.verdict();
        assert!(
            verdict
                .words
                .starts_with("Limits not asked yet for 4 meters")
        );
        assert_eq!(verdict.class, "unavailable");
        let figures = start.figures();
        assert_eq!(
            (figures[0].class, figures[0].note.as_str()),
            ("unavailable", "known of 0 of 4")
        );
        assert_eq!(figures[0].value, "–");
        assert_eq!(figures[1].note, "4 not heard yet");
    }
}
