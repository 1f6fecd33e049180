// Frames of the live socket: only what is known and well-formed gets through.

/** Levels that a reading may have, by their names on the wire; staff alone are told of `lmin`. */
export const LEVELS =
  /** @type {const} */ (["lp", "leq", "lmax", "lmin", "lpeak", "ln1", "ln2"]);

const STATES = ["measuring", "stopped", "stale", "offline", "no_data", "no_meter", "unavailable"];

/** States in which there is nothing to hear of; the page says so already. */
const SILENT = ["offline", "no_data", "unavailable"];

/**
 * @typedef {object} Reading
 * @property {"reading"} type
 * @property {string} state run state
 * @property {number} at when it was taken, UTC, ms since 1970
 * @property {Record<typeof LEVELS[number], number | null>} levels dB; `null`: no value
 * @property {boolean} slow comes about every 5 s, not every second
 */

/** @typedef {Reading | {type: "offline" | "waiting" | "heartbeat", at: number}} Frame */

/**
 * @param {unknown} data what the socket brought
 * @returns {Frame | null} `null` for what is no frame of ours
 */
export function parseFrame(data) {
  const frame = parseObject(data);
  if (!frame) return null;
  const at = typeof frame.at === "string" ? Date.parse(frame.at) : NaN;
  if (!Number.isFinite(at)) return null;
  const { type, state } = frame;
  if (type === "offline" || type === "waiting" || type === "heartbeat") return { type, at };
  if (type !== "reading" || typeof state !== "string" || !STATES.includes(state)) return null;
  const levels = LEVELS.map((name) => [name, levelOf(frame[name])]);
  return { type, state, at, levels: Object.fromEntries(levels), slow: frame.slow === true };
}

/**
 * @param {unknown} data
 * @returns {Record<string, unknown> | null}
 */
function parseObject(data) {
  if (typeof data !== "string") return null;
  try {
    const value = JSON.parse(data);
    return typeof value === "object" ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @param {unknown} value */
function levelOf(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/**
 * What a frame says of the meter.
 *
 * @param {Frame} frame
 * @returns {import("./live-machine.js").Said | null} `null` where it says nothing: a heartbeat is
 *   the connection's, and comes between the readings of a slow stream, too
 */
export function saidBy(frame) {
  if (frame.type === "heartbeat") return null;
  if (frame.type !== "reading" || frame.state !== "measuring") return "waiting";
  return frame.slow ? "slow" : "live";
}

/**
 * Whether the words on the page are no longer true, so that it has to be asked for anew.
 *
 * @param {Frame} frame
 * @param {string | undefined} shown the state that the page shows
 */
export function needsWords(frame, shown = "") {
  if (frame.type === "heartbeat") return false;
  if (frame.type === "reading") return frame.state !== shown;
  return !SILENT.includes(shown);
}
