// Says how fresh the page is: "Updated 14:32:10", or since when it has not been.

import { timeText } from "./zone.js";

/**
 * @param {HTMLElement} main
 * @param {number} nowMs the server's time, UTC, ms since 1970
 */
export function showFresh(main, nowMs) {
  main.classList.remove("outdated");
  tell(`Updated ${renderedAt(main, nowMs)}`, false);
}

/**
 * Keeps what is shown, greyed.
 *
 * @param {HTMLElement} main
 * @param {number} nowMs the server's time, UTC, ms since 1970
 */
export function showLate(main, nowMs) {
  main.classList.add("outdated");
  tell(`Not updated since ${renderedAt(main, nowMs)}`, true);
}

/**
 * @param {HTMLElement} main
 * @param {number} nowMs
 */
function renderedAt(main, nowMs) {
  const at = Date.parse(main.dataset.at ?? "");
  return timeText(at / 1000, nowMs / 1000, main.dataset.zone ?? "UTC");
}

/**
 * @param {string} words
 * @param {boolean} late
 */
function tell(words, late) {
  const line = document.getElementById("freshness");
  const text = line?.querySelector("[data-freshness-text]");
  if (!line || !text) return;
  // Spoken when it matters, not every 15 seconds.
  const wasLate = line.classList.contains("late");
  line.setAttribute("aria-live", late || wasLate ? "polite" : "off");
  line.classList.toggle("late", late);
  if (text.textContent !== words) text.textContent = words;
}
