//! Bytes that are almost right.

use std::collections::BTreeSet;

use crate::dice::Dice;

/// What parsers of numbers, texts, times and lists tend to stumble over.
const STUMBLES: &[&[u8]] = &[
    b"0",
    b"-1",
    b"-0",
    b"1e999",
    b"NaN",
    b"inf",
    b"0.1",
    b"48",
    b"256",
    b"65536",
    b"2147483648",
    b"9223372036854775807",
    b"-9223372036854775808",
    b"18446744073709551616",
    b"null",
    b"true",
    b"\"\"",
    b"[]",
    b"{}",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b",",
    b":",
    b";",
    b"=",
    b"&",
    b"%",
    b"%00",
    b"%ff",
    b"+",
    b".",
    b"/",
    b"//",
    b"\\\\",
    b"@",
    b" ",
    b"\t",
    b"\r\n",
    b"\n",
    b"\0",
    b"\x7f",
    b"\xff",
    b"\xc3",
    b"\xc3\xa9",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"::1",
    b"::ffff:127.0.0.1",
    b"127.0.0.1",
    b"24:00",
    b"<b>",
    b"9999-12-31T23:59:59.999999999",
    b"-009999-01-01T00:00:00",
];

/// The longest mutant, bytes.
const LONGEST: usize = 8192;

/// Makes mutants of some bodies.
pub(crate) struct Mutator<'a> {
    bodies: &'a [Vec<u8>],
    /// What the bodies are made of: runs of letters, digits and what stands within names.
    words: Vec<&'a [u8]>,
}

impl<'a> Mutator<'a> {
    pub(crate) fn new(bodies: &'a [Vec<u8>]) -> Self {
        let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.".contains(byte);
        let words: BTreeSet<&[u8]> = bodies
            .iter()
            .flat_map(|body| body.split(|byte| !is_of_word(byte)))
            .filter(|word| !word.is_empty())
            .collect();
        Self {
            bodies,
            words: words.into_iter().collect(),
        }
    }

    /// One of the bodies with one to six things done to it.
    pub(crate) fn mutant(&self, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = dice.of(self.bodies).cloned().unwrap_or_default();
        for _ in 0..=dice.below(6) {
            self.change(&mut bytes, dice);
            bytes.truncate(LONGEST);
        }
        bytes
    }

    fn change(&self, bytes: &mut Vec<u8>, dice: &mut Dice) {
        let place = dice.stretch(bytes.len());
        match dice.below(9) {
            0 => {
                let bit = 1 << dice.below(8);
                bytes
                    .iter_mut()
                    .skip(place.start)
                    .take(1)
                    .for_each(|byte| *byte ^= bit);
            }
            1 => {
                let byte = dice.byte();
                bytes.insert(place.start, byte);
            }
            2 => drop(bytes.drain(place)),
            3 => {
                let again = bytes[place.clone()].to_vec();
                bytes.splice(place.end..place.end, again);
            }
            4 => bytes.truncate(place.start),
            5 => replace(bytes, place, dice.of(STUMBLES).copied()),
            6 => replace(bytes, place.start..place.start, dice.of(STUMBLES).copied()),
            7 => replace(bytes, place, dice.of(&self.words).copied()),
            _ => {
                let other = dice.of(self.bodies).map_or(&[][..], Vec::as_slice);
                let part = dice.stretch(other.len());
                replace(bytes, place, other.get(part));
            }
        }
    }
}

fn replace(bytes: &mut Vec<u8>, place: std::ops::Range<usize>, with: Option<&[u8]>) {
    bytes.splice(place, with.unwrap_or_default().iter().copied());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_mutants_come_each_time_and_differ_from_each_other() {
        let bodies = [b"{\"lp\":\"65.4\"}".to_vec(), Vec::new()];
        let mutator = Mutator::new(&bodies);
        let all = |name: &str| -> Vec<Vec<u8>> {
            let mut dice = Dice::named(name);
            (0..500).map(|_| mutator.mutant(&mut dice)).collect()
        };
        let one = all("one");
        assert_eq!(one, all("one"));
        assert_ne!(one, all("other"));
        let different: BTreeSet<&Vec<u8>> = one.iter().collect();
        assert!(different.len() > 300, "{}", different.len());
        assert!(one.iter().all(|mutant| mutant.len() <= LONGEST));
    }
}
