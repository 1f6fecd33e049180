//! The strip: every live location on one axis, by its distance to its tightest limit.

use serde::Serialize;

use super::rail::percent;
use super::standing::Mark;

/// The ends of the axis, dB past the limit.
const AXIS: (f64, f64) = (-30.0, 10.0);
/// Labels nearer than this collide, per cent of the axis.
const LABEL_WIDTH: f64 = 5.0;

/// One location on the strip.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Marker {
    pub(in crate::page) code: String,
    pub(in crate::page) name: String,
    pub(in crate::page) mark: Mark,
    pub(in crate::page) x: String,
    /// The label's row: 0 above the axis, 1 below it, 2 and 3 farther out.
    pub(in crate::page) row: usize,
    /// "3.8 dB above", "10.4 dB below".
    pub(in crate::page) words: String,
}

/// What the strip is made of.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The location's code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
    /// How it stands.
    pub(crate) mark: Mark,
    /// dB past the limit; negative while it keeps to it.
    pub(crate) over: f64,
    /// dB above the limit's level, whichever side breaks it.
    pub(crate) above: f64,
}

/// Places every location on the axis, labels kept apart.
pub(crate) fn strip(mut places: Vec<Place>) -> Vec<Marker> {
    places.sort_by(|one, other| one.over.total_cmp(&other.over));
    let mut ends = [f64::NEG_INFINITY; 4];
    let mut marker = |place: Place| {
        let x = position(place.over);
        let free = ends.iter().position(|end| x - end >= LABEL_WIDTH);
        // More than four in one spot: the last label is written over the first.
        let row = free.unwrap_or(0);
        if let Some(end) = ends.get_mut(row) {
            *end = x;
        }
        Marker {
            code: beyond(place.over, place.code),
            name: place.name,
            mark: place.mark,
            x: percent(x),
            row,
            words: margin_words(place.above),
        }
    };
    places.into_iter().map(&mut marker).collect()
}

/// The code, with an arrow where the place lies past the end of the axis.
fn beyond(over: f64, code: String) -> String {
    match over {
        _ if over < AXIS.0 => format!("◂{code}"),
        _ if over > AXIS.1 => format!("{code}▸"),
        _ => code,
    }
}

fn position(over: f64) -> f64 {
    let (low, high) = AXIS;
    ((over - low) / (high - low) * 100.0).clamp(1.5, 98.5)
}

/// How far above or below a limit's level, in words.
pub(crate) fn margin_words(above: f64) -> String {
    let tenths = (above * 10.0).round() / 10.0;
    if tenths > 0.0 {
        format!("{tenths:.1} dB above")
    } else if tenths < 0.0 {
        format!("{:.1} dB below", -tenths)
    } else {
        "at".to_owned()
    }
}
