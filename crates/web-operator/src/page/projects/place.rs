//! The form of a location, and the map on which it is placed.

use serde::Serialize;
use store_operator::{BoardProject, PlaceDetail};
use web::{FieldProblem, MapTiles, Page, WebError};

use actix_web::HttpResponse;

use crate::Office;
use crate::page::form::{Field, Form, Sent, status_of};
use crate::page::head::Head;
use crate::page::html_with;
use crate::page::sheet::Back;

/// `operator/place.html`
#[derive(Debug, Serialize)]
pub(crate) struct PlacePage {
    pub(super) head: Head,
    pub(super) title: String,
    pub(super) back: Back,
    pub(super) form: Form,
    pub(super) action: String,
    pub(super) act: String,
    pub(super) map: PlaceMap,
}

/// What the map is made of.
#[derive(Debug, Serialize)]
pub(super) struct PlaceMap {
    /// Address of the tiles; empty for the plain ground.
    pub(super) tiles: String,
    pub(super) attribution: String,
    /// The project's other locations.
    pub(super) others: Vec<Pin>,
    /// Where to look while nothing of the project is placed: south, west, north and east of all
    /// that the firm has placed elsewhere, degrees; empty for nowhere.
    pub(super) begin: String,
}

/// A location that stands on the map.
#[derive(Debug, Serialize)]
pub(super) struct Pin {
    pub(super) name: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

impl PlaceMap {
    /// The map for a location of these others. `elsewhere` is asked where tiles could be shown of
    /// a place that nobody knows yet.
    pub(super) fn new<'a>(
        tiles: Option<&MapTiles>,
        others: impl Iterator<Item = &'a PlaceDetail>,
        elsewhere: &[BoardProject],
    ) -> Self {
        let pin = |place: &PlaceDetail| {
            let location = &place.location;
            let (latitude, longitude) = location.latitude.zip(location.longitude)?;
            Some(Pin {
                name: location.name.clone(),
                latitude,
                longitude,
            })
        };
        Self {
            tiles: tiles
                .map(|tiles| tiles.url().to_owned())
                .unwrap_or_default(),
            attribution: tiles
                .map(|tiles| tiles.attribution().to_owned())
                .unwrap_or_default(),
            others: others.filter_map(pin).collect(),
            begin: around(elsewhere).unwrap_or_default(),
        }
    }
}

fn around(projects: &[BoardProject]) -> Option<String> {
    let places = projects.iter().flat_map(|project| &project.places);
    let positions: Vec<(f64, f64)> = places.filter_map(|place| place.position).collect();
    let edge = |of: fn(&(f64, f64)) -> f64, pick: fn(f64, f64) -> f64| {
        positions.iter().map(of).reduce(pick)
    };
    let (south, north) = (edge(|at| at.0, f64::min)?, edge(|at| at.0, f64::max)?);
    let (west, east) = (edge(|at| at.1, f64::min)?, edge(|at| at.1, f64::max)?);
    Some(format!("{south} {west} {north} {east}"))
}

impl PlacePage {
    /// The page again, with what was refused at its field. Gives back an error that is none of a
    /// form's.
    pub(super) fn refused(
        mut self,
        office: &Office,
        error: WebError,
    ) -> Result<HttpResponse, WebError> {
        let status = status_of(&error);
        self.form = self.form.refused(error)?;
        html_with(office, status, &self)
    }
}

/// The two fields of a position.
pub(super) fn position_fields(latitude: &str, longitude: &str) -> [Field; 2] {
    [
        Field::text("latitude", "Latitude", latitude)
            .hint("Degrees north, as in 40.7074. Both at once may be pasted: 40.7074, -74.0123."),
        Field::text("longitude", "Longitude", longitude)
            .hint("Degrees east: west of Greenwich it is below zero, as in -74.0123."),
    ]
}

/// Degrees north and degrees east, as far as they are given. Both may stand in the field of the
/// latitude, as maps copy them.
///
/// # Errors
/// [`WebError::Unprocessable`] names the field.
pub(crate) fn position_sent(sent: &Sent) -> Result<(Option<f64>, Option<f64>), WebError> {
    match (pair(sent.text("latitude")), sent.text("longitude")) {
        (Some((latitude, longitude)), "") => Ok((Some(latitude), Some(longitude))),
        (Some(_), _) => Err(WebError::Unprocessable(vec![FieldProblem::new(
            "latitude",
            "both numbers stand here: leave the longitude empty, or write one number such as \
             40.7074",
        )])),
        (None, _) => Ok((sent.number("latitude")?, sent.number("longitude")?)),
    }
}

/// Two numbers with a comma, a semicolon or blanks between. "40,7" is one number as some countries
/// write it, and no pair: without a blank, both need a decimal point. The script of the page goes
/// by the same cases.
fn pair(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    let (first, second) = match text.split_once([',', ';']) {
        Some(parts) => parts,
        None => text.split_once(char::is_whitespace)?,
    };
    let is_spaced = second.starts_with(char::is_whitespace) || !text.contains([',', ';']);
    let (first, second) = (first.trim(), second.trim());
    let are_pointed = first.contains('.') && second.contains('.');
    if !(is_spaced || are_pointed) {
        return None;
    }
    let number = |text: &str| {
        let is_plain = |letter: char| letter.is_ascii_digit() || "+-.".contains(letter);
        let read = || text.parse::<f64>().ok().filter(|number| number.is_finite());
        text.chars().all(is_plain).then(read)?
    };
    number(first).zip(number(second))
}

impl Page for PlacePage {
    const TEMPLATE: &'static str = "operator/place.html";

    fn samples() -> Vec<Self> {
        let page = |tiles: &str, others, begin: &str| Self {
            head: Head::sample("projects", false),
            title: "New location".into(),
            back: Back::to("/projects/1", "Harbour <Tower>"),
            form: Form::new(
                [
                    vec![
                        Field::text("unit", "Meter", "")
                            .suggest(vec![("SLM-<101>".into(), "free".into())])
                            .hint("Empty: later."),
                    ],
                    position_fields("40.7", "-74").into(),
                ]
                .concat(),
            ),
            action: "/projects/1/locations/new".into(),
            act: "Add location".into(),
            map: PlaceMap {
                tiles: tiles.into(),
                attribution: "Tiles & Sons".into(),
                others,
                begin: begin.into(),
            },
        };
        let gate = Pin {
            name: "North <gate>".into(),
            latitude: 40.7074,
            longitude: -74.0123,
        };
        vec![
            page("/tiles/{z}/{x}/{y}", vec![gate], ""),
            page("", Vec::new(), ""),
            page("/tiles/{z}/{x}/{y}", Vec::new(), "40.7 -74.1 40.8 -74"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page's script reads the same file.
    #[test]
    fn two_numbers_are_a_pair_and_a_decimal_comma_is_none() {
        let cases: Vec<serde_json::Value> = serde_json::from_str(include_str!(
            "../../../../../tests/fixtures/words/coordinates.json"
        ))
        .unwrap();
        assert!(cases.len() > 10);
        for case in &cases {
            let text = case["text"].as_str().unwrap();
            let right = case["pair"]
                .as_array()
                .map(|pair| (pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap()));
            assert_eq!(pair(text), right, "{text:?}");
        }
    }
}
