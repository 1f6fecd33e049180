// What the staff's JSON says of rules and events, as the chart draws it. No DOM.

/**
 * @typedef {import("../../shared/js/limit-lines.js").Limit} Limit
 * @typedef {import("../../shared/js/limit-lines.js").Schedule} Schedule
 * @typedef {import("../../shared/js/chart-data.js").Breach} Breach
 * @typedef {import("../../shared/js/chart-data.js").Interruption} Interruption
 *
 * @typedef {object} Rule a rule as the JSON has it
 * @property {string} name
 * @property {string} metric
 * @property {string} comparison
 * @property {number | null} threshold_db
 * @property {string | null} schedule_start
 * @property {string | null} schedule_end
 * @property {string | null} schedule_days `0,1,2`, Monday = 0
 * @property {string} standing `watched` where SLMM evaluates it
 *
 * @typedef {object} Happening an event as the JSON has it
 * @property {number} id
 * @property {string} rule_name
 * @property {string} metric `connectivity` for lost contact
 * @property {number | null} threshold_db
 * @property {string} onset_at
 * @property {string | null} clear_at
 * @property {boolean} active as SLMM says
 */

/**
 * @param {(id: number) => boolean} goesOn whether an event that SLMM calls active is believed
 * @returns {import("../../shared/js/chart-load.js").Reader}
 */
export function meterReader(goesOn) {
  return {
    limits: (body) => (Array.isArray(body.rules) ? limitsOf(body.rules) : null),
    events: (body) => (Array.isArray(body.events) ? eventsOf(body.events, goesOn) : null),
  };
}

/**
 * The rules that are watched.
 *
 * @param {Rule[]} rules
 * @returns {Limit[]}
 */
export function limitsOf(rules) {
  return rules.flatMap((rule) => {
    const { name, metric, comparison, threshold_db, standing } = rule;
    if (standing !== "watched" || threshold_db === null) return [];
    return [{ name, metric, comparison, threshold_db, schedule: scheduleOf(rule) }];
  });
}

/**
 * @param {Rule} rule
 * @returns {Schedule | null} null = always
 */
function scheduleOf({ schedule_start, schedule_end, schedule_days }) {
  const days = (schedule_days ?? "").split(",").filter((day) => day.trim()).map(Number);
  const both = Boolean(schedule_start && schedule_end);
  if (!both && days.length === 0) return null;
  return {
    start: both ? schedule_start : null,
    end: both ? schedule_end : null,
    days: days.length > 0 ? days : null,
  };
}

/**
 * Breaches and losses of contact. An open loss that is not believed has no end to draw, and is left
 * out.
 *
 * @param {Happening[]} events
 * @param {(id: number) => boolean} goesOn
 * @returns {{events: Breach[], interruptions: Interruption[]}}
 */
export function eventsOf(events, goesOn) {
  /** @type {Breach[]} */
  const breaches = [];
  /** @type {Interruption[]} */
  const interruptions = [];
  for (const { id, rule_name, metric, threshold_db, onset_at, clear_at, active } of events) {
    const lasts = active && goesOn(id);
    if (metric === "connectivity") {
      if (clear_at || lasts) interruptions.push({ from: onset_at, to: clear_at });
    } else if (threshold_db !== null) {
      const status = lasts ? "active" : clear_at ? "cleared" : "lapsed";
      breaches.push({ limit: rule_name, metric, threshold_db, onset_at, clear_at, status });
    }
  }
  return { events: breaches, interruptions };
}
