import assert from "node:assert/strict";
import test from "node:test";

import { serverClock } from "../../../assets/shared/js/clock.js";

test("the clock goes by its counter from what the server said", () => {
  let steady = 500;
  const clock = serverClock(1_000_000, () => steady);
  assert.equal(clock.now(), 1_000_000);
  steady = 2500;
  assert.equal(clock.now(), 1_002_000);
});

test("the clock can be set for a moment that has passed", () => {
  let steady = 0;
  const clock = serverClock(0, () => steady);
  steady = 10_000;
  clock.set(1_000_000, 9_700);
  assert.equal(clock.now(), 1_000_300);
});
