import assert from "node:assert/strict";
import { test } from "node:test";

import { leaderEnd, shifted, spread } from "../../../assets/portal/js/pin-layout.js";

/** @typedef {import("../../../assets/portal/js/pin-layout.js").Box} Box */

/**
 * A pin as the map makes it: centred above its place.
 * @param {number} x
 * @param {number} y
 */
function place(x, y, width = 66, height = 27) {
  return { at: { x, y }, box: { left: x - width / 2, top: y - 7 - height, width, height } };
}

/** @param {Box} a @param {Box} b */
function gapBetween(a, b) {
  const across = Math.max(b.left - a.left - a.width, a.left - b.left - b.width);
  const down = Math.max(b.top - a.top - a.height, a.top - b.top - b.height);
  return Math.max(across, down);
}

/** @param {ReturnType<typeof place>[]} places @param {Box | null} [within] */
function bodies(places, within = null) {
  const moves = spread(places, within);
  return places.map(({ box }, index) => shifted(box, moves[index]));
}

/** @param {Box[]} boxes */
function assertApart(boxes) {
  boxes.forEach((a, index) => {
    for (const b of boxes.slice(index + 1)) {
      assert.ok(gapBetween(a, b) >= 4, `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
    }
  });
}

test("pins with room stay where they are", () => {
  assert.deepEqual(spread([place(0, 0), place(100, 0), place(0, 60)]), [
    { x: 0, y: 0 },
    { x: 0, y: 0 },
    { x: 0, y: 0 },
  ]);
});

test("nothing is spread where there is nothing", () => {
  assert.deepEqual(spread([]), []);
});

test("of two at one point the first stays and the second goes to the nearest side", () => {
  const places = [place(200, 200), place(200, 200)];
  const [first, second] = spread(places);
  assert.deepEqual(first, { x: 0, y: 0 });
  assert.deepEqual(second, { x: 0, y: -36 });
  assertApart(bodies(places));
});

test("twenty pins at one point lie apart, and near it", () => {
  const places = Array.from({ length: 20 }, (_, index) => place(180, 160, 50 + (index % 4) * 9));
  const boxes = bodies(places);
  assertApart(boxes);
  for (const box of boxes) {
    const end = leaderEnd(box, { x: 180, y: 160 });
    assert.ok(Math.hypot(end.x - 180, end.y - 160) < 140, JSON.stringify(box));
  }
});

test("a moved body covers no true place", () => {
  const places = Array.from({ length: 12 }, (_, index) => place(200 + index * 3, 200));
  const moves = spread(places);
  assert.ok(moves.filter(({ x, y }) => x !== 0 || y !== 0).length > 5);
  places.forEach(({ box }, index) => {
    if (moves[index].x === 0 && moves[index].y === 0) return;
    for (const { at } of places) {
      const { x, y } = leaderEnd(shifted(box, moves[index]), at);
      assert.ok(Math.max(Math.abs(x - at.x), Math.abs(y - at.y)) >= 6);
    }
  });
});

test("a pin that is in nobody's way is not pushed by one that moves", () => {
  // The second must move; upwards, where the third is, there is no room.
  const places = [place(200, 200), place(200, 200), place(200, 164)];
  const moves = spread(places);
  assert.deepEqual(moves[2], { x: 0, y: 0 });
  assertApart(bodies(places));
});

test("the same pins always lie in the same way", () => {
  const places = Array.from({ length: 15 }, (_, index) => place(100 + (index % 3) * 20, 100));
  assert.deepEqual(spread(places), spread(structuredClone(places)));
});

test("bodies stay within the map as long as their places are", () => {
  const within = { left: 0, top: 0, width: 360, height: 320 };
  const inside = Array.from({ length: 8 }, () => place(40, 40));
  const places = [...inside, place(-100, -100), place(-100, -100)];
  const boxes = bodies(places, within);
  assertApart(boxes);
  for (const { left, top, width, height } of boxes.slice(0, 8)) {
    assert.ok(left >= 0 && top >= 0 && left + width <= 360 && top + height <= 320);
  }
});

test("what does not fit within goes outside rather than over another", () => {
  const within = { left: 0, top: 0, width: 150, height: 80 };
  const places = Array.from({ length: 10 }, () => place(70, 50));
  assertApart(bodies(places, within));
});

test("a leader ends at the nearest spot of the body", () => {
  const box = { left: 10, top: 10, width: 40, height: 20 };
  assert.deepEqual(leaderEnd(box, { x: 0, y: 0 }), { x: 10, y: 10 });
  assert.deepEqual(leaderEnd(box, { x: 30, y: 90 }), { x: 30, y: 30 });
  assert.deepEqual(leaderEnd(box, { x: 70, y: 15 }), { x: 50, y: 15 });
});
