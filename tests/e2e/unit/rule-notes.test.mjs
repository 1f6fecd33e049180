import assert from "node:assert/strict";
import { test } from "node:test";

import { concerns, endsAtMidnight } from "../../../assets/operator/js/rule-notes.js";

test("a note concerns the quantities it names, and no part of a name", () => {
  assert.ok(concerns("lmax lpeak", "lpeak"));
  assert.ok(!concerns("lmax lpeak", "lp"));
  assert.ok(!concerns("leq ln1 ln2", ""));
});

test("a night on some days ends with the day", () => {
  assert.ok(endsAtMidnight("22:00", "07:00", 1));
  assert.ok(!endsAtMidnight("22:00", "07:00", 0), "every day");
  assert.ok(!endsAtMidnight("22:00", "07:00", 7), "every day by name");
  assert.ok(!endsAtMidnight("07:00", "22:00", 1), "within the day");
  assert.ok(!endsAtMidnight("07:00", "07:00", 1), "all day");
  assert.ok(!endsAtMidnight("22:00", "", 1), "without an end");
});
