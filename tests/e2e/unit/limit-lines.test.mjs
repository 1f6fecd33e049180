import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { limitSegments, timesInForce } from "../../../assets/shared/js/limit-lines.js";

const DAY = 86_400;
const HOUR = 3600;
/** @param {string} text */
const at = (text) => Date.parse(text) / 1000;
// The same cases are put to the server.
const cases = JSON.parse(
  readFileSync(new URL("../../fixtures/words/schedules.json", import.meta.url), "utf8"));

for (const { schedule, offset_min, at: moment, in_force } of cases) {
  const { start, end, days } = schedule;
  test(`${start} to ${end} on ${days ?? "every day"}, offset ${offset_min}: ${moment}`, () => {
    const here = at(moment);
    for (const [from, until] of [[here - 2 * DAY, here + 2 * DAY], [here, here + 1]]) {
      const covered = timesInForce(schedule, from, until, offset_min)
        .some((time) => time.from <= here && here < time.until);
      assert.equal(covered, in_force);
    }
  });
}

test("a night is one stretch, not two", () => {
  const night = { start: "22:00", end: "07:00", days: null };
  const from = at("2026-11-20T12:00:00Z");
  assert.deepEqual(timesInForce(night, from, from + 2 * DAY, 0), [
    { from: at("2026-11-20T22:00:00Z"), until: at("2026-11-21T07:00:00Z") },
    { from: at("2026-11-21T22:00:00Z"), until: at("2026-11-22T07:00:00Z") },
  ]);
});

test("a stretch is cut to the time asked for", () => {
  const day = { start: "07:00", end: "19:00", days: null };
  const from = at("2026-11-20T08:00:00Z");
  assert.deepEqual(timesInForce(day, from, from + HOUR, 0), [{ from, until: from + HOUR }]);
  assert.deepEqual(timesInForce(day, from, from, 0), []);
});

test("hours with equal ends, or with one end missing, are the whole day", () => {
  const from = at("2026-11-16T00:00:00Z");
  for (const [start, end] of [["08:00", "08:00"], [null, "08:00"], ["08:00", null]]) {
    assert.deepEqual(timesInForce({ start, end, days: [0, 1] }, from, from + 7 * DAY, 0),
      [{ from, until: from + 2 * DAY }]);
  }
});

test("every limit has its own stretches and keeps its words", () => {
  const from = at("2026-11-20T00:00:00Z");
  const limit = (/** @type {string} */ name, /** @type {number} */ threshold_db,
    /** @type {import("../../../assets/shared/js/limit-lines.js").Schedule | null} */ schedule) =>
    ({ name, metric: "leq", comparison: "above", threshold_db, schedule });
  const segments = limitSegments([
    limit("Day", 70, { start: "07:00", end: "19:00", days: null }),
    limit("Evening", 65, { start: "19:00", end: "23:00", days: null }),
    limit("Always", 70, null),
  ], from, from + DAY, 0);
  assert.deepEqual(segments.map(({ name, from: start, until }) =>
    [name, (start - from) / HOUR, (until - from) / HOUR]),
  [["Day", 7, 19], ["Evening", 19, 23], ["Always", 0, 24]]);
  assert.deepEqual(segments[1], {
    name: "Evening", metric: "leq", comparison: "above", threshold_db: 65,
    from: from + 19 * HOUR, until: from + 23 * HOUR,
  });
});
