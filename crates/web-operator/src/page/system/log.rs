//! Recent warnings and errors of all processes.

use domain::{TimeZone, Timestamp};
use serde::Serialize;
use store_operator::PortalProcess;
use web::RecentLog;
use web::recent::{LogLine, Severity, read_log};
use web::when::When;

/// How many lines are shown.
const SHOWN: usize = 100;

/// A line of a log.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    at: When,
    error: bool,
    severity: &'static str,
    /// The process that wrote it.
    process: String,
    /// The part of its program.
    source: String,
    text: String,
    /// How often in a row, where more than once.
    times: Option<u64>,
}

impl Line {
    fn of(process: &str, line: LogLine, zone: &TimeZone, now: Timestamp) -> Self {
        Self {
            at: When::day_and_minute(line.at, zone, now),
            error: line.severity == Severity::Error,
            severity: line.severity.as_str(),
            process: process.to_owned(),
            source: line.source,
            text: line.text,
            times: Some(line.times).filter(|times| *times > 1),
        }
    }

    /// For the samples of the page.
    pub(super) fn sample(severity: Severity, times: u64) -> Self {
        let line = LogLine {
            at: Timestamp::UNIX_EPOCH,
            severity,
            source: "slmm::hub".into(),
            text: "SLMM <does not answer> cause=timed out".into(),
            times,
        };
        Self::of("This app", line, &TimeZone::UTC, Timestamp::UNIX_EPOCH)
    }
}

/// The newest warnings and errors of this process and of those that report, newest first.
pub(super) fn lines(
    own: &RecentLog,
    processes: &[PortalProcess],
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<Line> {
    let own = own.newest().into_iter().map(|line| ("This app", line));
    let theirs = processes.iter().flat_map(|process| {
        let lines = read_log(&process.recent).into_iter();
        lines.map(|line| (process.address.as_str(), line))
    });
    let mut all: Vec<_> = own.chain(theirs).collect();
    all.sort_by_key(|(_, line)| std::cmp::Reverse(line.at));
    all.truncate(SHOWN);
    all.into_iter()
        .map(|(process, line)| Line::of(process, line, zone, now))
        .collect()
}
