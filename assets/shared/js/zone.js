/**
 * Times as people at the site read them: in its IANA zone, with 24 h, in the words that the server
 * uses. Moments are UTC epoch seconds. No DOM.
 */

const QUARTER_HOUR_S = 900;
const DAY_S = 86_400;
// Quarters of an hour remembered for each zone: a fortnight, far more than any axis shows.
const MOST_REMEMBERED = 1_344;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();
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
  });
}

/**
 * Making a format costs a hundred times more than using it. A browser that does not know the zone
 * tells UTC.
 * @param {string} zone
 */
function formatOf(zone) {
  let format = formats.get(zone);
  if (!format) {
    try {
      format = makeFormat(zone);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      format = makeFormat("UTC");
    }
    formats.set(zone, format);
  }
  return format;
}

/**
 * @param {number} at
 * @param {string} zone
 * @returns {Record<string, string>}
 */
function partsOf(at, zone) {
  const parts = formatOf(zone).formatToParts(at * 1000);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
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
  const { weekday, day, month, hour, minute } = partsOf(at, zone);
  // British English has "Sept" here; the server's pages have three letters throughout.
  const known = zone === "UTC" || formatOf(zone).resolvedOptions().timeZone !== "UTC";
  return `${weekday} ${day} ${month.slice(0, 3)}, ${hour}:${minute}${known ? "" : " UTC"}`;
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
