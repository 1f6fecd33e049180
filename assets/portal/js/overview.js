// The overview: keeps itself current, and brings in the map when the page has been painted and the
// map is near.

import { startPage } from "../../shared/js/page.js";

const NEAR = "300px";
const LATEST_MS = 2000;
const RELOAD_AFTER_MS = 60_000;

/** @type {WeakSet<Element>} */
const taken = new WeakSet();

function takeMap() {
  const element = document.querySelector("[data-map]");
  if (!(element instanceof HTMLElement) || taken.has(element)) return;
  taken.add(element);
  whenIdle(() => whenNear(element, () => bringMap(element)));
}

/** @param {HTMLElement} element */
async function bringMap(element) {
  const problem = element.querySelector(".map-problem");
  try {
    const { startMap } = await import("./map.js").catch(reloadLater);
    await startMap(element);
    problem?.remove();
  } catch (error) {
    if (!problem) tellProblem(element);
    // The next refresh of the page tries again.
    taken.delete(element);
    throw error;
  }
}

/**
 * Browsers remember for as long as a page lives that a module could not be had. Once the server
 * answers again the page is loaded anew for it, but not again and again.
 *
 * @param {unknown} error
 * @returns {never}
 */
function reloadLater(error) {
  document.addEventListener("page:fresh", () => {
    if (performance.now() > RELOAD_AFTER_MS) location.reload();
  });
  throw error;
}

/** @param {HTMLElement} element */
function tellProblem(element) {
  const line = document.createElement("p");
  line.className = "map-problem";
  line.textContent = "The map could not be loaded. The list of locations tells the same.";
  element.append(line);
}

/**
 * @param {() => void} act called when the browser has nothing better to do
 */
function whenIdle(act) {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: LATEST_MS });
  else setTimeout(act, 1);
}

/**
 * @param {Element} element
 * @param {() => void} act called once, when the element is in view or nearly so
 */
function whenNear(element, act) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    act();
  }, { rootMargin: NEAR });
  observer.observe(element);
}

startPage();
takeMap();
document.addEventListener("page:fresh", takeMap);
