/**
 * The stretch of time that is looked at, and the axes' numbers. Moments are UTC epoch seconds,
 * levels dB, distances CSS px. No DOM.
 */

import { offsetSeconds } from "./zone.js";

/** @typedef {import("./chart-data.js").Span} Span */

/** The closest look, s: five points. */
export const CLOSEST_S = 300;

const MINUTE = 60;
const HOUR = 3600;
const STEPS = [
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR,
];
const QUARTER = 15 * MINUTE;
const TEN_DB = 10;
const LEAST_SPAN_DB = 40;
// What is drawn keeps this far from the edge, dB.
const HEADROOM_DB = 1;
/** The scale of the level rail, for a chart without any level. */
const EMPTY_RANGE = /** @type {[number, number]} */ ([30, 100]);

/**
 * A view moved and widened until it lies within the whole and is no closer than allowed.
 * @param {Span} view
 * @param {Span} whole
 * @returns {Span | null} null where that is the whole
 */
export function fitted(view, whole) {
  const most = whole.until - whole.from;
  const length = Math.max(view.until - view.from, CLOSEST_S);
  if (length >= most) return null;
  const middle = (view.from + view.until) / 2;
  const from = Math.min(Math.max(middle - length / 2, whole.from), whole.until - length);
  return { from, until: from + length };
}

/**
 * The view after zooming by a factor, with one moment staying where it is.
 * @param {Span} view
 * @param {number} about epoch s
 * @param {number} factor below 1 is closer
 * @returns {Span}
 */
export function zoomed(view, about, factor) {
  const length = (view.until - view.from) * factor;
  const share = (about - view.from) / (view.until - view.from);
  const from = about - Math.max(length, CLOSEST_S) * share;
  return { from, until: from + Math.max(length, CLOSEST_S) };
}

/**
 * The view moved just so far that a moment is in it, with a tenth of the view ahead of it.
 * @param {Span} view
 * @param {number} at epoch s
 * @returns {Span}
 */
export function revealing(view, at) {
  const ahead = (view.until - view.from) / 10;
  let shift = 0;
  if (at < view.from) shift = at - ahead - view.from;
  if (at > view.until) shift = at + ahead - view.until;
  return { from: view.from + shift, until: view.until + shift };
}

/**
 * The two moments under two fingers, kept under them.
 * @param {{left: number, at: number}[]} held two fingers: where they are now (px from the plot's
 *   left) and which moment each took hold of
 * @param {number} width of the plot, px
 * @returns {Span}
 */
export function pinched(held, width) {
  const [a, b] = [...held].sort((one, other) => one.at - other.at);
  const apart = Math.max(b.left - a.left, 1);
  const rate = (b.at - a.at) / apart;
  const from = a.at - a.left * rate;
  return { from, until: from + width * rate };
}

/**
 * The dB axis: whole tens around everything that is drawn, at least 40 dB.
 * @param {number | null} lowest dB
 * @param {number | null} highest dB
 * @param {number[]} thresholds of the limits in view, dB
 * @returns {[number, number]}
 */
export function levelRange(lowest, highest, thresholds) {
  const levels = [lowest, highest, ...thresholds].filter((level) => typeof level === "number");
  if (levels.length === 0) return EMPTY_RANGE;
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  let low = Math.floor((least - HEADROOM_DB) / TEN_DB) * TEN_DB;
  let high = Math.ceil((most + HEADROOM_DB) / TEN_DB) * TEN_DB;
  while (high - low < LEAST_SPAN_DB) {
    // The side on which there is less room gets more.
    if (high - most < least - low) high += TEN_DB;
    else low -= TEN_DB;
  }
  return [low, high];
}

/**
 * @param {number} low dB
 * @param {number} high dB
 * @returns {number[]} every ten dB
 */
export function levelTicks(low, high) {
  const ticks = [];
  for (let level = Math.ceil(low / TEN_DB) * TEN_DB; level <= high; level += TEN_DB) {
    ticks.push(level);
  }
  return ticks;
}

/**
 * The moments with a label on the time axis: round times of the site's wall clock, also across a
 * change of the clocks.
 * @param {Span} view
 * @param {number} width of the plot, px
 * @param {number} apart least distance of two labels, px
 * @param {string} zone IANA name
 * @returns {number[]} epoch s
 */
export function timeTicks({ from, until }, width, apart, zone) {
  const least = ((until - from) / Math.max(width, 1)) * apart;
  const step = STEPS.find((candidate) => candidate >= least) ?? 24 * HOUR;
  const grain = step >= QUARTER ? QUARTER : MINUTE;
  const ticks = [];
  for (let at = Math.ceil(from / grain) * grain; at <= until; at += grain) {
    if ((at + offsetSeconds(at, zone)) % step === 0) ticks.push(at);
  }
  return ticks;
}

/**
 * Whether a moment is a midnight at the site.
 * @param {number} at epoch s
 * @param {string} zone IANA name
 */
export function isMidnight(at, zone) {
  return (at + offsetSeconds(at, zone)) % (24 * HOUR) === 0;
}
