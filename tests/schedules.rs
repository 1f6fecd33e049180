//! The scripts draw limits by hours that they work out themselves; they and the server go by one
//! list of cases.

use domain::{Schedule, TimeZone};
use serde_json::Value;

#[test]
fn the_servers_hours_are_those_of_the_scripts() {
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("fixtures/words/schedules.json")).unwrap();
    assert!(cases.len() > 20);
    for case in &cases {
        let schedule = &case["schedule"];
        let days = schedule["days"].as_array().map(|days| {
            let days: Vec<_> = days.iter().map(Value::to_string).collect();
            // No day at all is what is left of days that do not exist.
            if days.is_empty() {
                "9".to_owned()
            } else {
                days.join(",")
            }
        });
        let (start, end) = (schedule["start"].as_str(), schedule["end"].as_str());
        let schedule = Schedule::from_slmm(start, end, days.as_deref()).unwrap();
        let offset = i32::try_from(case["offset_min"].as_i64().unwrap() * 60).unwrap();
        let zone = TimeZone::fixed(jiff::tz::Offset::from_seconds(offset).unwrap());
        let at = case["at"].as_str().unwrap().parse().unwrap();
        let in_force = schedule.is_none_or(|schedule| schedule.contains(at, &zone));
        assert_eq!(in_force, case["in_force"].as_bool().unwrap(), "{case}");
    }
}
