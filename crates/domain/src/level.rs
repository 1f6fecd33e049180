//! Sound levels and the only averages that hold for them.

use std::fmt;

/// A sound level in dB that a sound level meter can have shown: finite, from −20 to 200.
/// There is no other way to have one, so a `Decibel` is never `NaN` and never stands for "no value".
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Decibel(f64);

impl Decibel {
    /// The lowest level believed, dB.
    pub const MIN: f64 = -20.0;
    /// The highest level believed, dB.
    pub const MAX: f64 = 200.0;

    /// The level, or `None` for anything no meter shows.
    pub fn new(db: f64) -> Option<Self> {
        // The sum turns −0.0 into 0.0, which would print with its sign.
        (Self::MIN..=Self::MAX)
            .contains(&db)
            .then_some(Self(db + 0.0))
    }

    /// Reads a level as a meter writes it: optional sign, digits, optionally a point and digits,
    /// blanks around. `-.-`, an empty text, exponents, `NaN` and markup are no value.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(' ');
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let numeric = |part: &str| {
            (1..=6).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if numeric(whole) && numeric(fraction) {
            text.parse().ok().and_then(Self::new)
        } else {
            None
        }
    }

    /// The level in dB, unrounded: limits are compared with this.
    pub fn db(self) -> f64 {
        self.0
    }

    /// The level in dB rounded half up (away from zero) to one decimal, as it is shown.
    pub fn rounded(self) -> f64 {
        // The small term undoes binary representation: 65.25 − ε must not become 65.2.
        let tenths = (self.0.abs() * 10.0 + 1e-9 + 0.5).floor() / 10.0;
        if self.0 < 0.0 && tenths > 0.0 {
            -tenths
        } else {
            tenths
        }
    }
}

impl fmt::Display for Decibel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1}", self.rounded())
    }
}

/// The energy mean of levels, dB: `10·log10(mean(10^(L/10)))` (ISO 1996-1). Equal durations are
/// assumed. `None` where there is no level.
pub fn energy_mean(levels: impl IntoIterator<Item = Decibel>) -> Option<Decibel> {
    let (count, energy) = levels
        .into_iter()
        .fold((0_u32, 0.0), |(count, sum), level| {
            (count + 1, sum + 10_f64.powf(level.0 / 10.0))
        });
    if count == 0 {
        return None;
    }
    // Rounding of the logarithm must not carry a mean out of the range of its terms.
    let mean = 10.0 * (energy / f64::from(count)).log10();
    Decibel::new(mean.clamp(Decibel::MIN, Decibel::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn db(value: f64) -> Decibel {
        Decibel::new(value).unwrap()
    }

    #[test]
    fn a_level_is_read_as_the_meter_writes_it() {
        for (text, level) in [
            ("65.4", 65.4),
            (" 65.4 ", 65.4),
            ("0.0", 0.0),
            ("-3.2", -3.2),
            ("120", 120.0),
        ] {
            assert_eq!(Decibel::parse(text).map(Decibel::db), Some(level), "{text}");
        }
    }

    #[test]
    fn what_is_no_level_is_no_value_and_never_zero() {
        for text in [
            "",
            " ",
            "-.-",
            "  -.-",
            "--",
            ".",
            "-",
            "+",
            "5.",
            ".5",
            "nan",
            "NaN",
            "inf",
            "-inf",
            "1e3",
            "1e999",
            "200.1",
            "-20.1",
            "99999999999999999999",
            "<b>99</b>",
            "65,4",
            "65.4 dB",
            "0x10",
            "６５",
            "65\u{a0}",
            "\t65",
            "6_5",
        ] {
            assert_eq!(Decibel::parse(text), None, "{text:?}");
        }
        assert_eq!(Decibel::new(f64::NAN), None);
        assert_eq!(Decibel::new(f64::INFINITY), None);
    }

    #[test]
    fn levels_are_shown_with_one_decimal_rounded_half_up() {
        for (value, shown) in [
            (65.25, "65.3"),
            (65.04, "65.0"),
            (-0.04, "0.0"),
            (-3.25, "-3.3"),
            (99.95, "100.0"),
        ] {
            assert_eq!(db(value).to_string(), shown);
        }
    }

    #[test]
    fn the_mean_of_levels_is_of_their_energy() {
        // Sixty and eighty average to 77.0, not to seventy.
        assert_eq!(
            energy_mean([db(60.0), db(80.0)]).unwrap().to_string(),
            "77.0"
        );
        // One minute at 90 within fifteen at 55.
        let quarter = std::iter::once(db(90.0)).chain(std::iter::repeat_n(db(55.0), 14));
        assert_eq!(energy_mean(quarter).unwrap().to_string(), "78.3");
        assert_eq!(energy_mean([]), None);
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_yields_only_levels(text in ".{0,40}") {
            if let Some(level) = Decibel::parse(&text) {
                prop_assert!((Decibel::MIN..=Decibel::MAX).contains(&level.db()));
            }
        }

        #[test]
        fn a_shown_level_reads_back(value in -20.0..200.0_f64) {
            let shown = db(value).to_string();
            prop_assert!((Decibel::parse(&shown).unwrap().db() - value).abs() <= 0.05 + 1e-9);
        }

        #[test]
        fn a_mean_lies_within_its_terms(values in proptest::collection::vec(-20.0..200.0_f64, 1..50)) {
            let mean = energy_mean(values.iter().copied().map(db)).unwrap().db();
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(low - 1e-9 <= mean && mean <= high + 1e-9);
        }
    }
}
