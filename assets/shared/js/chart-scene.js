/**
 * Everything the drawing needs to know, made from what the server said and what was chosen.
 * Moments are UTC epoch seconds, levels dB. No DOM.
 */

import {
  breachSpans, gapSpans, interruptionSpans, joined, within, withBreaks,
} from "./chart-data.js";
import { limitSegments } from "./limit-lines.js";

/**
 * @typedef {import("./chart-data.js").History} History
 * @typedef {import("./chart-data.js").Span} Span
 * @typedef {import("./chart-data.js").Metric} Metric
 * @typedef {import("./limit-lines.js").Segment} Segment
 * @typedef {import("./limit-lines.js").Limit} Limit
 *
 * @typedef {object} Known the last that the server said
 * @property {History} history
 * @property {number} hours how far back it goes
 * @property {number} until epoch s at which it came
 * @property {Limit[] | null} limits
 * @property {import("./chart-load.js").Answer["events"]} events
 *
 * @typedef {import("./chart-words.js").Side} Side
 *
 * @typedef {object} Scene
 * @property {Span} whole the range that was chosen
 * @property {Span} view the part of it that is shown
 * @property {History} rows with an empty row in each gap
 * @property {number} points how many there are to draw
 * @property {Span[]} gaps open stretches of the shown lines
 * @property {Span[]} hatched gaps and interruptions
 * @property {Span[]} breaches of any limit
 * @property {Record<Side, Span[]>} broken breaches of upper limits and of lower ones
 * @property {Segment[]} segments of limits, over the whole range
 * @property {boolean} severalMetrics whether limits of several quantities are in the range
 */

/**
 * What is known after an answer: what it lacks stays as it was.
 * @param {Known | null} known before
 * @param {import("./chart-load.js").Answer} answer
 * @param {number} hours that were asked for
 * @param {number} until epoch s at which it came
 * @returns {Known | null} null as long as there has been no history
 */
export function learned(known, answer, hours, until) {
  const limits = answer.limits ?? known?.limits ?? null;
  const events = answer.events ?? known?.events ?? null;
  if (answer.history) return { history: answer.history, hours, until, limits, events };
  return known && { ...known, limits, events };
}

/**
 * On which side of its limit a breach is. A limit that is known no more is taken for an upper one,
 * as nearly all are.
 * @param {import("./chart-data.js").Breach} breach
 * @param {Limit[]} limits
 * @returns {Side}
 */
function sideOf(breach, limits) {
  const limit = limits.find(({ name, metric, threshold_db }) => name === breach.limit
    && metric === breach.metric && threshold_db === breach.threshold_db);
  return limit?.comparison === "below" ? "below" : "above";
}

/**
 * @param {Known} known
 * @param {{hours: number, shown: Set<Metric>, zoom: Span | null, offsetMin: number}} chosen
 * @returns {Scene}
 */
export function makeScene(known, { hours, shown, zoom, offsetMin }) {
  const whole = { from: known.until - hours * 3600, until: known.until };
  const history = within(known.history, whole);
  const gaps = gapSpans(history, shown, whole);
  const segments = limitSegments(known.limits ?? [], whole.from, whole.until, offsetMin);
  const events = known.events?.events ?? [];
  const broken = /** @param {Side} side */ (side) =>
    breachSpans(events.filter((breach) => sideOf(breach, known.limits ?? []) === side), whole);
  const interruptions = interruptionSpans(known.events?.interruptions ?? [], whole);
  return {
    whole,
    view: zoom ?? whole,
    rows: withBreaks(history),
    points: history.at.length,
    gaps,
    hatched: joined([...gaps, ...interruptions]),
    breaches: breachSpans(events, whole),
    broken: { above: broken("above"), below: broken("below") },
    segments,
    severalMetrics: new Set(segments.map(({ metric }) => metric)).size > 1,
  };
}

/**
 * The limits that are in force at some time of the view.
 * @param {Scene} scene
 * @returns {Segment[]}
 */
export function segmentsInView({ segments, view }) {
  return segments.filter(({ from, until }) => from < view.until && until > view.from);
}

/**
 * The jumps from one limit to the next of the same quantity that takes over at that moment.
 * @param {Segment[]} segments
 * @returns {{at: number, from: number, to: number}[]} epoch s; dB before and after
 */
export function limitJumps(segments) {
  return segments.flatMap((before) => {
    const next = segments.find((after) => after.from === before.until
      && after.metric === before.metric && after.comparison === before.comparison);
    return next ? [{ at: before.until, from: before.threshold_db, to: next.threshold_db }] : [];
  });
}
