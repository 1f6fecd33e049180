/** The chart's lines: how each is told from the others, and which of them are shown. */

/** @typedef {import("./chart-data.js").Metric} Metric */

/**
 * @typedef {object} Line
 * @property {Metric} metric
 * @property {number} width CSS px
 * @property {number[]} dash CSS px; empty = unbroken
 * @property {boolean} optional off until somebody asks for it
 */

/**
 * The lines from the lowest layer to the highest. Without colour they differ by width and dash.
 * @type {readonly Line[]}
 */
export const LINES = [
  { metric: "lmax", width: 1.5, dash: [9, 3, 2, 3], optional: true },
  { metric: "lp", width: 1, dash: [], optional: false },
  { metric: "ln1", width: 1.75, dash: [5, 3], optional: false },
  { metric: "ln2", width: 2, dash: [2, 3], optional: false },
  { metric: "leq", width: 2.25, dash: [], optional: false },
];

/** The order in which people read them. @type {readonly Metric[]} */
export const READING_ORDER = ["lp", "leq", "lmax", "ln1", "ln2"];

const KEY = "chart-lines";

/** @param {unknown} word @returns {word is Metric} */
const isMetric = (word) => LINES.some(({ metric }) => metric === word);

/**
 * The lines that are shown, as left in this session.
 * @param {() => Storage} storage a function, since asking for the storage may itself be refused
 * @returns {Set<Metric>}
 */
export function shownLines(storage) {
  try {
    const text = storage().getItem(KEY);
    if (text !== null) return new Set(text.split(",").filter(isMetric));
  } catch {
    // A browser that keeps nothing for us: every visit begins with the usual lines.
  }
  return new Set(LINES.filter(({ optional }) => !optional).map(({ metric }) => metric));
}

/**
 * Remembers the lines that are shown until the session's end.
 * @param {() => Storage} storage
 * @param {Set<Metric>} shown
 */
export function keepShownLines(storage, shown) {
  try {
    storage().setItem(KEY, [...shown].join(","));
  } catch {
    // As above: the choice holds for this page only.
  }
}
