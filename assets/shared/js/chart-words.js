/** The chart's words. Moments are UTC epoch seconds, told in the site's zone. No DOM. */

import { clockText, dayText, stampText } from "./zone.js";

/**
 * @typedef {import("./chart-data.js").Span} Span
 * @typedef {import("./chart-data.js").Metric} Metric
 * @typedef {import("./limit-lines.js").Segment} Segment
 *
 * @typedef {"above" | "below"} Side of a limit: over an upper one, under a lower one
 *
 * @typedef {object} Reading what the read-out points at
 * @property {number} at epoch s
 * @property {Span | null} gap the gap it lies in
 * @property {Set<Side>} broken on which sides a limit was broken then
 * @property {{label: string, level: number | null}[]} levels the shown lines', dB
 */

/** @type {readonly Side[]} */
export const SIDES = ["above", "below"];

/**
 * "61.2 dB", or "–" without a value.
 * @param {number | null} level dB
 */
export function levelText(level) {
  return level === null ? "–" : `${level.toFixed(1)} dB`;
}

/**
 * "Limit 65"; the quantity is named where the limits in view are for several.
 * @param {Segment} segment
 * @param {string | null} label the quantity's symbol
 */
export function limitText({ comparison, threshold_db }, label) {
  const word = comparison === "below" ? "lower limit" : "limit";
  const text = `${label ? `${label} ` : ""}${word} ${Number(threshold_db.toFixed(1))}`;
  return text[0].toUpperCase() + text.slice(1);
}

/**
 * What is said of breaches.
 * @param {Set<Side>} sides on which limits are broken
 * @returns {string} empty without any
 */
export function brokenText(sides) {
  if (sides.size > 1) return "Limit broken";
  if (sides.has("below")) return "Under limit";
  return sides.has("above") ? "Above limit" : "";
}

/**
 * What the key says of the breaches in a chart; of the usual ones where there are none.
 * @param {Record<Side, Span[]>} broken
 */
export function breachEntry(broken) {
  const sides = SIDES.filter((side) => broken[side].length > 0);
  return brokenText(new Set(sides)) || "Above limit";
}

/**
 * "10:02 to 10:14".
 * @param {Span} span
 * @param {string} zone
 */
export function spanText({ from, until }, zone) {
  return `${clockText(from, zone)} to ${clockText(until, zone)}`;
}

/**
 * What is shown after zooming, for those who hear it.
 * @param {Span} view
 * @param {string} zone
 */
export function spokenView({ from, until }, zone) {
  const sameDay = dayText(from, zone) === dayText(until, zone);
  const end = sameDay ? clockText(until, zone) : stampText(until, zone);
  return `Showing ${stampText(from, zone)} to ${end}.`;
}

/**
 * A reading as one sentence, for those who hear it.
 * @param {Reading} reading
 * @param {string} zone
 */
export function spokenReading({ at, gap, broken, levels }, zone) {
  if (gap) return `No data, ${spanText(gap, zone)}.`;
  const parts = levels.map(({ label, level }) =>
    `${label} ${level === null ? "no value" : levelText(level)}`);
  const words = brokenText(broken);
  return `${stampText(at, zone)}: ${parts.join(", ") || "no line is shown"}.${
    words ? ` ${words}.` : ""}`;
}

/**
 * What stands where no line can be drawn.
 * @param {{reached: boolean, meter: boolean}} why whether the server answered, and whether the
 *   location has a meter
 */
export function emptyText({ reached, meter }) {
  return reached || !meter
    ? "No history is kept for this time."
    : "The history cannot be reached at the moment.";
}

/**
 * What is missing from a chart that is drawn; empty if nothing is.
 * @param {{since: number | null, limits: boolean, events: boolean}} state the last complete answer
 *   where it was followed by a failure, and whether limits and breaches are known at all
 * @param {string} zone
 */
export function statusText({ since, limits, events }, zone) {
  if (!limits || !events) {
    const what = [limits ? "" : "limits", events ? "" : "breaches"].filter(Boolean).join(" and ");
    return `${what[0].toUpperCase()}${what.slice(1)} not available`;
  }
  return since === null ? "" : `Chart not updated since ${clockText(since, zone)}`;
}
