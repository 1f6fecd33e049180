//! Samples of the system page.

use web::Page;
use web::recent::Severity;

use super::log::Line;
use super::processes::{Process, total};
use super::{Figure, Schema, SystemPage};
use crate::page::head::Head;

impl Page for SystemPage {
    const TEMPLATE: &'static str = "operator/system.html";

    fn samples() -> Vec<Self> {
        let page = |schema: Option<(bool, &str)>, processes: Option<Vec<Process>>| {
            let all_well = schema.is_some_and(|(current, _)| current);
            Self {
                head: Head::sample("system", !all_well),
                version: "0.1.0",
                engine: "SQLite",
                engine_version: schema.map(|_| "3.50.4".into()),
                schema: schema.map(|(current, words)| Schema {
                    current,
                    words: words.to_owned(),
                }),
                slmm: all_well,
                slmm_version: all_well.then(|| "0.4.0".into()),
                total: processes.as_deref().and_then(total),
                processes,
                log: if all_well {
                    Vec::new()
                } else {
                    vec![
                        Line::sample(Severity::Error, 1),
                        Line::sample(Severity::Warning, 12),
                    ]
                },
                counts: if all_well {
                    vec![Figure::new("Clients", 3)]
                } else {
                    Vec::new()
                },
                traffic: vec![Figure::new("Requests sent to SLMM", 12)],
            }
        };
        let missing = "missing 2026-11-21-000000_<begin>";
        let two = vec![Process::sample(true), Process::sample(false)];
        vec![
            page(Some((true, "current")), Some(two)),
            page(Some((true, "current")), Some(Vec::new())),
            page(Some((false, missing)), None),
            page(None, None),
        ]
    }
}
