/**
 * Times as people at the site read them: in its IANA zone, with 24 h, in the words that the server
 * uses. Moments are UTC epoch seconds. No DOM.
 */

const QUARTER_HOUR_S = 900;
const DAY_S = 86_400;
// Quarters of an hour remembered for each zone: a fortnight, far more than any axis shows.
const MOST_REMEMBERED = 1_344;

/** @typedef {{format: Intl.DateTimeFormat, known: boolean}} Teller `known`: not UTC instead */

/** @type {Map<string, Teller>} */
const tellers = new Map();
/** @type {Map<string, Map<number, number>>} */
const offsets = new Map();

/** @param {string} zone */
function makeFormat(zone) {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}

/**
 * A browser that does not know the zone tells UTC.
 * @param {string} zone
 * @returns {Teller}
 */
function makeTeller(zone) {
  try {
    return { format: makeFormat(zone), known: true };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { format: makeFormat("UTC"), known: false };
  }
}

/**
 * Making a format costs a hundred times more than using it.
 * @param {string} zone
 */
function tellerOf(zone) {
  const teller = tellers.get(zone) ?? makeTeller(zone);
  tellers.set(zone, teller);
  return teller;
}

/**
 * @param {number} at
 * @param {string} zone
 * @returns {Record<string, string>}
 */
function partsOf(at, zone) {
  const parts = tellerOf(zone).format.formatToParts(at * 1000);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/**
 * British English has "Sept"; the server's pages have three letters throughout.
 * @param {Record<string, string>} parts
 */
function dateOf({ weekday, day, month }) {
  return `${weekday} ${day} ${month.slice(0, 3)}`;
}

/**
 * @param {string} words
 * @param {string} zone
 */
function inZone(words, zone) {
  return tellerOf(zone).known ? words : `${words} UTC`;
}

/**
 * "14:32".
 * @param {number} at epoch s
 * @param {string} zone IANA name
 * @returns {string}
 */
export function clockText(at, zone) {
  const { hour, minute } = partsOf(at, zone);
  return `${hour}:${minute}`;
}

/**
 * "Sat 21", as the axis names a midnight.
 * @param {number} at epoch s
 * @param {string} zone IANA name
 * @returns {string}
 */
export function dayText(at, zone) {
  const { weekday, day } = partsOf(at, zone);
  return `${weekday} ${day}`;
}

/**
 * "Sat 21 Nov, 14:32"; with "UTC" behind it where the browser does not know the zone.
 * @param {number} at epoch s
 * @param {string} zone IANA name
 * @returns {string}
 */
export function stampText(at, zone) {
  const parts = partsOf(at, zone);
  return inZone(`${dateOf(parts)}, ${parts.hour}:${parts.minute}`, zone);
}

/**
 * "14:32:10"; with its date, "Sat 21 Nov, 14:32:10", where that is not today's at the site; with
 * "UTC" behind it as above.
 * @param {number} at epoch s
 * @param {number} now epoch s
 * @param {string} zone IANA name
 * @returns {string}
 */
export function timeText(at, now, zone) {
  const parts = partsOf(at, zone);
  const time = `${parts.hour}:${parts.minute}:${parts.second}`;
  const date = dateOf(parts);
  const today = at === now || date === dateOf(partsOf(now, zone));
  return inZone(today ? time : `${date}, ${time}`, zone);
}

/**
 * How far the zone's wall clock is ahead of UTC at a moment. Clocks are changed at whole quarters
 * of an hour only, so that one answer serves a quarter.
 * @param {number} at epoch s
 * @param {string} zone IANA name
 * @returns {number} s, negative west of Greenwich
 */
export function offsetSeconds(at, zone) {
  const quarter = Math.floor(at / QUARTER_HOUR_S);
  const known = offsets.get(zone) ?? new Map();
  offsets.set(zone, known);
  let offset = known.get(quarter);
  if (offset === undefined) {
    if (known.size >= MOST_REMEMBERED) known.clear();
    offset = askOffset(quarter * QUARTER_HOUR_S, zone);
    known.set(quarter, offset);
  }
  return offset;
}

/**
 * The day of the month tells whether the wall clock is on the day before or after that of UTC.
 * @param {number} at
 * @param {string} zone
 */
function askOffset(at, zone) {
  const there = partsOf(at, zone);
  const utc = new Date(at * 1000);
  const seconds = Number(there.hour) * 3600 + Number(there.minute) * 60;
  const days = [-1, 0, 1].find((shift) => {
    const date = new Date((at + shift * DAY_S) * 1000);
    return date.getUTCDate() === Number(there.day);
  });
  const utcSeconds = utc.getUTCHours() * 3600 + utc.getUTCMinutes() * 60;
  return (days ?? 0) * DAY_S + seconds - utcSeconds;
}
