import assert from "node:assert/strict";
import { test } from "node:test";
import { readingAt } from "../../../assets/shared/js/chart-readout.js";
import {
  learned, limitJumps, makeScene, segmentsInView,
} from "../../../assets/shared/js/chart-scene.js";

const UNTIL = Date.parse("2026-11-21T20:00:00Z") / 1000;
const HOUR = 3600;
/** @param {number} s */
const iso = (s) => new Date(s * 1000).toISOString();

/** Two hours of points a minute apart, without the ten minutes that begin an hour ago. */
function history() {
  const at = [];
  for (let s = UNTIL - 2 * HOUR; s <= UNTIL; s += 60) {
    if (s <= UNTIL - HOUR || s >= UNTIL - HOUR + 600) at.push(s);
  }
  const levels = at.map((_, i) => 60 + (i % 10) / 10);
  return { at, lp: levels, leq: levels, lmax: levels, ln1: levels, ln2: levels };
}

const day = { start: "07:00", end: "19:00", days: null };
const evening = { start: "19:00", end: "23:00", days: null };
const limit = { metric: "leq", comparison: "above", duration_s: 60 };
const known = {
  history: history(), hours: 2, until: UNTIL,
  limits: [
    { ...limit, name: "Day", threshold_db: 70, schedule: day },
    { ...limit, name: "Evening", threshold_db: 65, schedule: evening },
  ],
  events: {
    events: [{
      ...limit, limit: "Evening", threshold_db: 65,
      onset_at: iso(UNTIL - 600), clear_at: null, status: "active",
    }],
    interruptions: [{ from: iso(UNTIL - HOUR - 60), to: iso(UNTIL - HOUR + 300) }],
  },
};
const shown = new Set(/** @type {const} */ (["leq"]));
const labels = { lp: "Lp", leq: "Leq", lmax: "Lmax", ln1: "L1", ln2: "L10" };
const chosen = { hours: 2, shown, zoom: null, offsetMin: 0 };

test("a scene has what is known of the range", () => {
  const scene = makeScene(known, chosen);
  assert.deepEqual(scene.view, { from: UNTIL - 2 * HOUR, until: UNTIL });
  assert.equal(scene.points, known.history.at.length);
  assert.deepEqual(scene.gaps, [{ from: UNTIL - HOUR, until: UNTIL - HOUR + 600 }]);
  assert.deepEqual(scene.hatched, [{ from: UNTIL - HOUR - 60, until: UNTIL - HOUR + 600 }]);
  assert.deepEqual(scene.breaches, [{ from: UNTIL - 600, until: UNTIL }]);
  assert.deepEqual(scene.segments.map(({ name }) => name), ["Day", "Evening"]);
});

test("a breach of a lower limit is told apart by name, quantity and threshold", () => {
  const quiet = {
    ...known.limits[1], name: "Fan", metric: "lp", comparison: "below", threshold_db: 40,
  };
  const breach = {
    limit: "Fan", metric: "lp", threshold_db: 40, status: "cleared",
    onset_at: iso(UNTIL - 600), clear_at: iso(UNTIL - 300),
  };
  const sidesOf = (/** @type {Partial<typeof breach>} */ other) => makeScene({
    ...known, limits: [...known.limits, quiet],
    events: { events: [{ ...breach, ...other }], interruptions: [] },
  }, chosen);
  const span = [{ from: UNTIL - 600, until: UNTIL - 300 }];
  const scene = sidesOf({});
  assert.deepEqual(scene.broken, { above: [], below: span });
  assert.deepEqual(scene.breaches, span);
  for (const other of [{ limit: "Day" }, { metric: "leq" }, { threshold_db: 41 }]) {
    assert.deepEqual(sidesOf(other).broken, { above: span, below: [] });
  }
  assert.deepEqual([...readingAt(scene, UNTIL - 420, shown, labels)?.broken ?? []], ["below"]);
  assert.equal(readingAt(scene, UNTIL - 120, shown, labels)?.broken.size, 0);
});

test("a shorter range is cut out of what is known", () => {
  const scene = makeScene(known, { ...chosen, hours: 1 });
  assert.equal(scene.rows.at[0], UNTIL - HOUR);
  assert.deepEqual(scene.whole, { from: UNTIL - HOUR, until: UNTIL });
});

test("a limit takes over from another where it begins, and is in view only where it is", () => {
  const scene = makeScene(known, { ...chosen, zoom: { from: UNTIL - 600, until: UNTIL } });
  assert.deepEqual(segmentsInView(scene).map(({ name }) => name), ["Evening"]);
  assert.deepEqual(limitJumps(scene.segments), [{ at: UNTIL - HOUR, from: 70, to: 65 }]);
  const [day, evening] = scene.segments;
  assert.deepEqual(limitJumps([day, { ...evening, metric: "lp" }]), []);
  assert.deepEqual(limitJumps([day, { ...evening, from: evening.from + 1 }]), []);
});

test("limits of several quantities are told apart", () => {
  const both = { ...known, limits: [known.limits[0], { ...known.limits[1], metric: "lmax" }] };
  assert.equal(makeScene(known, chosen).severalMetrics, false);
  assert.equal(makeScene(both, chosen).severalMetrics, true);
});

test("a reading is that of the nearest point, and none is made up within a gap", () => {
  const scene = makeScene(known, chosen);
  const near = readingAt(scene, UNTIL - 601, shown, labels);
  assert.equal(near?.at, UNTIL - 600);
  assert.deepEqual([...near?.broken ?? []], ["above"]);
  assert.deepEqual(near?.levels.map(({ label }) => label), ["Leq"]);
  assert.equal(typeof near?.levels[0].level, "number");
  const inGap = readingAt(scene, UNTIL - HOUR + 100, shown, labels);
  assert.deepEqual(inGap?.gap, { from: UNTIL - HOUR, until: UNTIL - HOUR + 600 });
  assert.equal(inGap?.at, UNTIL - HOUR + 100);
});

test("what an answer lacks stays as it was known", () => {
  const nothing = { history: null, limits: null, events: null, ended: false };
  assert.equal(learned(null, nothing, 2, UNTIL), null);
  assert.equal(learned(null, { ...nothing, limits: known.limits }, 2, UNTIL), null);
  assert.deepEqual(learned(known, nothing, 24, UNTIL + 60), known);
  const other = history();
  assert.deepEqual(learned(known, { ...nothing, history: other }, 24, UNTIL + 60),
    { ...known, history: other, hours: 24, until: UNTIL + 60 });
  assert.deepEqual(learned(known, { ...nothing, limits: [] }, 2, UNTIL + 60),
    { ...known, limits: [] });
});
