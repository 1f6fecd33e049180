// Times that go on: "2 s ago", "11 min", a clock. Each second, without a reload, by the server's time.

import { duration } from "./duration.js";
import { timeText } from "./zone.js";

/**
 * The words for a moment, `null` where the moment is not readable.
 *
 * @param {string | null | undefined} from RFC 3339, UTC
 * @param {string | undefined} kind "ago" or "lasting", as `data-tick` says it
 * @param {number} nowMs the server's time, UTC, ms since 1970
 * @returns {string | null}
 */
export function ageWords(from, kind, nowMs) {
  const since = Date.parse(from ?? "");
  if (!Number.isFinite(since)) return null;
  const words = duration((nowMs - since) / 1000);
  return kind === "ago" ? `${words} ago` : words;
}

/**
 * @param {HTMLElement} element
 * @param {number} nowMs
 */
function tickWords(element, nowMs) {
  const kind = element.dataset.tick;
  if (kind === "clock") {
    const zone = document.getElementById("main")?.dataset.zone ?? "UTC";
    return timeText(nowMs / 1000, nowMs / 1000, zone);
  }
  return ageWords(element.getAttribute("datetime") ?? element.dataset.from, kind, nowMs);
}

/**
 * Writes every `[data-tick]` of the page as it is now.
 *
 * @param {number} nowMs the server's time, UTC, ms since 1970
 */
export function tickAges(nowMs) {
  for (const element of document.querySelectorAll("[data-tick]")) {
    if (!(element instanceof HTMLElement)) continue;
    const words = tickWords(element, nowMs);
    if (words !== null && element.textContent !== words) element.textContent = words;
  }
}

/**
 * Ticks from now on, for as long as the page lives.
 *
 * @param {() => number} now the server's time, UTC, ms since 1970
 */
export function startAges(now) {
  tickAges(now());
  setInterval(() => {
    if (!document.hidden) tickAges(now());
  }, 1000);
}
