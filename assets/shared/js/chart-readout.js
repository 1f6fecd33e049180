/** The read-out: a box beside the cursor for the eye, a sentence for the ear. */

import { nearestRow, spanAt } from "./chart-data.js";
import { READING_ORDER } from "./chart-series.js";
import { element, symbolNodes } from "./chart-stage.js";
import { brokenText, levelText, SIDES, spanText } from "./chart-words.js";
import { stampText } from "./zone.js";

/**
 * @typedef {import("./chart-data.js").Metric} Metric
 * @typedef {import("./chart-scene.js").Scene} Scene
 * @typedef {import("./chart-words.js").Reading} Reading
 */

const BESIDE_PX = 12;
const EDGE_PX = 4;

/**
 * What the chart shows at a moment.
 * @param {Scene} scene
 * @param {number} at epoch s
 * @param {Set<Metric>} shown
 * @param {Record<Metric, string>} labels
 * @returns {Reading | null} null where there is no point at all
 */
export function readingAt(scene, at, shown, labels) {
  const { rows, gaps, broken } = scene;
  const row = nearestRow(rows.at, at);
  if (row < 0) return null;
  const gap = spanAt(gaps, at) ?? null;
  const moment = gap ? at : rows.at[row];
  return {
    at: moment,
    gap,
    broken: new Set(SIDES.filter((side) => spanAt(broken[side], moment))),
    levels: READING_ORDER.filter((metric) => shown.has(metric)).map((metric) => ({
      label: labels[metric], level: rows[metric][row],
    })),
  };
}

/**
 * @param {Reading} reading
 * @param {string} zone
 * @returns {HTMLElement[]}
 */
function tipLines({ at, gap, broken, levels }, zone) {
  const head = element("p", "when");
  head.textContent = stampText(at, zone);
  if (gap) {
    const none = element("p", "none");
    none.textContent = `No data, ${spanText(gap, zone)}`;
    return [head, none];
  }
  const lines = levels.map(({ label, level }) => {
    const line = element("p", "level");
    const name = document.createElement("span");
    name.append(...symbolNodes(label));
    const value = document.createElement("b");
    value.textContent = levelText(level);
    line.append(name, value);
    return line;
  });
  const words = brokenText(broken);
  if (!words) return [head, ...lines];
  const breach = element("p", "above");
  breach.textContent = words;
  return [head, ...lines, breach];
}

/**
 * Shows a reading beside the cursor, on the side where there is more room.
 * @param {HTMLElement} tip
 * @param {Reading} reading
 * @param {string} zone
 * @param {{left: number, top: number, plot: HTMLElement}} place of the cursor, px within the plot
 */
export function showTip(tip, reading, zone, { left, top, plot }) {
  tip.replaceChildren(...tipLines(reading, zone));
  tip.hidden = false;
  const [width, height] = [tip.offsetWidth, tip.offsetHeight];
  const toTheLeft = left > plot.clientWidth / 2;
  const x = plot.offsetLeft + (toTheLeft ? left - BESIDE_PX - width : left + BESIDE_PX);
  const lowest = plot.clientHeight - height - EDGE_PX;
  const y = plot.offsetTop + Math.max(EDGE_PX, Math.min(top - height / 2, lowest));
  tip.style.transform = `translate(${Math.max(0, Math.round(x))}px, ${Math.round(y)}px)`;
}
