// The server's time, which a visitor's wrong clock cannot disturb. How times are told: zone.js.

/**
 * A clock that is set to the server's time now and then, and goes by a steady counter in between.
 *
 * @typedef {object} ServerClock
 * @property {(serverMs: number, steadyMs?: number) => void} set says that it was `serverMs` (UTC,
 *   ms since 1970) on the server when the counter stood at `steadyMs` (now, if not said)
 * @property {() => number} now the server's time, UTC, ms since 1970
 */

/**
 * @param {number} serverMs the server's time at this moment, UTC, ms since 1970
 * @param {() => number} steady a counter of ms that nobody sets, such as `performance.now`
 * @returns {ServerClock}
 */
export function serverClock(serverMs, steady) {
  let offset = serverMs - steady();
  return {
    set(at, steadyMs = steady()) {
      offset = at - steadyMs;
    },
    now: () => steady() + offset,
  };
}
