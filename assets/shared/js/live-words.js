// What the live panel says, in words and numbers.

/**
 * @typedef {{kind: "none" | "connecting" | "waiting" | "paused"} | {kind: "live", slow: boolean}
 *   | {kind: "lost", retryAt: number}} Status
 *   `retryAt`: when the next attempt is made, ms on the counter that `nowMs` is from
 */

/** @type {Record<string, string>} */
const STATE_WORDS = {
  measuring: "Measuring",
  stopped: "Stopped",
  stale: "Stale",
  offline: "Offline",
  no_data: "No data",
  no_meter: "No meter",
  unavailable: "Unavailable",
};

/**
 * @param {Status} status
 * @param {number} nowMs
 * @returns {{text: string, className: string}}
 */
export function statusWords(status, nowMs) {
  switch (status.kind) {
    case "live":
      return { text: status.slow ? "Live, every 5 s" : "Live", className: "on" };
    case "connecting":
      return { text: "Connecting…", className: "wait" };
    case "waiting":
      return { text: "Waiting for the meter", className: "wait" };
    case "lost": {
      const seconds = Math.max(1, Math.ceil((status.retryAt - nowMs) / 1000));
      return { text: `Connection lost. Trying again in ${seconds} s.`, className: "lost" };
    }
    case "paused":
      return { text: "Live paused", className: "paused" };
    default:
      return { text: "", className: "" };
  }
}

/**
 * What is to be spoken when the connection changes, and only then: a page that begins live, or an
 * attempt that fails once more, says nothing new. What becomes of the meter is told by its state.
 *
 * @param {Status["kind"]} told the last kind that counted, "live" at first
 * @param {Status["kind"]} kind the kind now
 * @returns {{told: Status["kind"], text: string | null}}
 */
export function announcement(told, kind) {
  const quiet = kind === "connecting" || kind === "waiting" || kind === "none";
  if (quiet || kind === told) return { told, text: null };
  const text = { live: "Live again.", lost: "Connection lost.", paused: "Live paused." }[kind];
  return { told: kind, text };
}

/**
 * @param {string | undefined} state as `data-state` has it
 * @returns {string | null} the words for it, `null` for one that nobody knows
 */
export function stateWords(state = "") {
  return STATE_WORDS[state] ?? null;
}

/**
 * A level as it is shown.
 *
 * @param {number | null} level dB
 * @returns {string} one decimal; a dash where there is no value
 */
export function levelWords(level) {
  return level === null ? "–" : level.toFixed(1);
}

/**
 * How far a level is from a limit.
 *
 * @param {number | null} level dB
 * @param {number} limit dB
 * @returns {string} "3.8 dB above the limit"; nothing where there is no value
 */
export function marginWords(level, limit) {
  if (level === null || !Number.isFinite(limit)) return "";
  const tenths = Math.round(Math.abs(level - limit) * 10);
  if (tenths === 0) return "at the limit";
  return `${(tenths / 10).toFixed(1)} dB ${level > limit ? "above" : "below"} the limit`;
}

/**
 * How much of the rail from 30 to 100 dB is filled.
 *
 * @param {number | null} level dB
 * @returns {string} a width, "62.57%"
 */
export function railWidth(level) {
  const share = level === null ? 0 : (level - 30) / 70;
  return `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
}
