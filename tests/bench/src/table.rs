//! The one table: a line for each thing that is to be reached.

use std::fmt;

/// What was to be reached, what was, and how the two compare.
#[derive(Debug, Clone)]
pub struct Line {
    what: String,
    reach: String,
    measured: String,
    ratio: String,
    met: bool,
}

impl Line {
    /// A share of what the bare handler does, at least so much of it.
    pub fn share(what: &str, ours: f64, bare: f64, least: f64) -> Self {
        let share = ours / bare;
        Self {
            what: what.to_owned(),
            reach: format!("≥ {:.0} % of bare", 100.0 * least),
            measured: format!("{} (bare {})", Figure(ours), Figure(bare)),
            ratio: format!("{:.0} %", 100.0 * share),
            met: share >= least,
        }
    }

    /// Something of which less is better, at most so much of it.
    pub fn most(what: &str, measured: f64, most: f64, unit: &str) -> Self {
        Self {
            what: what.to_owned(),
            reach: format!("≤ {} {unit}", Figure(most)).trim_end().to_owned(),
            measured: format!("{} {unit}", Figure(measured)).trim_end().to_owned(),
            ratio: format!("{:.2}", measured / most),
            met: measured <= most,
        }
    }

    /// Something that has to be exactly so much.
    pub fn exactly(what: &str, measured: u64, wanted: u64) -> Self {
        Self {
            what: what.to_owned(),
            reach: Figure(wanted as f64).to_string(),
            measured: Figure(measured as f64).to_string(),
            ratio: String::new(),
            met: measured == wanted,
        }
    }

    /// The same with a word more on what was measured.
    #[must_use]
    pub fn of(mut self, words: &str) -> Self {
        self.measured = format!("{}, {words}", self.measured);
        self
    }
}

/// All lines, in order.
pub struct Table(pub Vec<Line>);

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | to reach | measured | ratio | met |")?;
        writeln!(f, "| --- | --- | --- | --- | --- |")?;
        for line in &self.0 {
            let Line {
                what,
                reach,
                measured,
                ratio,
                met,
            } = line;
            let met = if *met { "yes" } else { "**no**" };
            writeln!(f, "| {what} | {reach} | {measured} | {ratio} | {met} |")?;
        }
        Ok(())
    }
}

/// A number with as many digits as say something.
pub struct Figure(pub f64);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number) = *self;
        if number >= 1000.0 {
            let whole = number.round() as u64;
            if whole >= 1_000_000 {
                return write!(
                    f,
                    "{},{:03},{:03}",
                    whole / 1_000_000,
                    whole / 1000 % 1000,
                    whole % 1000
                );
            }
            write!(f, "{},{:03}", whole / 1000, whole % 1000)
        } else if number >= 100.0 || number.fract() == 0.0 {
            write!(f, "{number:.0}")
        } else if number >= 10.0 {
            write!(f, "{number:.1}")
        } else {
            write!(f, "{number:.2}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_digits_that_say_something() {
        let told = [0.054, 0.0, 9.996, 12.0, 13.62, 150.4, 1000.0, 65_722.4, 5e6];
        let told: Vec<String> = told.map(|n| Figure(n).to_string()).to_vec();
        let wanted = [
            "0.05",
            "0",
            "10.00",
            "12",
            "13.6",
            "150",
            "1,000",
            "65,722",
            "5,000,000",
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn a_bound_is_met_at_the_bound_and_not_past_it() {
        let met = |line: Line| line.met;
        assert!(met(Line::most("", 12.0, 12.0, "KiB")) && !met(Line::most("", 12.1, 12.0, "KiB")));
        assert!(met(Line::share("", 70.0, 100.0, 0.7)) && !met(Line::share("", 69.0, 100.0, 0.7)));
        assert!(met(Line::exactly("", 20, 20)) && !met(Line::exactly("", 19, 20)));
    }
}
