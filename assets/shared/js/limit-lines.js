/**
 * When limits are in force. A schedule is read as the meters' software reads it: `[start, end)` by
 * the wall clock of a fixed local time (the same all year), an end before the start wraps over
 * midnight, equal or missing ends are the whole day, and the day that counts is the one that the
 * clock shows, so that "22:00 to 07:00 on Friday" has Friday's early hours and not Saturday's.
 * Moments are UTC epoch seconds, levels dB. No DOM.
 */

const DAY_S = 86_400;
const DAY_MIN = 1_440;

/**
 * @typedef {object} Schedule
 * @property {string | null} start `HH:MM`
 * @property {string | null} end `HH:MM`
 * @property {number[] | null} days Monday = 0; null = every day
 *
 * @typedef {object} Limit
 * @property {string} name
 * @property {string} metric `lp`, `leq`, `lmax`, `ln1`, `ln2`…
 * @property {string} comparison `above` or `below`
 * @property {number} threshold_db
 * @property {Schedule | null} schedule null = always
 *
 * @typedef {object} Segment one stretch of time in which a limit is in force
 * @property {string} name
 * @property {string} metric
 * @property {string} comparison
 * @property {number} threshold_db
 * @property {number} from epoch s
 * @property {number} until epoch s, the first moment after it
 */

/**
 * @param {string} text `HH:MM`
 * @returns {number} minutes since midnight
 */
function minuteOf(text) {
  const [hour, minute] = text.split(":").map(Number);
  return hour * 60 + minute;
}

/**
 * The minutes of a day on which a schedule applies, as `[from, until)`.
 * @param {Schedule} schedule
 * @returns {[number, number][]}
 */
function minutesOf({ start, end }) {
  const [from, until] = [start && minuteOf(start), end && minuteOf(end)];
  if (typeof from !== "number" || typeof until !== "number") return [[0, DAY_MIN]];
  // Of equal ends the two parts make the whole day.
  return from < until ? [[from, until]] : [[0, until], [from, DAY_MIN]];
}

/**
 * The stretches of `[from, until)` in which a schedule holds, joined where they touch.
 * @param {Schedule | null} schedule null = always
 * @param {number} from epoch s
 * @param {number} until epoch s
 * @param {number} offsetMin the fixed local time's distance from UTC, minutes east
 * @returns {{from: number, until: number}[]}
 */
export function timesInForce(schedule, from, until, offsetMin) {
  if (until <= from) return [];
  if (!schedule) return [{ from, until }];
  const shift = offsetMin * 60;
  /** @type {{from: number, until: number}[]} */
  const times = [];
  const lastDay = Math.floor((until - 1 + shift) / DAY_S);
  for (let day = Math.floor((from + shift) / DAY_S); day <= lastDay; day += 1) {
    // 1 January 1970, day 0, was a Thursday.
    const weekday = (((day + 3) % 7) + 7) % 7;
    if (schedule.days && !schedule.days.includes(weekday)) continue;
    for (const [first, after] of minutesOf(schedule)) {
      const start = Math.max(from, day * DAY_S - shift + first * 60);
      const end = Math.min(until, day * DAY_S - shift + after * 60);
      const last = times.at(-1);
      if (end <= start) continue;
      if (last && last.until === start) last.until = end;
      else times.push({ from: start, until: end });
    }
  }
  return times;
}

/**
 * Every limit's stretches within `[from, until)`, limit by limit in the given order.
 * @param {Limit[]} limits
 * @param {number} from epoch s
 * @param {number} until epoch s
 * @param {number} offsetMin minutes east of UTC
 * @returns {Segment[]}
 */
export function limitSegments(limits, from, until, offsetMin) {
  return limits.flatMap(({ name, metric, comparison, threshold_db, schedule }) =>
    timesInForce(schedule, from, until, offsetMin).map((time) => ({
      name, metric, comparison, threshold_db, ...time,
    })));
}
