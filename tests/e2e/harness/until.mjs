// Waiting for something to become true.

import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks until the answer is true.
 *
 * @template T
 * @param {string} what  what is being waited for
 * @param {() => T | Promise<T>} ask
 * @param {number} [timeout]  ms
 * @returns {Promise<Exclude<T, false | undefined>>} the answer that was true
 */
export async function until(what, ask, timeout = 10_000) {
  const end = performance.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer) return /** @type {Exclude<T, false | undefined>} */ (answer);
    if (performance.now() > end) throw new Error(`in ${timeout} ms it did not happen: ${what}`);
    await pause(25);
  }
}
