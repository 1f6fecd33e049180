import assert from "node:assert/strict";
import test from "node:test";

import {
  SPAN_MS,
  gapMs,
  scale,
  trace,
  withPoint,
} from "../../../assets/shared/js/trace-geometry.js";

const FRAME = { left: 0, right: 120, top: 0, bottom: 20 };

/**
 * Points at these seconds, at 60 dB.
 *
 * @param {number[]} seconds
 * @param {boolean} slow
 */
const at = (seconds, slow = false) => seconds.map((second) => ({ at: second * 1000, lp: 60, slow }));

/**
 * @typedef {import("../../../assets/shared/js/trace-geometry.js").TracePoint} TracePoint
 * @param {TracePoint[]} points
 * @param {number} nowS
 * @param {number | null} limit dB
 */
function drawn(points, nowS, limit = null) {
  return trace(points, { nowMs: nowS * 1000, limit, frame: FRAME });
}

test("the scale has whole tens, at least 20 dB, and all levels on it", () => {
  assert.deepEqual(scale([62, 78]), { low: 60, high: 80, labels: [60, 70, 80] });
  assert.deepEqual(scale([41, 78]), { low: 40, high: 80, labels: [40, 50, 60, 70, 80] });
  assert.deepEqual(scale([]), { low: 50, high: 70, labels: [50, 60, 70] });
});

test("a narrow scale grows where the line is nearer to the edge", () => {
  assert.deepEqual(scale([61, 64]), { low: 50, high: 70, labels: [50, 60, 70] });
  assert.deepEqual(scale([67, 69]), { low: 60, high: 80, labels: [60, 70, 80] });
  assert.deepEqual(scale([70]), { low: 60, high: 80, labels: [60, 70, 80] });
});

test("a wide scale has fewer labels than tens", () => {
  assert.deepEqual(scale([20, 130]), { low: 20, high: 130, labels: [20, 50, 80, 110] });
  assert.deepEqual(scale([40, 90]).labels, [40, 50, 60, 70, 80, 90]);
});

test("two minutes fill the width, the last value stands at the right edge", () => {
  const { path, dot } = drawn(at([0, 1, 119, 120]), 121);
  assert.equal(path, "M0 10L1 10M119 10L120 10");
  assert.deepEqual(dot, { x: 120, y: 10 });
});

test("the drawing stays within its edges", () => {
  const frame = { left: 40, right: 160, top: 10, bottom: 30 };
  const points = [
    { at: 0, lp: 60, slow: false },
    { at: 120_000, lp: 80, slow: false },
  ];
  const { path, grid } = trace(points, { nowMs: 120_000, limit: null, frame });
  assert.equal(path, "M40 30h0M160 10h0");
  assert.deepEqual(grid.map(({ y }) => y), [30, 20, 10]);
});

test("when no value comes any more, the line moves away from the edge", () => {
  assert.equal(drawn(at([10, 11]), 16).dot?.x, 120);
  assert.equal(drawn(at([10, 11]), 17).dot?.x, 114);
});

test("what is older than two minutes is not drawn", () => {
  assert.equal(drawn(at([0, 1]), 122).dot, null);
  assert.equal(drawn(at([0, 1]), 122).range, null);
});

test("up to 5 s without a value are bridged, more are left open", () => {
  assert.equal(drawn(at([100, 105, 106]), 106).path, "M114 10L119 10L120 10");
  assert.equal(drawn(at([99, 100, 105.1, 106]), 106).path, "M113 10L114 10M119.1 10L120 10");
});

test("a slow stream is not a row of gaps", () => {
  assert.equal(gapMs(true), 15_000);
  assert.equal(drawn(at([100, 105, 110, 120], true), 120).path, "M100 10L105 10L110 10L120 10");
});

test("a value that stands alone can be seen", () => {
  assert.equal(drawn(at([100, 110, 120]), 120).path, "M100 10h0M110 10h0M120 10h0");
});

test("a limit is on the scale, and only where there is one", () => {
  const { grid, limitY } = drawn(at([119, 120]), 120, 85);
  assert.deepEqual(grid.map(({ label }) => label), [60, 70, 80, 90]);
  assert.equal(limitY, 3.3);
  assert.equal(drawn(at([120]), 120).limitY, null);
});

test("a reading that comes twice stands once, one that is late is left out", () => {
  let points = at([1, 2]);
  points = withPoint(points, { at: 2000, lp: 66, slow: false });
  assert.deepEqual(points.map(({ at: ms, lp }) => [ms, lp]), [[1000, 60], [2000, 66]]);
  assert.equal(withPoint(points, { at: 1500, lp: 66, slow: false }), points);
});

test("points are kept for two minutes", () => {
  const points = withPoint(at([0, 1]), { at: SPAN_MS + 500, lp: 60, slow: false });
  assert.deepEqual(points.map((point) => point.at), [1000, SPAN_MS + 500]);
});
