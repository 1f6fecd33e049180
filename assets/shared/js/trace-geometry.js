// The live trace as geometry: which points, which scale, where on the drawing. No DOM.

/** How far back the trace goes, ms. */
export const SPAN_MS = 120_000;

const LEAST_RANGE_DB = 20;
const STEP_DB = 10;
const LABELS_MOST = 6;

/**
 * @typedef {{at: number, lp: number, slow: boolean}} TracePoint
 *   `at`: UTC, ms since 1970; `lp`: dB
 */

/**
 * The points with one more. A reading that came before is replaced, an older one is left out.
 *
 * @param {TracePoint[]} points in the order of time
 * @param {TracePoint} point
 * @returns {TracePoint[]}
 */
export function withPoint(points, point) {
  const last = points.at(-1);
  if (last && point.at < last.at) return points;
  const before = last && point.at === last.at ? points.slice(0, -1) : points;
  return [...before.filter(({ at }) => at >= point.at - SPAN_MS), point];
}

/**
 * Between two points the line is drawn unless values are missing: over 5 s, or over three times
 * the interval at which they come when that is longer.
 *
 * @param {boolean} slow a value comes every 5 s, not every second
 * @returns {number} ms
 */
export function gapMs(slow) {
  return Math.max(5000, 3 * (slow ? 5000 : 1000));
}

/**
 * The scale: whole tens, at least 20 dB, with all points and the limit on it.
 *
 * @param {number[]} levels dB
 * @returns {{low: number, high: number, labels: number[]}} dB
 */
export function scale(levels) {
  const least = levels.length ? Math.min(...levels) : 50;
  const most = levels.length ? Math.max(...levels) : 70;
  let low = Math.floor(least / STEP_DB) * STEP_DB;
  let high = Math.ceil(most / STEP_DB) * STEP_DB;
  // Room is added where the line comes nearer to the edge.
  while (high - low < LEAST_RANGE_DB) {
    if (high - most < least - low) high += STEP_DB;
    else low -= STEP_DB;
  }
  const steps = (high - low) / STEP_DB;
  const step = STEP_DB * Math.ceil(steps / (LABELS_MOST - 1));
  const labels = [];
  for (let label = low; label <= high; label += step) labels.push(label);
  return { low, high, labels };
}

/**
 * @typedef {{left: number, right: number, top: number, bottom: number}} Frame the plot's edges, px
 * @typedef {object} Trace
 * @property {string} path an SVG path; a point that stands alone is a stroke of no length
 * @property {{x: number, y: number} | null} dot the last value, px, if it is on the drawing
 * @property {{y: number, label: number}[]} grid px and dB
 * @property {number | null} limitY px
 * @property {{least: number, most: number} | null} range of what is drawn, dB
 */

/**
 * @param {TracePoint[]} points in the order of time
 * @param {{nowMs: number, limit: number | null, frame: Frame}} drawing the server's time, ms since
 *   1970; the limit in dB; px
 * @returns {Trace}
 */
export function trace(points, { nowMs, limit, frame }) {
  const end = endMs(points, nowMs);
  const seen = points.filter(({ at }) => at >= end - SPAN_MS && at <= end);
  const levels = seen.map(({ lp }) => lp);
  const { low, high, labels } = scale(limit === null ? levels : [...levels, limit]);
  const x = (/** @type {number} */ at) =>
    tenth(frame.right - ((end - at) / SPAN_MS) * (frame.right - frame.left));
  const y = (/** @type {number} */ db) =>
    tenth(frame.bottom - ((db - low) / (high - low)) * (frame.bottom - frame.top));
  const last = seen.at(-1);
  return {
    path: pathOf(seen, x, y),
    dot: last ? { x: x(last.at), y: y(last.lp) } : null,
    grid: labels.map((label) => ({ y: y(label), label })),
    limitY: limit === null ? null : y(limit),
    range: levels.length ? { least: Math.min(...levels), most: Math.max(...levels) } : null,
  };
}

/**
 * The right edge is the last value, for as long as values come: a reading is always a little old.
 *
 * @param {TracePoint[]} points
 * @param {number} nowMs
 */
function endMs(points, nowMs) {
  const last = points.at(-1);
  return last && nowMs - last.at <= gapMs(last.slow) ? last.at : nowMs;
}

/**
 * @param {TracePoint[]} points
 * @param {(at: number) => number} x
 * @param {(db: number) => number} y
 */
function pathOf(points, x, y) {
  let path = "";
  points.forEach((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    const joined = before !== undefined && point.at - before.at <= gapMs(point.slow);
    path += `${joined ? "L" : "M"}${x(point.at)} ${y(point.lp)}`;
    const alone = !joined && !(after && after.at - point.at <= gapMs(after.slow));
    if (alone) path += "h0";
  });
  return path;
}

/** @param {number} px */
function tenth(px) {
  return Math.round(px * 10) / 10;
}
