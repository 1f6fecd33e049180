import assert from "node:assert/strict";
import { test } from "node:test";

import { eventsOf, limitsOf, meterReader } from "../../../assets/operator/js/meter-answers.js";

const rule = {
  name: "Night noise", metric: "leq", comparison: "above", threshold_db: 65,
  schedule_start: "22:00", schedule_end: "07:00", schedule_days: "0,1,2", standing: "watched",
};

const event = {
  id: 7, rule_name: "Night noise", metric: "leq", threshold_db: 65,
  onset_at: "2026-11-21T03:00:00Z", clear_at: /** @type {string | null} */ (null), active: true,
};

test("a rule that is watched is a limit with its hours", () => {
  const [limit] = limitsOf([rule]);
  assert.deepEqual(limit, {
    name: "Night noise", metric: "leq", comparison: "above", threshold_db: 65,
    schedule: { start: "22:00", end: "07:00", days: [0, 1, 2] },
  });
});

test("a rule that SLMM does not evaluate is no limit", () => {
  for (const standing of ["paused", "unknown_metric", "malformed", "masked"]) {
    assert.deepEqual(limitsOf([{ ...rule, standing }]), []);
  }
  assert.deepEqual(limitsOf([{ ...rule, threshold_db: null }]), []);
});

test("hours with one end are the whole day, and no days are every day", () => {
  const schedule = (/** @type {Partial<typeof rule>} */ parts) =>
    limitsOf([{ ...rule, ...parts }])[0]?.schedule;
  assert.equal(schedule({ schedule_start: "", schedule_days: "" }), null);
  assert.deepEqual(schedule({ schedule_end: "" }), { start: null, end: null, days: [0, 1, 2] });
  assert.deepEqual(schedule({ schedule_days: "" }), { start: "22:00", end: "07:00", days: null });
});

test("an open event lasts only where it is believed", () => {
  const status = (/** @type {boolean} */ believed) =>
    eventsOf([event], () => believed).events[0]?.status;
  assert.equal(status(true), "active");
  assert.equal(status(false), "lapsed");
  const over = { ...event, clear_at: "2026-11-21T03:10:00Z", active: false };
  assert.equal(eventsOf([over], () => true).events[0]?.status, "cleared");
});

test("lost contact is no breach, and one that is not believed has no end to draw", () => {
  const lost = { ...event, metric: "connectivity", threshold_db: null };
  assert.deepEqual(eventsOf([lost], () => true), {
    events: [], interruptions: [{ from: event.onset_at, to: null }],
  });
  assert.deepEqual(eventsOf([lost], () => false), { events: [], interruptions: [] });
});

test("a body that is no list is none", () => {
  const reader = meterReader(() => true);
  assert.equal(reader.limits({}), null);
  assert.equal(reader.events({}), null);
  assert.deepEqual(reader.limits({ rules: [] }), []);
});
