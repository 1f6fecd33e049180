use domain::BreachStatus;

use super::{breach, figure, head, near, rail, symbol, tile};
use crate::page::location::LocationPage;
use crate::page::part::breaches::{BreachRow, InterruptionRow};
use crate::page::part::chart::{ChartPart, SeriesLabel, ranges};
use crate::page::part::limits::LimitLine;
use crate::page::part::panel::{Card, Panel, Threshold};
use crate::page::part::standing::Standing;
use crate::page::part::table::{LevelRow, LevelTable};
use crate::page::part::tile::Tile;

pub(in crate::page) fn location() -> Vec<LocationPage> {
    let all = || {
        BreachStatus::ALL
            .iter()
            .map(|status| breach(*status, false))
    };
    let quiet =
        |standing, panel, breaches| page(tile("Old wharf", standing, None), panel, breaches);
    vec![
        LocationPage {
            active: all().take(1).collect(),
            limits: vec![limit(true), limit(false)],
            hours_note: Some("The hours of limits are kept in UTC-05 all year.".into()),
            interruptions: interruptions(),
            chart: chart(true),
            ..page(
                tile("North <gate>", Standing::Above, Some("73.8")),
                panel(Some(threshold(true)), Some("73.8")),
                Some(all().collect()),
            )
        },
        quiet(
            Standing::NoMeter,
            Panel {
                streams: false,
                ..panel(None, None)
            },
            Some(Vec::new()),
        ),
        LocationPage {
            limits: vec![limit(true)],
            ..quiet(Standing::Offline, panel(Some(threshold(false)), None), None)
        },
        page(
            tile("Chapel yard", Standing::Unknown, Some("58.9")),
            panel(None, Some("58.9")),
            Some(Vec::new()),
        ),
    ]
}

fn page(tile: Tile, panel: Panel, breaches: Option<Vec<BreachRow>>) -> LocationPage {
    LocationPage {
        head: head(usize::from(tile.broken.is_some())),
        tile,
        panel,
        active: Vec::new(),
        limits: Vec::new(),
        hours_note: None,
        chart: chart(false),
        complete: breaches.is_some(),
        breaches,
        interruptions: Vec::new(),
    }
}

fn panel(threshold: Option<Threshold>, value: Option<&str>) -> Panel {
    let card = |metric, below, value, of: &str| Card {
        figure: figure(metric, below, value),
        of: of.into(),
    };
    Panel {
        streams: true,
        state: "measuring",
        headline: "leq",
        rail: value.map(|_| rail("62.57%", threshold.is_some())),
        threshold,
        value: value.map(Into::into),
        cards: vec![
            card("lp", "p", Some("74.6"), "at this moment"),
            card("leq", "eq", Some("73.8"), "average since 06:02"),
            card("lmax", "max", Some("91.2"), "highest since 06:02"),
            card("ln1", "1", None, "since 06:02"),
            card("ln2", "10", Some("76.0"), "since 06:02"),
        ],
    }
}

fn threshold(known: bool) -> Threshold {
    Threshold {
        db: "70".into(),
        comparison: "above",
        margin: known.then(|| "3.8 dB above the limit".into()),
    }
}

fn limit(in_force: bool) -> LimitLine {
    LimitLine {
        name: "Night <noise>".into(),
        symbol: symbol("eq"),
        threshold: "65 dB".into(),
        words: "above 65 dB for 60 s, 22:00 to 07:00, Mon to Fri".into(),
        in_force,
    }
}

fn interruptions() -> Vec<InterruptionRow> {
    let row = |to: Option<&str>, lasted: &str| InterruptionRow {
        from: near("2026-11-21T16:02:00Z"),
        to: to.map(near),
        lasted: lasted.into(),
    };
    vec![
        row(None, "3 min"),
        row(Some("2026-11-21T16:14:00Z"), "12 min"),
    ]
}

fn chart(recorded: bool) -> ChartPart {
    let label = |metric, label: &str| SeriesLabel {
        metric,
        label: label.into(),
    };
    let row = |at: &str, values: Vec<Option<String>>| LevelRow {
        at: near(at),
        is_gap: values.is_empty(),
        values,
    };
    ChartPart {
        hours: "2".into(),
        ranges: ranges(2.0),
        labels: vec![
            label("lp", "Lp"),
            label("leq", "Leq"),
            label("ln1", "L1"),
            label("ln2", "L10"),
            label("lmax", "Lmax"),
        ],
        limit_offset_min: -300,
        summary: "Lp between 41.0 and 78.2 dB in the last 2 h. No limit was broken.".into(),
        captured: recorded.then(|| "99 % of the time recorded".into()),
        table: recorded.then(|| LevelTable {
            symbols: ["p", "eq", "1", "10", "max"].map(symbol).into(),
            rows: vec![
                row(
                    "2026-11-21T19:30:00Z",
                    ["74.6", "73.8", "83.4", "", "91.2"]
                        .map(|value| Some(value.to_owned()).filter(|value| !value.is_empty()))
                        .into(),
                ),
                row("2026-11-21T19:20:00Z", Vec::new()),
            ],
            step: "10 minutes",
        }),
    }
}
