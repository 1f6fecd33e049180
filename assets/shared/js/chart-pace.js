/**
 * When the chart asks the server: once a minute while it can be seen, never while it is hidden, at
 * once on return if a minute has passed meanwhile. No DOM.
 */

/** ms */
export const EVERY_MS = 60_000;

/**
 * @typedef {object} Surroundings
 * @property {() => number} now ms, steady
 * @property {(work: () => void, ms: number) => unknown} setTimer
 * @property {(timer: any) => void} clearTimer
 * @property {() => Promise<void>} load asks and draws
 *
 * @typedef {object} Pace
 * @property {() => Promise<void>} start asks at once: at the beginning, or for another range
 * @property {() => void} hide
 * @property {() => void} show
 * @property {() => void} nudge the page has been refreshed: asks if a minute has passed
 */

/**
 * @param {Surroundings} surroundings
 * @returns {Pace}
 */
export function createPace({ now, setTimer, clearTimer, load }) {
  /** @type {unknown} */
  let timer = null;
  let asked = Number.NEGATIVE_INFINITY;
  let hidden = false;

  function plan() {
    clearTimer(timer);
    timer = hidden ? null : setTimer(nudge, Math.max(0, asked + EVERY_MS - now()));
  }

  function start() {
    asked = now();
    plan();
    return load();
  }

  function nudge() {
    if (hidden) return;
    if (now() - asked >= EVERY_MS) void start();
    else plan();
  }

  return {
    start,
    nudge,
    hide() {
      hidden = true;
      plan();
    },
    show() {
      hidden = false;
      nudge();
    },
  };
}
