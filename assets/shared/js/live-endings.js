// How a live connection ends, and what follows from it.

import { backoff } from "./backoff.js";

const HEALTHY_MS = 30_000;
const BACKOFF = { least: 1000, first: 2000, most: 60_000 };

/**
 * @typedef {import("./live-machine.js").LiveState} LiveState
 * @typedef {import("./live-machine.js").LiveEffect} LiveEffect
 * @typedef {import("./live-machine.js").LiveStep} LiveStep
 * @typedef {import("./live-machine.js").Given} Given
 */

/**
 * Nobody looks: the server is to have no work from it, at once.
 *
 * @param {LiveState} state
 * @returns {LiveStep}
 */
export function hide(state) {
  const attempt = isHealthy(state) ? 0 : state.attempt;
  return {
    state: { ...state, phase: "hidden", attempt, openedAt: null },
    effects: [...stop(), { type: "close" }, { type: "show", status: { kind: "connecting" } }],
  };
}

/**
 * @returns {LiveEffect[]} what ends with every connection
 */
export function stop() {
  return [
    { type: "retry", ms: null },
    { type: "watch", ms: null },
    { type: "poll", fast: false },
  ];
}

/**
 * The server has closed it, or the network has.
 *
 * @param {LiveState} state
 * @param {number} code as the close event has it; docs/HTTP.md lists those of the server
 * @param {Given} given
 * @returns {LiveStep}
 */
export function closed(state, code, given) {
  switch (code) {
    case 4401:
      return { state: { ...state, phase: "over" }, effects: [...stop(), { type: "reload" }] };
    case 4404:
      return {
        state: { ...state, phase: "gone" },
        effects: [...stop(), { type: "show", status: { kind: "none" } }, { type: "page-refresh" }],
      };
    case 4408:
      return {
        state: { ...state, phase: "paused", attempt: 0 },
        effects: [...stop(), { type: "page-pause" }, { type: "show", status: { kind: "paused" } }],
      };
    case 1012:
      return lost(state, given, [], restartMs(state, given));
    default:
      return lost(state, given);
  }
}

/**
 * A restart is short; a server that keeps going down is none.
 *
 * @param {LiveState} state
 * @param {Given} given
 * @returns {number | undefined} ms
 */
function restartMs(state, { chance }) {
  return isHealthy(state) || state.attempt < 3 ? 500 + 2500 * chance : undefined;
}

/**
 * It is tried again, and the page is asked meanwhile.
 *
 * @param {LiveState} state
 * @param {Given} given
 * @param {LiveEffect[]} before
 * @param {number} [delay] ms; without it, as long as the backoff says
 * @returns {LiveStep}
 */
export function lost(state, given, before = [], delay) {
  const attempt = isHealthy(state) ? 0 : state.attempt;
  const ms = delay ?? backoff(attempt, given.chance, BACKOFF);
  return {
    state: { ...state, phase: "lost", attempt: attempt + 1, openedAt: null },
    effects: [
      ...before,
      { type: "watch", ms: null },
      { type: "poll", fast: true },
      { type: "retry", ms },
      { type: "show", status: { kind: "lost", retryAt: given.now + ms } },
    ],
  };
}

/** @param {LiveState} state */
function isHealthy({ openedAt, heardAt }) {
  return openedAt !== null && heardAt - openedAt >= HEALTHY_MS;
}
