import assert from "node:assert/strict";
import { test } from "node:test";
import { lastOfEach, placedLabels } from "../../../assets/shared/js/label-layout.js";

const PLOT = { left: 40, top: 20, width: 800, height: 300 };
const TEXT = { height: 15, ratio: 1 };
const label = { text: "Lmax limit 105", width: 95, right: 400, room: 300, y: 100 };
/** @param {Partial<typeof label>[]} labels @param {number} [ratio] */
const placed = (labels, ratio = 1) =>
  placedLabels(labels.map((other) => ({ ...label, ...other })), PLOT, { ...TEXT, ratio });

test("a label stands on its limit's right end", () => {
  assert.deepEqual(placed([{}]), [{ text: "Lmax limit 105", left: 300, right: 395, bottom: 98 }]);
});

test("a piece of 60 px has a label, though that is wider, and a shorter one has none", () => {
  assert.equal(placed([{ room: 60 }]).length, 1);
  assert.equal(placed([{ room: 59.9 }]).length, 0);
  assert.equal(placed([{ room: 119 }], 2).length, 0);
  assert.equal(placed([{ room: 120 }], 2).length, 1);
});

test("a label does not leave the plot", () => {
  assert.deepEqual(placed([{ right: 105, room: 65 }]).map(({ left, right }) => [left, right]),
    [[40, 135]]);
  assert.deepEqual(placed([{ y: 36 }]).map(({ bottom }) => bottom), [53]);
  assert.deepEqual(placed([{ y: 37 }]).map(({ bottom }) => bottom), [35]);
  assert.deepEqual(placed([{ y: 18 }]).map(({ bottom }) => bottom), [35]);
  assert.equal(placed([{ y: 330 }]).length, 0);
});

test("labels do not cover one another: under the line, or not at all", () => {
  const bottoms = (/** @type {Partial<typeof label>[]} */ ...labels) =>
    placed(labels).map(({ bottom }) => bottom);
  assert.deepEqual(bottoms({}, { y: 115 }), [98, 113]);
  assert.deepEqual(bottoms({}, { y: 110 }), [98, 127]);
  assert.deepEqual(bottoms({}, { y: 110 }, { y: 105 }), [98, 127]);
  assert.deepEqual(bottoms({}, { y: 105, right: 600 }), [98, 103]);
  assert.deepEqual(bottoms({}, { y: 105, right: 500 }), [98, 122]);
});

test("each limit is labelled at its last piece", () => {
  const piece = { name: "Night", metric: "leq", comparison: "above", threshold_db: 55 };
  const pieces = [
    { ...piece, from: 0, until: 5 }, { ...piece, from: 20, until: 25 },
    { ...piece, metric: "lmax", from: 0, until: 5 },
    { ...piece, threshold_db: 60, from: 1, until: 2 },
    { ...piece, comparison: "below", from: 3, until: 4 },
    { ...piece, name: "Late", from: 6, until: 7 },
  ];
  assert.deepEqual(lastOfEach(pieces), pieces.slice(1));
});
