// How long to wait before the next attempt.

/**
 * Exponential backoff with full jitter: anywhere between the shortest wait and a ceiling that
 * doubles with each attempt. After a restart of the server, the viewers come back spread out.
 *
 * @param {number} attempt 0 for the first wait after a success
 * @param {number} chance 0 to 1, fresh for each call
 * @param {{least: number, first: number, most: number}} limits the shortest wait, the first
 *   ceiling and the last one, ms
 * @returns {number} ms
 */
export function backoff(attempt, chance, { least, first, most }) {
  const ceiling = Math.min(most, first * 2 ** attempt);
  return Math.round(least + chance * Math.max(0, ceiling - least));
}
