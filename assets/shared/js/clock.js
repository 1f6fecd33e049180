// The server's time, which a visitor's wrong clock cannot disturb, and how it is told.

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

/**
 * A time of day in a zone, "14:32:10"; with its date, "Fri 20 Nov, 14:32:10", where that is not
 * today. A browser that does not know the zone tells UTC and says so.
 *
 * @param {number} atMs UTC, ms since 1970
 * @param {number} nowMs UTC, ms since 1970
 * @param {string} zone IANA name
 * @returns {string}
 */
export function timeOfDay(atMs, nowMs, zone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  const known = isZone(zone);
  const timeZone = known ? zone : "UTC";
  /** @type {Intl.DateTimeFormatOptions} */
  const date = { weekday: "short", day: "numeric", month: "short" };
  const day = new Intl.DateTimeFormat("en-GB", { timeZone, ...date });
  const words = new Intl.DateTimeFormat("en-GB", { timeZone, ...time }).format(atMs);
  // The date's own comma would make two: "Fri, 20 Nov, 14:32:10".
  const onDay = `${day.format(atMs).replace(",", "")}, ${words}`;
  const dated = day.format(atMs) === day.format(nowMs) ? words : onDay;
  return known ? dated : `${dated} UTC`;
}

/** @param {string} zone */
function isZone(zone) {
  try {
    return Boolean(new Intl.DateTimeFormat("en-GB", { timeZone: zone }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
