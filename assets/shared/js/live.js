// The live connection of a location: carries out what live-machine.js says.

import { tickAges } from "./ages.js";
import { needsWords, parseFrame, saidBy } from "./live-frame.js";
import { liveState, liveStep } from "./live-machine.js";
import { livePanel } from "./live-panel.js";
import { startTrace } from "./trace.js";

const POLL_S = 15;
// Where the page's state lags behind the stream's, it is asked for now and then, not at each frame.
const WORDS_EVERY_MS = 5000;

/**
 * @typedef {import("./page.js").PageHandle} PageHandle
 * @typedef {import("./live-machine.js").LiveEvent} LiveEvent
 * @typedef {import("./live-machine.js").LiveEffect} LiveEffect
 * @typedef {import("./live-panel.js").LivePanel} LivePanel
 */

const steady = () => performance.now();

/**
 * @param {HTMLElement} panel
 * @param {PageHandle} page
 */
export function startLive(panel, page) {
  const view = livePanel(panel, steady);
  const trace = startTrace(panel);
  const show = frameShower(panel, page, view, trace);
  const perform = performer(panel, page, view, dispatch, (data) => {
    const frame = parseFrame(data);
    if (!frame) return;
    dispatch({ type: "frame", said: saidBy(frame) });
    show(frame);
  });
  let state = liveState();

  /** @param {LiveEvent} event */
  function dispatch(event) {
    const step = liveStep(state, event, { now: steady(), chance: Math.random() });
    state = step.state;
    for (const effect of step.effects) perform(effect);
  }

  const stream = () => Boolean(panel.dataset.stream);
  listen(panel, dispatch);
  document.addEventListener("page:fresh", () => {
    view.fresh();
    tickAges(page.now());
    trace.redraw(page.now());
    dispatch({ type: "page", stream: stream() });
  });
  dispatch({ type: "start", stream: stream(), visible: !document.hidden });
}

/**
 * @param {HTMLElement} panel
 * @param {PageHandle} page
 * @param {LivePanel} view
 * @param {ReturnType<typeof startTrace>} trace
 * @returns {(frame: import("./live-frame.js").Frame) => void} shows what a frame brings
 */
function frameShower(panel, page, view, trace) {
  let askedAt = -Infinity;
  /** @type {import("./live-frame.js").Frame | null} */
  let last = null;

  const askLater = timer(ask);
  function ask() {
    if (!last || !needsWords(last, panel.dataset.state)) return askLater(null);
    const wait = askedAt + WORDS_EVERY_MS - steady();
    // Nothing may follow a frame that says that the meter is lost.
    if (wait > 0) return askLater(wait);
    askedAt = steady();
    void page.refresh();
  }

  return (frame) => {
    if (frame.type === "reading") view.reading(frame);
    tickAges(page.now());
    trace.frame(frame, page.now());
    if (frame.type !== "heartbeat") last = frame;
    ask();
  };
}

/**
 * @param {HTMLElement} panel
 * @param {PageHandle} page
 * @param {LivePanel} view
 * @param {(event: LiveEvent) => void} dispatch
 * @param {(data: unknown) => void} data takes what the socket brings
 * @returns {(effect: LiveEffect) => void} does what the machine says
 */
function performer(panel, page, view, dispatch, data) {
  const retry = timer(() => dispatch({ type: "retry-due" }));
  const watch = timer(() => dispatch({ type: "silent" }));
  const socket = liveSocket({
    opened: () => dispatch({ type: "opened" }),
    data,
    closed: (code) => dispatch({ type: "closed", code }),
  });
  return (effect) => {
    switch (effect.type) {
      case "connect":
        return socket.connect(panel.dataset.stream ?? "");
      case "close":
        return socket.close();
      case "retry":
        return retry(effect.ms);
      case "watch":
        return watch(effect.ms);
      case "poll":
        return page.every(effect.fast ? POLL_S : null);
      case "page-refresh":
        return void page.refresh();
      case "page-pause":
        return page.pause();
      case "page-resume":
        return page.resume();
      case "reload":
        return location.reload();
      case "show":
        return view.status(effect.status);
    }
  };
}

/**
 * @param {HTMLElement} panel
 * @param {(event: LiveEvent) => void} dispatch
 */
function listen(panel, dispatch) {
  const look = () => dispatch({ type: document.hidden ? "hidden" : "visible" });
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pagehide", () => dispatch({ type: "hidden" }));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) look();
  });
  window.addEventListener("online", () => dispatch({ type: "online" }));
  panel.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-resume]")) dispatch({ type: "resume" });
  });
}

/**
 * @param {() => void} done
 * @returns {(ms: number | null) => void} sets the timer anew, or stops it
 */
function timer(done) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let running;
  return (ms) => {
    clearTimeout(running);
    if (ms !== null) running = setTimeout(done, ms);
  };
}

/**
 * One socket at a time; what a former one still has to say is not heard.
 *
 * @param {{opened: () => void, data: (data: unknown) => void, closed: (code: number) => void}}
 *   heard
 */
function liveSocket(heard) {
  /** @type {WebSocket | null} */
  let current = null;

  function close() {
    const socket = current;
    current = null;
    if (socket?.readyState === WebSocket.OPEN) socket.close(1000);
    // Browsers report the closing of a socket that is still opening as an error.
    if (socket?.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close(1000);
  }

  /** @param {string} path */
  function connect(path) {
    close();
    const address = new URL(path, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    current = socket;
    socket.onopen = () => current === socket && heard.opened();
    socket.onmessage = ({ data }) => current === socket && heard.data(data);
    socket.onclose = ({ code }) => {
      if (current !== socket) return;
      current = null;
      heard.closed(code);
    };
  }

  return { connect, close };
}
