use domain::BreachStatus;

use super::{breach, head, tile};
use crate::page::overview::{MapPart, OverviewPage, chips};
use crate::page::part::standing::Standing;
use crate::page::part::strip::{Place, strip};
use crate::page::part::tile::Tile;
use crate::page::part::verdict::verdict;

const EVERY: [(&str, Standing, Option<&str>); 15] = [
    ("North <gate>", Standing::Above, Some("73.8")),
    ("Weir", Standing::Under, Some("31.0")),
    ("Canal walk", Standing::Over, Some("71.2")),
    ("Ferry steps", Standing::Near, Some("68.1")),
    ("School playground", Standing::Below, Some("54.6")),
    ("Lock", Standing::Within, Some("52.0")),
    ("Chapel yard", Standing::Unknown, Some("58.9")),
    ("Mill lane", Standing::Unknown, None),
    ("Rope walk", Standing::Free, Some("49.3")),
    ("Old wharf", Standing::Stale, Some("57.3")),
    ("Crane base", Standing::Offline, None),
    ("Pump house", Standing::Stopped, None),
    ("Taxi rank", Standing::NoData, None),
    ("Library steps", Standing::Unavailable, None),
    ("Bus depot", Standing::NoMeter, None),
];

/// A tile in every state.
fn every_tile() -> Vec<Tile> {
    EVERY
        .iter()
        .map(|(name, standing, value)| tile(name, *standing, *value))
        .collect()
}

pub(in crate::page) fn overview() -> Vec<OverviewPage> {
    let standings: Vec<_> = EVERY
        .iter()
        .map(|(name, standing, _)| (*name, *standing))
        .collect();
    let place = |code: &str, standing: Standing, over: f64| Place {
        code: code.to_owned(),
        name: "North <gate>".to_owned(),
        mark: standing.mark(),
        over,
        above: over,
    };
    let full = OverviewPage {
        head: head(2),
        wall: false,
        verdict: verdict(&standings),
        chips: chips(&standings),
        strip: strip(vec![
            place("A", Standing::Above, 3.8),
            place("B", Standing::Near, -0.04),
            place("C", Standing::Below, -10.4),
            place("D", Standing::Below, -11.0),
            place("E", Standing::Below, -11.1),
            place("F", Standing::Below, -11.2),
            place("G", Standing::Below, -33.0),
        ]),
        tiles: every_tile(),
        map: Some(MapPart {
            tiles: "https://tiles.example.org/{z}/{x}/{y}.png".into(),
            attribution: "© <Survey>".into(),
        }),
        recent: BreachStatus::ALL
            .iter()
            .map(|status| breach(*status, true))
            .chain([breach(BreachStatus::Active, false)])
            .collect(),
        complete: true,
    };
    let bare = |tiles: Vec<Tile>, wall, complete| OverviewPage {
        head: head(usize::from(wall)),
        wall,
        verdict: verdict(&[]),
        chips: Vec::new(),
        strip: Vec::new(),
        tiles,
        map: None,
        recent: Vec::new(),
        complete,
    };
    vec![
        full,
        bare(Vec::new(), false, true),
        bare(every_tile().into_iter().take(1).collect(), true, false),
        bare(every_tile().into_iter().take(1).collect(), true, true),
    ]
}
