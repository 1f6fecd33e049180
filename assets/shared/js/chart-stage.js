/** The elements that the chart puts into its place in the page. */

/**
 * @typedef {object} Stage
 * @property {HTMLElement} plot the page's own element
 * @property {HTMLElement} canvas holds the plot; takes the keyboard
 * @property {HTMLElement} words stands in for lines where there are none
 * @property {HTMLElement} status what is missing
 * @property {HTMLButtonElement} reset
 * @property {HTMLElement} tip the read-out beside the cursor
 */

const NAME = "Levels over time. Left and right arrow read the points, plus and minus zoom, "
  + "0 shows the whole range.";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name class
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, name, attributes = {}) {
  const made = document.createElement(tag);
  made.className = name;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/**
 * @param {HTMLElement} plot the empty `[data-plot]`
 * @returns {Stage}
 */
export function makeStage(plot) {
  const canvas = element("div", "chart-canvas", {
    tabindex: "0", role: "application", "aria-roledescription": "chart", "aria-label": NAME,
  });
  const words = element("p", "chart-words");
  const status = element("p", "chart-status", { role: "status" });
  const reset = element("button", "chart-reset btn", { type: "button" });
  reset.textContent = "Reset zoom";
  reset.hidden = true;
  const tip = element("div", "chart-tip", { "aria-hidden": "true" });
  tip.hidden = true;
  plot.replaceChildren(canvas, words, status, reset, tip);
  return { plot, canvas, words, status, reset, tip };
}

/**
 * A part that the page must have.
 * @param {HTMLElement} figure
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function part(figure, selector) {
  const found = figure.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the chart has no ${selector}`);
  return found;
}

/**
 * The lines' symbols, as the page has them.
 * @param {HTMLElement} figure
 * @returns {Record<import("./chart-data.js").Metric, string>}
 */
export function labelsOf({ dataset }) {
  return {
    lp: dataset.labelLp ?? "Lp",
    leq: dataset.labelLeq ?? "Leq",
    lmax: dataset.labelLmax ?? "Lmax",
    ln1: dataset.labelLn1 ?? "L1",
    ln2: dataset.labelLn2 ?? "L10",
  };
}

/**
 * A symbol as the field writes it, "Leq" with what follows the letter below the line.
 * @param {string} label
 * @returns {(Node | string)[]}
 */
export function symbolNodes(label) {
  if (!/^L./.test(label)) return [label];
  const below = document.createElement("sub");
  below.textContent = label.slice(1);
  return ["L", below];
}

/**
 * Writes only what has changed, so that live regions stay silent otherwise.
 * @param {HTMLElement} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
