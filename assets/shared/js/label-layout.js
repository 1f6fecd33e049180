/** Where the limits' labels stand within the plot. Canvas px. No DOM. */

/**
 * @typedef {import("./limit-lines.js").Segment} Segment
 *
 * @typedef {object} Label
 * @property {string} text
 * @property {number} width of the text
 * @property {number} right where the limit ends
 * @property {number} room how long the limit is
 * @property {number} y its height
 *
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 * @typedef {{text: string, left: number, right: number, bottom: number}} Placed
 */

/** A shorter piece of a limit has no label, CSS px. */
const LEAST_PX = 60;
const FROM_END_PX = 5;
const OFF_LINE_PX = 2;

/**
 * The last piece of each limit.
 * @param {Segment[]} segments limit by limit, each in order
 * @returns {Segment[]}
 */
export function lastOfEach(segments) {
  const last = new Map(segments.map((segment) => {
    const { name, metric, comparison, threshold_db } = segment;
    return [JSON.stringify([name, metric, comparison, threshold_db]), segment];
  }));
  return [...last.values()];
}

/**
 * Labels at the right ends of their limits: on the line, or else under it, and none where another
 * one stands already.
 * @param {Label[]} labels the first ones have the choice
 * @param {Box} plot
 * @param {{height: number, ratio: number}} text its height, and canvas px to a CSS px
 * @returns {Placed[]}
 */
export function placedLabels(labels, plot, { height, ratio }) {
  /** @type {Placed[]} */
  const placed = [];
  for (const { text, width, right: end, room, y } of labels) {
    if (room < LEAST_PX * ratio) continue;
    const right = Math.max(end - FROM_END_PX * ratio, plot.left + width);
    const off = OFF_LINE_PX * ratio;
    const place = [y - off, y + off + height]
      .map((bottom) => ({ text, left: right - width, right, bottom }))
      .find((one) => one.bottom - height >= plot.top && one.bottom <= plot.top + plot.height
        && !placed.some((other) => Math.abs(other.bottom - one.bottom) < height
          && other.left < one.right + height && one.left < other.right + height));
    if (place) placed.push(place);
  }
  return placed;
}
