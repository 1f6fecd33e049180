//! How a command answers.

use std::io::{Write, stdout};

use serde::Serialize;

use crate::error::AdminError;

/// What a command answers: an object for programs, lines for people.
pub(crate) trait Report: Serialize {
    /// The lines for people, without the last line's end.
    fn text(&self) -> String;
}

/// Where answers go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    /// For programs rather than people.
    pub(crate) json: bool,
}

impl Output {
    /// Writes the one answer of this run.
    pub(crate) fn say(self, report: &impl Report) -> Result<(), AdminError> {
        let mut line = if self.json {
            serde_json::to_string(report)?
        } else {
            report.text()
        };
        line.push('\n');
        let mut out = stdout().lock();
        out.write_all(line.as_bytes())?;
        Ok(out.flush()?)
    }
}

/// Something was made; people, too, get nothing but its id, so that a script can keep it.
#[derive(Debug, Serialize)]
pub(crate) struct Made {
    id: String,
}

impl Made {
    pub(crate) fn new(id: &impl ToString) -> Self {
        Self { id: id.to_string() }
    }
}

impl Report for Made {
    fn text(&self) -> String {
        self.id.clone()
    }
}

/// Columns with a heading each, as wide as they have to be; `-` where there is nothing.
pub(crate) fn table<const N: usize>(
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut lines = vec![headings.map(str::to_owned)];
    lines.extend(rows.into_iter().map(|row| row.map(|cell| printable(&cell))));
    let mut widths = [0; N];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.chars().count().max(*width);
        }
    }
    let lines: Vec<_> = lines.iter().map(|line| padded(line, &widths)).collect();
    lines.join("\n")
}

fn padded<const N: usize>(line: &[String; N], widths: &[usize; N]) -> String {
    let cells: Vec<_> = line
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!("{cell:width$}"))
        .collect();
    cells.join("  ").trim_end().to_owned()
}

/// What is not ours to have written may hold anything; a terminal gets none of it raw.
fn printable(cell: &str) -> String {
    if cell.is_empty() {
        return "-".to_owned();
    }
    cell.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_as_wide_as_its_cells() {
        let rows = [["1", "Zürich"], ["22", ""], ["3", "a\u{1b}[2Jb\n"]];
        let rows = rows.map(|row| row.map(str::to_owned));
        assert_eq!(
            table(["ID", "NAME"], rows),
            "ID  NAME\n1   Zürich\n22  -\n3   a\u{fffd}[2Jb\u{fffd}"
        );
    }

    #[test]
    fn an_empty_table_is_its_headings() {
        assert_eq!(table(["ID", "NAME"], []), "ID  NAME");
    }
}
