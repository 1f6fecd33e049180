//! Acts on SLMM, which are put on the record here.

use store_operator::{Details, DeviceAct, Fact};
use testkit::{TestDatabase, on_both_engines, unit_id};

use crate::support::{done, words};

on_both_engines! {
    async fn an_act_on_slmm_is_on_the_record(test: TestDatabase) {
        let site = test.site("Harbour Tower", "SLM-1");
        let details = Details::default()
            .before(Fact::Rule, &7)
            .before(Fact::ThresholdDb, &65.5)
            .after(Fact::Rule, &7)
            .after(Fact::Name, "Night\"; enabled=\"true")
            .after(Fact::Enabled, &false);
        let (record, noticed) = done(&test, |staff| {
            staff.record(DeviceAct::ChangeRule, &site.unit, &details)
        });
        assert_eq!(words(&record), (
            "unit.change-rule", "SLM-1",
            Some(r#"rule="7"; threshold_db="65.5""#),
            Some(r#"rule="7"; name="Night\"; enabled=\"true"; enabled="false""#),
        ));
        assert_eq!(record.subject_kind, "unit");
        assert_eq!((record.actor.name.as_str(), record.actor.origin.as_str()), ("tester", "test"));
        assert!(noticed.is_empty(), "rules are not the database's");
    }

    async fn each_act_on_slmm_has_a_name_of_its_own(test: TestDatabase) {
        // SLMM knows meters that the roster does not.
        let unit = unit_id("SLM-9");
        for (act, name) in [
            (DeviceAct::CreateRule, "unit.create-rule"),
            (DeviceAct::ChangeRule, "unit.change-rule"),
            (DeviceAct::DeleteRule, "unit.delete-rule"),
            (DeviceAct::AcknowledgeEvent, "unit.acknowledge-event"),
            (DeviceAct::KeepaliveOn, "unit.keepalive-on"),
            (DeviceAct::KeepaliveOff, "unit.keepalive-off"),
        ] {
            let (record, _) = done(&test, |staff| staff.record(act, &unit, &Details::default()));
            assert_eq!(words(&record), (name, "SLM-9", None, None));
        }
    }

    async fn nobody_fills_the_log_with_one_value(test: TestDatabase) {
        let details = Details::default().after(Fact::Name, &"ü".repeat(100_000));
        let (record, _) = done(&test, |staff| {
            staff.record(DeviceAct::CreateRule, &unit_id("SLM-1"), &details)
        });
        assert_eq!(record.after.unwrap().chars().filter(|c| *c == 'ü').count(), 200);
    }
}
