//! The newest warnings and errors of this process's log, kept for staff to look at.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Clock, SystemClock, Timestamp};
use serde::{Deserialize, Serialize};

/// How many lines are kept; the oldest goes.
const KEPT: usize = 50;
/// How many of them another process is told, so that a report stays small.
const TOLD: usize = 10;
/// The longest line, characters.
const LENGTH: usize = 300;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is not as it should be.
    Warning,
    /// Something was not done.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When it was last written, UTC.
    pub at: Timestamp,
    /// How bad it is.
    pub severity: Severity,
    /// The part of the program that wrote it.
    pub source: String,
    /// What it says, at most 300 characters without line breaks.
    pub text: String,
    /// How often it was written in a row.
    pub times: u64,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    at: i64,
    severity: Severity,
    source: String,
    text: String,
    times: u64,
}

/// The newest 50 warnings and errors of a process, and how many there were. Clones are the same.
#[derive(Clone)]
pub struct RecentLog(Arc<Inner>);

struct Inner {
    clock: Arc<dyn Clock>,
    warnings: AtomicU64,
    errors: AtomicU64,
    lines: Mutex<VecDeque<LogLine>>,
}

impl Default for RecentLog {
    fn default() -> Self {
        Self::new(Arc::new(SystemClock))
    }
}

impl RecentLog {
    /// An empty one.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner {
            clock,
            warnings: AtomicU64::new(0),
            errors: AtomicU64::new(0),
            lines: Mutex::default(),
        }))
    }

    /// Keeps a line. The same line again takes no place of its own.
    pub fn keep(&self, severity: Severity, source: &str, text: &str) {
        let counter = match severity {
            Severity::Warning => &self.0.warnings,
            Severity::Error => &self.0.errors,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        let (at, text) = (self.0.clock.now(), one_line(text));
        let mut lines = self.lines();
        if let Some(last) = lines.back_mut()
            && (last.severity, last.source.as_str(), &last.text) == (severity, source, &text)
        {
            last.at = at;
            last.times += 1;
            return;
        }
        if lines.len() >= KEPT {
            lines.pop_front();
        }
        lines.push_back(LogLine {
            at,
            severity,
            source: source.to_owned(),
            text,
            times: 1,
        });
    }

    /// How many warnings there were since the start.
    pub fn warnings(&self) -> u64 {
        self.0.warnings.load(Ordering::Relaxed)
    }

    /// How many errors there were since the start.
    pub fn errors(&self) -> u64 {
        self.0.errors.load(Ordering::Relaxed)
    }

    /// What is kept, newest first.
    pub fn newest(&self) -> Vec<LogLine> {
        self.lines().iter().rev().cloned().collect()
    }

    /// The newest 10 lines as JSON, for [`read_log`] of another process.
    pub fn told(&self) -> String {
        let wire = |line: LogLine| Wire {
            at: line.at.as_millisecond(),
            severity: line.severity,
            source: line.source,
            text: line.text,
            times: line.times,
        };
        let lines: Vec<Wire> = self.newest().into_iter().take(TOLD).map(wire).collect();
        // Texts and numbers can always be written.
        serde_json::to_string(&lines).unwrap_or_default()
    }

    fn lines(&self) -> MutexGuard<'_, VecDeque<LogLine>> {
        self.0.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for RecentLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecentLog({} lines)", self.lines().len())
    }
}

/// What [`RecentLog::told`] has written, newest first. Of what cannot be read nothing is known.
pub fn read_log(text: &str) -> Vec<LogLine> {
    let lines: Vec<Wire> = serde_json::from_str(text).unwrap_or_default();
    let line = |wire: Wire| {
        Some(LogLine {
            at: Timestamp::from_millisecond(wire.at).ok()?,
            severity: wire.severity,
            source: wire.source,
            text: wire.text,
            times: wire.times,
        })
    };
    lines.into_iter().filter_map(line).collect()
}

fn one_line(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut line: String = plain.take(LENGTH).collect();
    if text.chars().nth(LENGTH).is_some() {
        line.pop();
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_fifty_are_kept_and_all_are_counted() {
        let log = RecentLog::default();
        for number in 0..60 {
            log.keep(Severity::Warning, "slmm", &format!("line {number}"));
        }
        log.keep(Severity::Error, "web", "broken\nin two");
        let lines = log.newest();
        assert_eq!((lines.len(), log.warnings(), log.errors()), (50, 60, 1));
        assert_eq!(lines[0].text, "broken in two");
        assert_eq!(lines[49].text, "line 11");
    }

    #[test]
    fn a_line_that_repeats_itself_takes_one_place() {
        let log = RecentLog::default();
        for _ in 0..3 {
            log.keep(Severity::Error, "web", "broken");
        }
        log.keep(Severity::Warning, "web", "broken");
        let times: Vec<u64> = log.newest().iter().map(|line| line.times).collect();
        assert_eq!((times, log.errors()), (vec![1, 3], 3));
    }

    #[test]
    fn what_is_told_reads_back_and_is_bounded() {
        let log = RecentLog::default();
        for number in 0..50 {
            log.keep(
                Severity::Error,
                "web",
                &format!("{number} {}", "ü\"".repeat(1000)),
            );
        }
        let told = log.told();
        assert!(told.len() < 10 * 4 * LENGTH, "{}", told.len());
        let lines = read_log(&told);
        assert_eq!(lines.len(), TOLD);
        assert_eq!(lines[0].text.chars().count(), LENGTH);
        assert!(lines[0].text.starts_with("49 ü") && lines[0].text.ends_with('…'));
        assert_eq!(
            lines[0].at.as_millisecond(),
            log.newest()[0].at.as_millisecond()
        );
        assert_eq!(read_log("[{\"at\":1}]"), []);
        assert_eq!(read_log(""), []);
    }
}
