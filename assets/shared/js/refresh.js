// Keeps a page current: asks for it anew and morphs its main part. When, says refresh-machine.js.

import { showFresh, showLate } from "./freshness.js";
import { morph } from "./morph.js";
import { refreshState, refreshStep } from "./refresh-machine.js";

const TIMEOUT_MS = 10_000;

/**
 * @typedef {object} RefreshHandle
 * @property {() => Promise<void>} refresh asks for the page at its present address; done when that
 *   page is shown or has failed. A hidden tab asks when it is seen again.
 * @property {() => void} pause stops refreshing by itself
 * @property {() => void} resume refreshes at once, and goes on
 * @property {(seconds: number | null) => void} every another interval; `null`: the page's own
 */

/**
 * @param {HTMLElement} main
 * @param {import("./clock.js").ServerClock} clock is set by each page that comes
 * @returns {RefreshHandle}
 */
export function startRefresh(main, clock) {
  /** @type {(() => void)[]} */
  let asking = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {number | null} */
  let override = null;
  const everyMs = () => 1000 * (override ?? (Number(main.dataset.refresh) || 15));
  const dispatch = dispatcher({ visible: !document.hidden, everyMs: everyMs() }, perform);

  /** @param {import("./refresh-machine.js").RefreshEffect} effect */
  function perform(effect) {
    clearTimeout(timer);
    if (effect.type === "wait") timer = setTimeout(() => dispatch({ type: "due" }), effect.ms);
    if (effect.type === "late") showLate(main, clock.now());
    if (effect.type === "reload") location.reload();
    if (effect.type === "fetch") void fetchOnce();
  }

  async function fetchOnce() {
    const answered = asking;
    asking = [];
    /** @type {Verdict} */
    let verdict = "failed";
    try {
      verdict = await renew(main, clock);
      dispatch({ type: "every", ms: everyMs() });
    } finally {
      // Whatever went wrong on the way, the next refresh is due.
      dispatch({ type: verdict });
      for (const answer of answered) answer();
    }
  }

  listen(dispatch);
  dispatch({ type: "start" });
  return {
    refresh: () => new Promise((resolve) => {
      asking.push(resolve);
      dispatch({ type: "asked" });
    }),
    pause: () => dispatch({ type: "pause" }),
    resume: () => dispatch({ type: "resume" }),
    every(seconds) {
      override = seconds;
      dispatch({ type: "every", ms: everyMs() });
    },
  };
}

/**
 * @param {{visible: boolean, everyMs: number}} page as it begins
 * @param {(effect: import("./refresh-machine.js").RefreshEffect) => void} perform
 */
function dispatcher(page, perform) {
  let state = refreshState(page);
  /** @param {import("./refresh-machine.js").RefreshEvent} event */
  return (event) => {
    const step = refreshStep(state, event, Math.random());
    state = step.state;
    for (const effect of step.effects) perform(effect);
  };
}

/** @param {(event: import("./refresh-machine.js").RefreshEvent) => void} dispatch */
function listen(dispatch) {
  document.addEventListener("visibilitychange", () => {
    dispatch({ type: document.hidden ? "hidden" : "visible" });
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) dispatch({ type: "restored" });
  });
  window.addEventListener("online", () => dispatch({ type: "online" }));
}

/**
 * @typedef {object} Page
 * @property {"page"} type
 * @property {Document} document
 * @property {string} address what was asked for
 * @property {number} steadyMs when its first byte came, by `performance.now`
 */

/**
 * @param {string} address
 * @returns {Promise<Page | {type: "failed" | "gone"}>}
 */
async function fetchPage(address) {
  try {
    const response = await fetch(address, {
      // Nobody has to be there for this: it keeps no session alive.
      headers: { accept: "text/html", "x-refresh": "1" },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const steadyMs = performance.now();
    const elsewhere = response.type === "opaqueredirect" || [401, 404].includes(response.status);
    if (elsewhere) return { type: "gone" };
    if (!response.ok) return { type: "failed" };
    const text = await response.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    return { type: "page", document: page, address, steadyMs };
  } catch (error) {
    // No network is a TypeError, the timeout and a torn connection are a DOMException.
    if (error instanceof TypeError || error instanceof DOMException) return { type: "failed" };
    throw error;
  }
}

/** @typedef {"succeeded" | "failed" | "dropped" | "gone"} Verdict as refresh-machine.js has them */

/**
 * Asks for the page once and shows what comes.
 *
 * @param {HTMLElement} main
 * @param {import("./clock.js").ServerClock} clock
 * @returns {Promise<Verdict>}
 */
async function renew(main, clock) {
  const outcome = await fetchPage(location.href);
  if (outcome.type !== "page") return outcome.type;
  if (outcome.address !== location.href) return "dropped";
  const moved = show(main, outcome.document);
  if (moved !== "shown") return moved;
  clock.set(Date.parse(main.dataset.at ?? ""), outcome.steadyMs);
  showFresh(main, clock.now());
  document.dispatchEvent(new CustomEvent("page:fresh"));
  return "succeeded";
}

/**
 * @param {HTMLElement} main
 * @param {Document} page
 * @returns {"shown" | "failed" | "gone"} failed: not a page of ours, whoever answered
 */
function show(main, page) {
  const fresh = page.getElementById("main");
  if (!fresh || !Number.isFinite(Date.parse(fresh.dataset.at ?? ""))) return "failed";
  if (scripts(page) !== scripts(document)) return "gone";
  morph(main, fresh);
  if (document.title !== page.title) document.title = page.title;
  const { className } = page.body;
  if (document.body.className !== className) document.body.className = className;
  const [icon, newIcon] = [document, page].map((each) => each.getElementById("icon"));
  const href = newIcon?.getAttribute("href");
  if (icon && href && icon.getAttribute("href") !== href) icon.setAttribute("href", href);
  return "shown";
}

/**
 * After an update of the server, its pages want other scripts than the ones that run here.
 *
 * @param {Document} page
 */
function scripts(page) {
  const modules = [...page.querySelectorAll("script[type=module][src]")];
  return modules.map((script) => script.getAttribute("src")).join(" ");
}
