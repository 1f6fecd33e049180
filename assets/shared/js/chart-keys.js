/** The chart's key: a button for every line, and what the other marks mean. */

import { LINES, READING_ORDER } from "./chart-series.js";
import { element, say, symbolNodes } from "./chart-stage.js";

/** @typedef {import("./chart-data.js").Metric} Metric */

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [26, 12];

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * @param {string} name class
 * @param {Element[]} shapes
 */
function sample(name, shapes) {
  const svg = shape("svg", {
    class: name, width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    "aria-hidden": "true",
  });
  svg.append(...shapes);
  return svg;
}

/** @param {Metric} metric */
function lineSample(metric) {
  const line = LINES.find((candidate) => candidate.metric === metric);
  const path = shape("path", {
    // The instant level jumps about; its sample does too.
    d: metric === "lp" ? `M0 9 5 3 9 8 14 2 19 8 ${WIDTH} 4` : `M0 6H${WIDTH}`,
    fill: "none",
    "stroke-width": metric === "lp" ? 1.4 : line?.width ?? 1,
    ...(line && line.dash.length > 0 ? { "stroke-dasharray": line.dash.join(" ") } : {}),
  });
  return sample(`chart-sample ${metric}`, [path]);
}

function hatchSample() {
  const strokes = [2, 8, 14, 20, 26].map((x) =>
    shape("path", { d: `M${x} 0 ${x - 12} 12M${x + 6} 0 ${x - 6} 12`, "stroke-width": 1.6 }));
  return sample("chart-sample hatch", strokes);
}

/**
 * @param {Element} breach what is said of breaches
 * @returns {[string | Element, Element][]}
 */
function plainEntries(breach) {
  const line = shape("path", {
    d: `M0 6H${WIDTH}`, "stroke-width": 1.8, "stroke-dasharray": "7 4",
  });
  const cap = shape("rect", { class: "cap", width: WIDTH, height: 3 });
  const shade = shape("rect", { class: "shade", y: 3, width: WIDTH, height: 9 });
  return [
    ["Limit", sample("chart-sample limit", [line])],
    [breach, sample("chart-sample breach", [cap, shade])],
    ["No data", hatchSample()],
  ];
}

/**
 * Fills the key.
 * @param {HTMLElement} list `[data-key]`
 * @param {Record<Metric, string>} labels symbols by metric
 * @param {Set<Metric>} shown
 * @param {(metric: Metric, show: boolean) => void} toggled
 * @returns {(text: string) => void} says what breaches in the chart are
 */
export function fillKey(list, labels, shown, toggled) {
  const buttons = READING_ORDER.map((metric) => {
    const button = element("button", "chart-toggle", {
      type: "button", "aria-pressed": String(shown.has(metric)),
    });
    const name = document.createElement("span");
    name.append(...symbolNodes(labels[metric]));
    button.append(lineSample(metric), name);
    button.addEventListener("click", () => {
      const show = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(show));
      toggled(metric, show);
    });
    return button;
  });
  const breach = document.createElement("span");
  const marks = plainEntries(breach).map(([word, picture]) => {
    const entry = element("span", "chart-mark");
    entry.append(picture, word);
    return entry;
  });
  list.replaceChildren(...[...buttons, ...marks].map((entry) => {
    const item = document.createElement("li");
    item.append(entry);
    return item;
  }));
  return (text) => say(breach, text);
}
