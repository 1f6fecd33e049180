import assert from "node:assert/strict";
import { test } from "node:test";
import {
  breachSpans, gapSpans, interruptionSpans, joined, lonelyRows, nearestRow, spanAt, withBreaks,
  within,
} from "../../../assets/shared/js/chart-data.js";

/**
 * @param {number[]} at
 * @param {Partial<Record<"lp" | "leq", (number | null)[]>>} [levels]
 */
function history(at, levels = {}) {
  const some = at.map(() => 60);
  return {
    at, lp: levels.lp ?? some, leq: levels.leq ?? some, lmax: some, ln1: some, ln2: some,
  };
}

const limit = { limit: "Day", metric: "leq", threshold_db: 70 };
/** @param {number} s */
const iso = (s) => new Date(s * 1000).toISOString();

test("an empty row stands in every gap of more than two and a half minutes", () => {
  const rows = withBreaks(history([0, 60, 210, 361], { lp: [1, 2, 3, 4] }));
  assert.deepEqual(rows.at, [0, 60, 210, 286, 361]);
  assert.deepEqual(rows.lp, [1, 2, 3, null, 4]);
  for (const metric of /** @type {const} */ (["leq", "lmax", "ln1", "ln2"])) {
    assert.deepEqual(rows[metric], [60, 60, 60, null, 60]);
  }
});

test("each of several gaps has its row, in the right place", () => {
  const rows = withBreaks(history([0, 600, 660, 1200], { lp: [1, 2, 3, 4] }));
  assert.deepEqual(rows.at, [0, 300, 600, 660, 930, 1200]);
  assert.deepEqual(rows.lp, [1, null, 2, 3, null, 4]);
});

test("levels are passed on as they are", () => {
  assert.deepEqual(withBreaks(history([0, 60, 120], { leq: [61.2, null, 99.9] })).leq,
    [61.2, null, 99.9]);
});

test("a part of a history has its ends", () => {
  const whole = history([0, 60, 120, 180], { lp: [1, 2, 3, 4] });
  assert.deepEqual(within(whole, { from: 60, until: 120 }).at, [60, 120]);
  assert.deepEqual(within(whole, { from: 60, until: 120 }).lp, [2, 3]);
  assert.deepEqual(within(whole, { from: 61, until: 119 }).at, []);
  assert.deepEqual(within(whole, { from: 500, until: 900 }).at, []);
  assert.deepEqual(within(whole, { from: -9, until: 900 }).at, whole.at);
});

test("there is a gap between points that are too far apart, and not a second sooner", () => {
  assert.deepEqual(gapSpans(history([0, 150]), ["lp"], { from: 0, until: 150 }), []);
  assert.deepEqual(gapSpans(history([0, 151]), ["lp"], { from: 0, until: 151 }),
    [{ from: 0, until: 151 }]);
});

test("there is a gap across missing values of the shown lines", () => {
  const some = history([0, 60, 120, 180], { lp: [1, null, 3, 4] });
  const span = { from: 0, until: 180 };
  assert.deepEqual(gapSpans(some, ["lp"], span), [{ from: 0, until: 120 }]);
  assert.deepEqual(gapSpans(some, ["lp", "leq"], span), []);
  assert.deepEqual(gapSpans(some, [], span), []);
});

test("there is a gap before the first value and after the last", () => {
  const span = { from: 0, until: 3600 };
  assert.deepEqual(gapSpans(history([1800]), ["lp"], span),
    [{ from: 0, until: 1800 }, { from: 1800, until: 3600 }]);
  assert.deepEqual(gapSpans(history([100, 220]), ["lp"], { from: 0, until: 330 }), []);
  assert.deepEqual(gapSpans(history([]), ["lp"], span), [span]);
});

test("a last value that is missing is a gap, however fresh", () => {
  const some = history([0, 60], { lp: [1, null] });
  assert.deepEqual(gapSpans(some, ["lp"], { from: 0, until: 90 }), [{ from: 0, until: 90 }]);
});

test("spans that meet or overlap are joined, whatever their order", () => {
  const spans = [{ from: 50, until: 60 }, { from: 0, until: 10 }, { from: 10, until: 20 },
    { from: 5, until: 8 }];
  assert.deepEqual(joined(spans), [{ from: 0, until: 20 }, { from: 50, until: 60 }]);
  assert.deepEqual(spans[1], { from: 0, until: 10 }, "what was given stays as it was");
});

test("a breach lasts to its end, an active one until now, one without an end is seen", () => {
  const span = { from: 1000, until: 5000 };
  const of = (/** @type {number} */ onset, /** @type {number | null} */ clear,
    /** @type {string} */ status) => breachSpans([
    { ...limit, onset_at: iso(onset), clear_at: clear === null ? null : iso(clear), status },
  ], span);
  assert.deepEqual(of(2000, 3000, "cleared"), [{ from: 2000, until: 3000 }]);
  assert.deepEqual(of(2000, null, "active"), [{ from: 2000, until: 5000 }]);
  assert.deepEqual(of(2000, null, "lapsed"), [{ from: 2000, until: 2060 }]);
  assert.deepEqual(of(2000, 2001, "cleared"), [{ from: 2000, until: 2060 }]);
  assert.deepEqual(of(500, 1500, "cleared"), [{ from: 1000, until: 1500 }]);
  assert.deepEqual(of(100, 900, "cleared"), []);
});

test("two limits exceeded at once are shaded once", () => {
  const breaches = [
    { ...limit, onset_at: iso(200), clear_at: iso(400), status: "cleared" },
    { ...limit, onset_at: iso(100), clear_at: null, status: "active" },
  ];
  assert.deepEqual(breachSpans(breaches, { from: 0, until: 900 }), [{ from: 100, until: 900 }]);
});

test("an interruption without an end lasts until now", () => {
  const span = { from: 0, until: 900 };
  assert.deepEqual(
    interruptionSpans([{ from: iso(300), to: null }, { from: iso(10), to: iso(20) }], span),
    [{ from: 10, until: 20 }, { from: 300, until: 900 }]);
});

test("a span covers its beginning and not its end", () => {
  const spans = [{ from: 10, until: 20 }];
  assert.deepEqual([9, 10, 19, 20].map((at) => Boolean(spanAt(spans, at))),
    [false, true, true, false]);
});

test("a value between missing ones is lonely", () => {
  assert.deepEqual(lonelyRows([1, null, 2, null, 3, 4]), [0, 2]);
  assert.deepEqual(lonelyRows([7]), [0]);
  assert.equal(lonelyRows([1, 2, null, null]), null);
});

test("the nearest row is found", () => {
  const ats = [0, 60, 120, 300];
  for (const [at, row] of [[-9, 0], [29, 0], [31, 1], [60, 1], [209, 2], [211, 3], [999, 3]]) {
    assert.equal(nearestRow(ats, at), row, String(at));
  }
  assert.equal(nearestRow([], 5), -1);
  assert.equal(nearestRow([7], 5), 0);
});
