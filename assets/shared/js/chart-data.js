/**
 * What the server says about a location, made ready for drawing: columns with breaks, and the
 * stretches of time that are shaded or hatched. Moments are UTC epoch seconds, levels dB.
 * Nothing is averaged: `leq`, `lmax`, `ln1` and `ln2` run since the measurement's start, and `lp`
 * is one instant in a minute. No DOM.
 */

const MINUTE_S = 60;
/** Points further apart than this have a gap between them, s. */
export const GAP_S = 2.5 * MINUTE_S;
// A breach of which only the beginning is known still has to be seen.
const ONSET_S = MINUTE_S;

/**
 * @typedef {"lp" | "leq" | "lmax" | "ln1" | "ln2"} Metric
 * @typedef {{from: number, until: number}} Span `[from, until)`, epoch s
 * @typedef {(number | null)[]} Column dB
 *
 * @typedef {object} History the history JSON
 * @property {number[]} at epoch s, ascending
 * @property {Column} lp
 * @property {Column} leq
 * @property {Column} lmax
 * @property {Column} ln1
 * @property {Column} ln2
 *
 * @typedef {object} Breach
 * @property {string} limit its name
 * @property {string} metric
 * @property {number} threshold_db
 * @property {string} onset_at RFC 3339
 * @property {string | null} clear_at
 * @property {string} status
 *
 * @typedef {{from: string, to: string | null}} Interruption
 */

/**
 * The same points, with one empty row in the middle of every gap, where lines break.
 * @param {History} history
 * @returns {History}
 */
export function withBreaks(history) {
  /** @type {number[]} the rows before which an empty one is put */
  const breaks = [];
  history.at.forEach((at, i) => {
    if (i > 0 && at - history.at[i - 1] > GAP_S) breaks.push(i);
  });
  /**
   * @template Cell
   * @param {Cell[]} column
   * @param {(row: number) => Cell} empty
   */
  const broken = (column, empty) => {
    const rows = column.slice();
    // From the end, so that the places before stay what they were.
    for (const row of breaks.toReversed()) rows.splice(row, 0, empty(row));
    return rows;
  };
  const levels = /** @param {Column} column */ (column) => broken(column, () => null);
  return {
    at: broken(history.at, (row) => Math.round((history.at[row - 1] + history.at[row]) / 2)),
    lp: levels(history.lp),
    leq: levels(history.leq),
    lmax: levels(history.lmax),
    ln1: levels(history.ln1),
    ln2: levels(history.ln2),
  };
}

/**
 * The part of a history that lies within a span, the ends included.
 * @param {History} history
 * @param {Span} span
 * @returns {History}
 */
export function within(history, { from, until }) {
  const first = history.at.findIndex((at) => at >= from);
  const after = history.at.findLastIndex((at) => at <= until) + 1;
  const cut = /** @param {any[]} column */ (column) =>
    first < 0 ? [] : column.slice(first, Math.max(first, after));
  return {
    at: cut(history.at), lp: cut(history.lp), leq: cut(history.leq), lmax: cut(history.lmax),
    ln1: cut(history.ln1), ln2: cut(history.ln2),
  };
}

/**
 * Where the shown lines are open: before the first value, between values more than 2.5 minutes
 * apart, across rows without any shown value, and after the last value.
 * @param {History} history
 * @param {Iterable<Metric>} shown
 * @param {Span} span the time asked for
 * @returns {Span[]}
 */
export function gapSpans(history, shown, { from, until }) {
  const metrics = [...shown];
  if (metrics.length === 0) return [];
  /** @type {Span[]} */
  const gaps = [];
  let last = from;
  let missing = false;
  const close = /** @param {number} at */ (at) => {
    if (at > last && (missing || at - last > GAP_S)) gaps.push({ from: last, until: at });
    missing = false;
    last = at;
  };
  history.at.forEach((at, i) => {
    if (metrics.some((metric) => typeof history[metric][i] === "number")) close(at);
    else missing = true;
  });
  close(until);
  return gaps;
}

/**
 * Spans by time, joined where they meet or overlap.
 * @param {Span[]} spans
 * @returns {Span[]}
 */
export function joined(spans) {
  /** @type {Span[]} */
  const out = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until);
    else out.push({ ...span });
  }
  return out;
}

/**
 * @param {Span[]} spans
 * @param {Span} limits
 */
function clipped(spans, { from, until }) {
  return spans
    .map((span) => ({ from: Math.max(from, span.from), until: Math.min(until, span.until) }))
    .filter((span) => span.until > span.from);
}

/** @param {string} text RFC 3339 */
const seconds = (text) => Date.parse(text) / 1000;

/**
 * When a limit was exceeded, within a span. An active breach lasts to the span's end; of one whose
 * end was not recorded only the onset is known, and it is shown for a minute.
 * @param {Breach[]} breaches
 * @param {Span} span
 * @returns {Span[]}
 */
export function breachSpans(breaches, span) {
  return joined(clipped(breaches.map(({ onset_at, clear_at, status }) => {
    const from = seconds(onset_at);
    if (clear_at) return { from, until: Math.max(seconds(clear_at), from + ONSET_S) };
    return { from, until: status === "active" ? span.until : from + ONSET_S };
  }), span));
}

/**
 * When there was no contact with the meter, within a span.
 * @param {Interruption[]} interruptions
 * @param {Span} span
 * @returns {Span[]}
 */
export function interruptionSpans(interruptions, span) {
  const spans = interruptions.map(({ from, to }) => ({
    from: seconds(from), until: to ? seconds(to) : span.until,
  }));
  return joined(clipped(spans, span));
}

/**
 * @param {Span[]} spans in order
 * @param {number} at epoch s
 * @returns {Span | undefined} the span that covers a moment
 */
export function spanAt(spans, at) {
  return spans.find((span) => span.from <= at && at < span.until);
}

/**
 * Rows whose value has none beside it: a line has nothing to connect there, so that they are drawn
 * as points.
 * @param {Column} column
 * @returns {number[] | null} null = none
 */
export function lonelyRows(column) {
  const some = /** @param {number} i */ (i) => typeof column[i] === "number";
  /** @type {number[]} */
  const rows = [];
  for (let i = 0; i < column.length; i += 1) {
    if (some(i) && !some(i - 1) && !some(i + 1)) rows.push(i);
  }
  return rows.length > 0 ? rows : null;
}

/**
 * The row nearest to a moment.
 * @param {number[]} ats epoch s, ascending
 * @param {number} at epoch s
 * @returns {number} -1 where there is no row
 */
export function nearestRow(ats, at) {
  let low = 0;
  let high = ats.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ats[middle] <= at) low = middle;
    else high = middle;
  }
  return at - ats[low] <= ats[high] - at ? low : high;
}
