/**
 * The colours that the canvas is drawn with. A canvas cannot read custom properties, so a hidden
 * element is coloured with each of them and asked what came of it.
 */

import { LINES } from "./chart-series.js";

/**
 * @typedef {object} Colours computed CSS colours
 * @property {string} ink
 * @property {string} quiet labels of the axes
 * @property {string} line grid
 * @property {string} rule hatching
 * @property {string} surface
 * @property {string} limit limit lines and the marks of breaches
 * @property {string} limitText
 * @property {Record<string, string>} metrics by metric
 * @property {string} font family
 */

/**
 * @param {HTMLElement} host where the chart stands
 * @param {"light" | null} scheme a scheme to force, for print; null as the page is
 * @returns {Colours}
 */
export function readColours(host, scheme) {
  const probe = document.createElement("i");
  probe.hidden = true;
  if (scheme) probe.style.colorScheme = scheme;
  host.append(probe);
  const read = /** @param {string} token */ (token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    ink: read("--ink"),
    quiet: read("--ink-2"),
    line: read("--line"),
    rule: read("--rule"),
    surface: read("--surface"),
    limit: read("--above-fill"),
    limitText: read("--above"),
    metrics: Object.fromEntries(LINES.map(({ metric }) => [metric, read(`--s-${metric}`)])),
    font: getComputedStyle(host).fontFamily,
  };
  probe.remove();
  return colours;
}

/**
 * Calls back when the colours may have changed: the system's scheme, or the page's own switch.
 * @param {() => void} changed
 */
export function watchColours(changed) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
