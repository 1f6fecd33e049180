/** The order of a list that is being dragged. No DOM. */

/**
 * Where a row belongs when the pointer is at `y`.
 * @param {readonly number[]} middles of the other rows, from top to bottom
 * @param {number} y of the pointer, in the same px
 * @returns {number} how many of the others are above
 */
export function slotAt(middles, y) {
  return middles.filter((middle) => middle < y).length;
}

/**
 * @param {readonly string[]} ids
 * @param {string} id one of them
 * @param {number} slot how many of the others are to stand before it
 * @returns {string[]}
 */
export function movedTo(ids, id, slot) {
  const others = ids.filter((other) => other !== id);
  return [...others.slice(0, slot), id, ...others.slice(slot)];
}

/**
 * @param {readonly string[]} one
 * @param {readonly string[]} other
 */
export function sameOrder(one, other) {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

/**
 * What is said after a try.
 * @param {boolean} saved
 * @returns {string}
 */
export function savedWords(saved) {
  return saved ? "Order saved." : "The order could not be saved. It is as it was.";
}
