// The life of the live connection, as a pure machine: what happened goes in, what to do comes out.

import { closed, hide, lost, stop } from "./live-endings.js";

const SILENCE_MS = 40_000;
const OPENING_MS = 15_000;

/**
 * @typedef {object} LiveState
 * @property {"off" | "hidden" | "connecting" | "open" | "lost" | "paused" | "gone" | "over"} phase
 *   `off`: there is nothing to connect to; `gone`: the server said so, and the page is being asked;
 *   `over`: the session has ended
 * @property {boolean} visible
 * @property {number} attempt failed ones since the last healthy connection
 * @property {number | null} openedAt ms
 * @property {number} heardAt when the last frame came, ms
 * @property {Said | null} said the last that was heard of the meter; `null` before the first frame
 *   of a connection
 */

/**
 * @typedef {"live" | "slow" | "waiting"} Said `live`: it measures, about once a second; `slow`: it
 *   measures, and its readings come about every 5 s; `waiting`: nothing that is measured now comes
 */

/**
 * @typedef {{type: "start", stream: boolean, visible: boolean} | {type: "page", stream: boolean}
 *   | {type: "opened" | "silent" | "hidden" | "visible" | "retry-due" | "resume" | "online"}
 *   | {type: "frame", said: Said | null} | {type: "closed", code: number}} LiveEvent
 *   `page`: the page has been refreshed, with or without a stream; `frame`: `said` is `null` where
 *   it said nothing of the meter
 */

/**
 * @typedef {{type: "connect" | "close" | "page-refresh" | "page-pause" | "page-resume" | "reload"}
 *   | {type: "retry", ms: number | null} | {type: "watch", ms: number | null}
 *   | {type: "poll", fast: boolean}
 *   | {type: "show", status: import("./live-words.js").Status}} LiveEffect
 *   `retry` and `watch` set the one timer of that name, or stop it; `poll` refreshes the page more
 *   often while nothing is live
 */

/** @typedef {{now: number, chance: number}} Given `now` in ms, `chance` 0 to 1, both fresh */

/** @typedef {{state: LiveState, effects: LiveEffect[]}} LiveStep */

/** @returns {LiveState} */
export function liveState() {
  return { phase: "off", visible: true, attempt: 0, openedAt: null, heardAt: 0, said: null };
}

/**
 * @param {LiveState} state
 * @param {LiveEvent} event
 * @param {Given} given
 * @returns {LiveStep}
 */
export function liveStep(state, event, given) {
  switch (event.type) {
    case "start":
      return page({ ...state, visible: event.visible }, event.stream, given);
    case "hidden":
      return isUp(state) || state.phase === "lost"
        ? hide({ ...state, visible: false })
        : none({ ...state, visible: false });
    case "visible":
      return seen({ ...state, visible: true });
    case "opened":
      return state.phase === "connecting" ? opened(state, given.now) : none(state);
    case "frame":
      return state.phase === "open" ? heard(state, event.said, given.now) : none(state);
    case "closed":
      return isUp(state) ? closed(state, event.code, given) : none(state);
    case "silent":
      return isUp(state) ? lost(state, given, [{ type: "close" }]) : none(state);
    case "retry-due":
    case "online":
      return state.phase === "lost" ? begin(state) : none(state);
    case "resume":
      return state.phase === "paused" ? begin(state, [{ type: "page-resume" }]) : none(state);
    case "page":
      return page(state, event.stream, given);
    default:
      return none(state);
  }
}

/** @param {LiveState} state */
function isUp(state) {
  return state.phase === "connecting" || state.phase === "open";
}

/**
 * @param {LiveState} state
 * @returns {LiveStep}
 */
function none(state) {
  return { state, effects: [] };
}

/**
 * Connects, or waits for the tab to be seen.
 *
 * @param {LiveState} state
 * @param {LiveEffect[]} before
 * @returns {LiveStep}
 */
function begin(state, before = []) {
  if (!state.visible) return { state: { ...state, phase: "hidden" }, effects: before };
  return {
    state: { ...state, phase: "connecting", openedAt: null, said: null },
    effects: [
      ...before,
      { type: "retry", ms: null },
      { type: "connect" },
      { type: "watch", ms: OPENING_MS },
      { type: "show", status: { kind: "connecting" } },
    ],
  };
}

/**
 * @param {LiveState} state
 * @returns {LiveStep}
 */
function seen(state) {
  return state.phase === "hidden" ? begin(state) : none(state);
}

/**
 * @param {LiveState} state
 * @param {number} now
 * @returns {LiveStep}
 */
function opened(state, now) {
  return {
    state: { ...state, phase: "open", openedAt: now, heardAt: now },
    effects: [
      { type: "watch", ms: SILENCE_MS },
      { type: "poll", fast: false },
    ],
  };
}

/**
 * @param {LiveState} state
 * @param {Said | null} news
 * @param {number} now
 * @returns {LiveStep}
 */
function heard(state, news, now) {
  const said = news ?? state.said ?? "waiting";
  /** @type {LiveEffect[]} */
  const effects = [{ type: "watch", ms: SILENCE_MS }];
  if (said !== state.said) effects.push({ type: "show", status: statusOf(said) });
  return { state: { ...state, said, heardAt: now }, effects };
}

/**
 * @param {Said} said
 * @returns {import("./live-words.js").Status}
 */
function statusOf(said) {
  return said === "waiting" ? { kind: "waiting" } : { kind: "live", slow: said === "slow" };
}

/**
 * The server's page says whether there is a stream now.
 *
 * @param {LiveState} state
 * @param {boolean} stream
 * @param {Given} given
 * @returns {LiveStep}
 */
function page(state, stream, given) {
  if (!stream && state.phase !== "over" && state.phase !== "off" && state.phase !== "paused") {
    const effects = /** @type {LiveEffect[]} */ ([...stop(), { type: "close" }]);
    return {
      state: { ...state, phase: "off", openedAt: null },
      effects: [...effects, { type: "show", status: { kind: "none" } }],
    };
  }
  if (stream && state.phase === "off") return begin(state);
  // Closed for want of a meter, and there is one after all: not again and again without a pause.
  if (!stream || state.phase !== "gone") return none(state);
  return state.visible ? lost(state, given) : none({ ...state, phase: "hidden" });
}
