// How long something lasts, in words. The server says the same words: both are held against
// tests/fixtures/words/durations.json.

/**
 * A duration in the two largest units that say something: "45 s", "12 min", "2 h 44 min",
 * "3 d 4 h".
 *
 * @param {number} seconds parts of a second are cut off; a negative duration is "0 s"
 * @returns {string}
 */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(whole / 3600);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${minutes} min`;
  if (whole < 86400) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
