// Which notes concern a rule that is being written. No DOM.

/**
 * @param {string} metrics names with blanks between them
 * @param {string} metric the one that is chosen
 * @returns {boolean} whether a note about those concerns it
 */
export function concerns(metrics, metric) {
  return metrics.split(" ").includes(metric);
}

/**
 * Whether a rule goes on over midnight on some days only, so that its night ends with the day.
 *
 * @param {string} start `HH:MM`, or empty
 * @param {string} end `HH:MM`, or empty
 * @param {number} days how many are ticked; none is all of them
 * @returns {boolean}
 */
export function endsAtMidnight(start, end, days) {
  return start !== "" && end !== "" && end < start && days > 0 && days < 7;
}
