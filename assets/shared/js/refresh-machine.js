// When a page is asked for anew, as a pure machine: what happened goes in, what to do comes out.

import { backoff } from "./backoff.js";

/**
 * @typedef {object} RefreshState
 * @property {boolean} visible
 * @property {boolean} paused nothing is asked for by itself; a refresh that somebody asks for is
 * @property {boolean} over the server has another page to show: nothing is asked for any more
 * @property {boolean} busy a request is on its way; there is never a second one
 * @property {boolean} wanted a refresh is to be made as soon as it may be
 * @property {number} failures in a row
 * @property {number} everyMs between two refreshes
 */

/**
 * @typedef {{type: "start" | "due" | "asked" | "hidden" | "visible" | "restored" | "online"
 *   | "succeeded" | "failed" | "dropped" | "gone" | "pause" | "resume"}
 *   | {type: "every", ms: number}} RefreshEvent
 *   `restored`: back out of the history; `dropped`: what came is no longer what is wanted;
 *   `gone`: the session or the page is.
 */

/**
 * @typedef {{type: "fetch" | "late" | "reload" | "stop"} | {type: "wait", ms: number}}
 *   RefreshEffect
 */

/** @typedef {{state: RefreshState, effects: RefreshEffect[]}} RefreshStep */

/**
 * @param {{visible: boolean, everyMs: number}} page
 * @returns {RefreshState}
 */
export function refreshState({ visible, everyMs }) {
  return { visible, everyMs, paused: false, over: false, busy: false, wanted: false, failures: 0 };
}

/**
 * @param {RefreshState} state
 * @param {RefreshEvent} event
 * @param {number} chance 0 to 1, fresh for each call
 * @returns {RefreshStep}
 */
export function refreshStep(state, event, chance) {
  const nothingNew = event.type === "every" && event.ms === state.everyMs;
  if (state.over || nothingNew) return { state, effects: [] };
  if (event.type === "gone") {
    return { state: { ...state, over: true }, effects: [{ type: "stop" }, { type: "reload" }] };
  }
  const after = { ...state, ...change(state, event) };
  const { state: settled, effects } = settle(after, chance);
  if (event.type === "failed") effects.unshift({ type: "late" });
  return { state: settled, effects };
}

/**
 * @param {RefreshState} state
 * @param {RefreshEvent} event
 * @returns {Partial<RefreshState>} what is different now
 */
function change(state, event) {
  switch (event.type) {
    case "due":
      return { wanted: true };
    case "asked":
      return { wanted: true };
    case "hidden":
      return { visible: false };
    case "visible":
      // A tab that was visible all the time has nothing to catch up with.
      return { visible: true, wanted: state.wanted || (!state.visible && !state.paused) };
    case "restored":
      // Most browsers say that it is visible just before.
      return { wanted: state.wanted || !(state.paused || state.busy) };
    case "online":
      return { wanted: state.wanted || (state.failures > 0 && !state.paused) };
    case "succeeded":
      return { busy: false, failures: 0 };
    case "failed":
      return { busy: false, failures: state.failures + 1 };
    case "dropped":
      return { busy: false, wanted: true };
    case "pause":
      return { paused: true };
    case "resume":
      return { paused: false, wanted: state.wanted || state.paused };
    case "every":
      return { everyMs: event.ms };
    default:
      return {};
  }
}

/**
 * @param {RefreshState} state
 * @param {number} chance
 * @returns {RefreshStep} what follows from how things stand
 */
function settle(state, chance) {
  if (state.busy) return { state, effects: [] };
  if (!state.visible) return { state, effects: [{ type: "stop" }] };
  if (state.wanted) {
    const asking = { ...state, busy: true, wanted: false };
    return { state: asking, effects: [{ type: "stop" }, { type: "fetch" }] };
  }
  if (state.paused) return { state, effects: [{ type: "stop" }] };
  return { state, effects: [{ type: "wait", ms: waitMs(state, chance) }] };
}

/**
 * After a failure sooner than usual, and never later.
 *
 * @param {RefreshState} state
 * @param {number} chance
 */
function waitMs({ failures, everyMs }, chance) {
  if (failures === 0) return everyMs;
  const limits = { least: 1000, first: 4000, most: everyMs };
  return Math.min(everyMs, backoff(failures - 1, chance, limits));
}
