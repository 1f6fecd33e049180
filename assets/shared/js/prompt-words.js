// The minutes for which a prompt stays locked.

// The server counts in whole seconds; a second more and it agrees that the time is over.
const MARGIN_MS = 1000;

/**
 * @param {number} untilMs when the lock ends, UTC, ms since 1970
 * @param {number} nowMs the server's time, UTC, ms since 1970
 * @returns {number} rounded up, at least 1; 0 when it is over
 */
export function minutesLeft(untilMs, nowMs) {
  if (nowMs >= untilMs + MARGIN_MS) return 0;
  return Math.max(1, Math.ceil((untilMs - nowMs) / 60_000));
}

/**
 * @param {number} minutes
 * @param {string} shown a sentence with "15 minutes" in it
 * @returns {string} the same sentence for `minutes`
 */
export function minutesWords(minutes, shown) {
  return shown.replace(/\d+ minutes?/, minutes === 1 ? "1 minute" : `${minutes} minutes`);
}
