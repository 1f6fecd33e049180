//! An act and its record are one: neither is without the other.

use domain::LocationKind;
use store_operator::{
    ClientEdit, LocationEdit, NewLocation, NewProject, Operator, OperatorError, UnitEdit,
};
use testkit::{TestDatabase, on_both_engines, unit_id};

use crate::support::everything;

type Act<'a> = (
    &'a str,
    Box<dyn Fn(&Operator) -> Result<(), OperatorError> + 'a>,
);

fn roof() -> NewLocation {
    NewLocation {
        name: "Roof".to_owned(),
        kind: LocationKind::Sound,
        description: None,
        latitude: None,
        longitude: None,
    }
}

on_both_engines! {
    async fn an_act_that_cannot_be_recorded_is_not_done(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let (south, client) = (test.location(site.project, "South gate"), test.client("Harbour"));
        let (free, retired) = (test.unit("SLM-2"), test.unit("SLM-3"));
        test.operator().retire_unit(&retired).unwrap();
        let named = |name: &str| NewProject { name: name.to_owned(), ..NewProject::default() };
        let acts: [Act<'_>; 11] = [
            ("edit client", Box::new(|staff| staff.edit_client(client, &ClientEdit {
                name: "Pier".to_owned(), contact_email: None,
            }))),
            ("archive client", Box::new(|staff| staff.archive_client(client))),
            ("edit project", Box::new(|staff| staff.edit_project(site.project, &named("Pier")))),
            ("edit location", Box::new(|staff| staff.edit_location(site.location, &LocationEdit {
                name: "Pier".to_owned(), ..LocationEdit::default()
            }))),
            ("place location", Box::new(|staff| staff.place_location(site.location, None, None))),
            ("order", Box::new(|staff| staff.order_locations(site.project, &[south, site.location]))),
            ("edit unit", Box::new(|staff| staff.edit_unit(&free, &UnitEdit::default()))),
            ("retire", Box::new(|staff| staff.retire_unit(&free))),
            ("unretire", Box::new(|staff| staff.unretire_unit(&retired))),
            ("location and meter", Box::new(|staff| {
                staff.add_location_with_meter(site.project, &roof(), &unit_id("SLM-9")).map(drop)
            })),
            ("move", Box::new(|staff| staff.assign_unit(&site.unit, south, None, None).map(drop))),
        ];
        let before = everything(&test);
        test.raw().execute("ALTER TABLE audit_log RENAME TO mislaid");
        for (name, act) in &acts {
            let error = act(&test.operator()).unwrap_err();
            assert!(matches!(error, OperatorError::Store(_)), "{name}: {error}");
        }
        test.raw().execute("ALTER TABLE mislaid RENAME TO audit_log");
        assert_eq!(everything(&test), before);
        for (name, act) in &acts {
            act(&test.operator()).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}
