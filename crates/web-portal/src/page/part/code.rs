//! Short codes by which a location is found again on the strip, the tiles and the map.

/// `A` to `Z`, then `AA`: letters, since a number would be read as a level.
pub(crate) fn code(index: usize) -> String {
    const LETTERS: [char; 26] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R',
        'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let last = LETTERS.get(index % 26).copied().unwrap_or('A');
    let before = match index / 26 {
        0 => String::new(),
        more => code(more - 1),
    };
    before + &last.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_letters_that_do_not_run_out() {
        let told = [0, 1, 25, 26, 27, 701, 702].map(code);
        assert_eq!(told, ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
