import assert from "node:assert/strict";
import test from "node:test";

import { serverClock, timeOfDay } from "../../../assets/shared/js/clock.js";

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

const noon = Date.parse("2026-11-21T19:32:10Z");

test("a time is told in the page's zone", () => {
  assert.equal(timeOfDay(noon, noon, "America/New_York"), "14:32:10");
  const summer = Date.parse("2026-07-01T12:00:00Z");
  assert.equal(timeOfDay(summer, summer, "Europe/London"), "13:00:00");
});

test("midnight is 00, not 24", () => {
  const midnight = Date.parse("2026-11-21T00:00:00Z");
  assert.equal(timeOfDay(midnight, midnight, "UTC"), "00:00:00");
});

test("a time of another day has its date, by the zone's days", () => {
  assert.equal(timeOfDay(noon, noon + 12 * 3_600_000, "America/New_York"), "Sat 21 Nov, 14:32:10");
  assert.equal(timeOfDay(noon, noon + 8 * 3_600_000, "America/New_York"), "14:32:10");
});

test("where the browser does not know the zone, UTC is told and named", () => {
  assert.equal(timeOfDay(noon, noon, "Mars/Olympus"), "19:32:10 UTC");
});
