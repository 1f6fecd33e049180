// Writes what the live connection says into the panel. Every write names its field.

import { LEVELS } from "./live-frame.js";
import {
  announcement,
  levelWords,
  marginWords,
  railWidth,
  stateWords,
  statusWords,
} from "./live-words.js";

/**
 * @typedef {object} LivePanel
 * @property {(reading: import("./live-frame.js").Reading) => void} reading shows a reading
 * @property {(status: import("./live-words.js").Status) => void} status shows how the connection is
 * @property {() => void} fresh after a refresh of the page: puts back what is newer here
 */

/**
 * @param {HTMLElement} panel
 * @param {() => number} steady the counter that `retryAt` of a status is from, ms
 * @returns {LivePanel}
 */
export function livePanel(panel, steady) {
  /** @type {import("./live-frame.js").Reading | null} */
  let last = null;
  let state = panel.dataset.state;
  // After a pause the old numbers stay grey until there are new ones.
  let outdated = false;
  const line = statusLine(panel, steady);

  /** @param {boolean} is */
  function grey(is) {
    outdated = is;
    panel.classList.toggle("outdated", is);
  }

  return {
    reading(reading) {
      last = reading;
      grey(false);
      writeReading(panel, reading);
    },
    status(next) {
      line.show(next);
      if (next.kind === "paused") grey(true);
      showOverlay(panel, next.kind === "paused");
    },
    fresh() {
      const kind = line.kind();
      grey(outdated && kind === "paused");
      // Only of the same state: a page that has no value any more is right.
      const connected = kind === "live" || kind === "waiting";
      const holds = connected && last?.state === panel.dataset.state;
      if (last && holds && last.at > shownAt(panel)) writeReading(panel, last);
      const words = stateWords(panel.dataset.state);
      if (words && panel.dataset.state !== state) announce(panel, `${words}.`);
      state = panel.dataset.state;
    },
  };
}

/**
 * How the connection is, in words that count down while it is lost, and spoken when it changes.
 *
 * @param {HTMLElement} panel
 * @param {() => number} steady
 */
function statusLine(panel, steady) {
  /** @type {import("./live-words.js").Status} */
  let status = { kind: "none" };
  /** @type {import("./live-words.js").Status["kind"]} */
  let told = "live";

  function writeStatus() {
    const element = panel.querySelector("[data-live-status]");
    if (!element) return;
    const { text, className } = statusWords(status, steady());
    write(element, text);
    element.className = `status ${className}`.trim();
  }

  setInterval(() => {
    if (status.kind === "lost") writeStatus();
  }, 1000);

  return {
    kind: () => status.kind,
    /** @param {import("./live-words.js").Status} next */
    show(next) {
      status = next;
      writeStatus();
      const spoken = announcement(told, next.kind);
      told = spoken.told;
      if (spoken.text) announce(panel, spoken.text);
    },
  };
}

/**
 * @param {HTMLElement} panel
 * @param {import("./live-frame.js").Reading} reading
 */
function writeReading(panel, { at, levels }) {
  for (const name of LEVELS) {
    for (const element of panel.querySelectorAll(`[data-level="${name}"]`)) {
      write(element, levelWords(levels[name]));
      element.classList.toggle("none", levels[name] === null);
    }
  }
  panel.querySelector("[data-age]")?.setAttribute("datetime", new Date(at).toISOString());
  const headline = LEVELS.find((name) => name === panel.dataset.headline);
  if (!headline) return;
  const level = levels[headline];
  panel.querySelector("[data-rail-fill]")?.setAttribute("width", railWidth(level));
  const margin = panel.querySelector("[data-margin]");
  const { threshold } = panel.dataset;
  if (margin && threshold) write(margin, marginWords(level, Number(threshold)));
}

/** @param {HTMLElement} panel */
function shownAt(panel) {
  const at = Date.parse(panel.querySelector("[data-age]")?.getAttribute("datetime") ?? "");
  return Number.isFinite(at) ? at : -Infinity;
}

/**
 * @param {HTMLElement} panel
 * @param {boolean} paused
 */
function showOverlay(panel, paused) {
  const overlay = panel.querySelector("[data-paused]");
  if (!(overlay instanceof HTMLElement) || overlay.hidden === !paused) return;
  const focused = overlay.contains(document.activeElement);
  overlay.hidden = !paused;
  const status = panel.querySelector("[data-live-status]");
  if (!focused || !(status instanceof HTMLElement)) return;
  // The button that had the focus is gone: on to what it brought about.
  status.tabIndex = -1;
  status.focus({ preventScroll: true });
}

/**
 * @param {HTMLElement} panel
 * @param {string} text
 */
function announce(panel, text) {
  const element = panel.querySelector("[data-announce]");
  if (element) write(element, text);
}

/**
 * @param {Element} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
