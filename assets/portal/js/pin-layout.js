/**
 * Spreads pins that would cover one another: those that can, stay; the others move to the nearest
 * free spot. The same pins always come to lie in the same way. Distances are CSS px. No DOM.
 */

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 * @typedef {object} Place
 * @property {Box} box where the pin's body would like to be
 * @property {Point} at the spot on the map that it speaks of
 */

// Between two bodies.
const GAP = 4;
// Half of the square around a true place that no moved body may cover.
const CLEAR = 6;
// Spots are tried on a raster of this width, up to this distance.
const RASTER = 6;
const FARTHEST = 480;

/** @type {Point[]} */
let spots = [];

/**
 * @param {readonly Place[]} places the first ones are the first to stay where they are
 * @param {Box | null} within bodies should not move out of this
 * @returns {Point[]} how far each body is to be moved; a body that finds no spot stays
 */
export function spread(places, within = null) {
  /** @type {Box[]} */
  const taken = [];
  const stays = places.map(({ box }) => {
    const free = taken.every((other) => !overlap(box, other, GAP));
    if (free) taken.push(box);
    return free;
  });
  const kept = places.map(({ at }) => clearing(at));
  return places.map(({ box, at }, index) => {
    if (stays[index]) return { x: 0, y: 0 };
    const limit = within && contains(within, at) ? within : null;
    const moved = nearestFree(box, taken, kept, limit) ?? nearestFree(box, taken, kept, null);
    if (!moved) return { x: 0, y: 0 };
    taken.push(shifted(box, moved));
    return moved;
  });
}

/**
 * Where the line from a true place to its moved body ends: the nearest spot of the body.
 * @param {Box} box the body where it is now
 * @param {Point} at the true place
 * @returns {Point}
 */
export function leaderEnd(box, at) {
  return {
    x: Math.min(Math.max(at.x, box.left), box.left + box.width),
    y: Math.min(Math.max(at.y, box.top), box.top + box.height),
  };
}

/**
 * @param {Box} box
 * @param {Point} by
 * @returns {Box}
 */
export function shifted(box, by) {
  return { ...box, left: box.left + by.x, top: box.top + by.y };
}

/**
 * @param {Box} box
 * @param {readonly Box[]} taken by other bodies
 * @param {readonly Box[]} kept free
 * @param {Box | null} within
 */
function nearestFree(box, taken, kept, within) {
  if (spots.length === 0) spots = raster();
  return spots.find((by) => {
    const there = shifted(box, by);
    if (within && !encloses(within, there)) return false;
    return (
      taken.every((other) => !overlap(there, other, GAP)) &&
      kept.every((other) => !overlap(there, other, 0))
    );
  });
}

/** All spots around the wish, the nearest first. */
function raster() {
  const reach = Math.floor(FARTHEST / RASTER);
  const steps = Array.from({ length: 2 * reach + 1 }, (_, index) => (index - reach) * RASTER);
  const all = steps.flatMap((y) => steps.map((x) => ({ x, y })));
  const near = all.filter(({ x, y }) => Math.hypot(x, y) <= FARTHEST);
  // Sorting keeps the order of what is equal: from above to below, from left to right.
  return near.sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
}

/** @param {Point} at @returns {Box} */
function clearing({ x, y }) {
  return { left: x - CLEAR, top: y - CLEAR, width: 2 * CLEAR, height: 2 * CLEAR };
}

/** @param {Box} a @param {Box} b @param {number} gap that must be left between them */
function overlap(a, b, gap) {
  return (
    a.left < b.left + b.width + gap &&
    b.left < a.left + a.width + gap &&
    a.top < b.top + b.height + gap &&
    b.top < a.top + a.height + gap
  );
}

/** @param {Box} outer @param {Box} inner */
function encloses(outer, inner) {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.left + inner.width <= outer.left + outer.width &&
    inner.top + inner.height <= outer.top + outer.height
  );
}

/** @param {Box} box @param {Point} at */
function contains(box, at) {
  return encloses(box, { left: at.x, top: at.y, width: 0, height: 0 });
}
