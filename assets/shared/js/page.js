// What every page of a signed-in visitor does: it ticks, and it keeps itself current.

import { startAges, tickAges } from "./ages.js";
import { serverClock } from "./clock.js";
import { startRefresh } from "./refresh.js";

/**
 * @typedef {import("./refresh.js").RefreshHandle & {now: () => number}} PageHandle
 *   `now`: the server's time, UTC, ms since 1970
 */

/**
 * Starts the page. After each refresh, `page:fresh` is dispatched on the document.
 *
 * @returns {PageHandle}
 */
export function startPage() {
  const main = document.getElementById("main");
  if (!main) throw new Error("a page without a main part");
  const clock = serverClock(0, () => performance.now());
  clock.set(Date.parse(main.dataset.at ?? ""), firstByteMs());
  startAges(clock.now);
  startPrint();
  document.addEventListener("page:fresh", () => tickAges(clock.now()));
  return { ...startRefresh(main, clock), now: clock.now };
}

/** Buttons that do nothing without a script are shown by it. */
function startPrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => print());
  }
}

/** When this page's first byte came, by `performance.now`. */
function firstByteMs() {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0;
}
