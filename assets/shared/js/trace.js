// The live trace: Lp over the last two minutes, drawn at each frame.

import { trace, withPoint } from "./trace-geometry.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 104;
const EDGES = { left: 34, right: 12, top: 8, bottom: 22 };

/**
 * @typedef {object} LiveTrace
 * @property {(frame: import("./live-frame.js").Frame, nowMs: number) => void} frame takes it in
 * @property {(nowMs: number) => void} redraw `nowMs`: the server's time, UTC, ms since 1970
 */

/**
 * @param {HTMLElement} panel the live panel, with or without a place for the trace
 * @returns {LiveTrace}
 */
export function startTrace(panel) {
  const place = panel.querySelector("[data-trace]");
  return place instanceof HTMLElement ? traceIn(place, panel) : { frame() {}, redraw() {} };
}

/**
 * @param {HTMLElement} host
 * @param {HTMLElement} panel
 * @returns {LiveTrace}
 */
function traceIn(host, panel) {
  const drawing = build(host);
  /** @type {import("./trace-geometry.js").TracePoint[]} */
  let points = [];
  let width = host.clientWidth;
  let shownMs = 0;

  /** @param {number} nowMs */
  function redraw(nowMs) {
    shownMs = nowMs;
    if (width <= 0) return;
    const { left, right, top, bottom } = EDGES;
    const frame = { left, right: width - right, top, bottom: HEIGHT - bottom };
    const shape = trace(points, { nowMs, limit: limitOf(panel), frame });
    draw(drawing, shape, frame, width);
    describe(drawing.svg, host.dataset.label ?? "Lp", shape.range);
  }

  new ResizeObserver(() => {
    width = host.clientWidth;
    if (shownMs) redraw(shownMs);
  }).observe(host);

  return {
    frame(frame, nowMs) {
      if (frame.type === "reading" && frame.levels.lp !== null) {
        points = withPoint(points, { at: frame.at, lp: frame.levels.lp, slow: frame.slow });
      }
      redraw(nowMs);
    },
    redraw,
  };
}

/**
 * The limit in force, where it is one of Lp.
 *
 * @param {HTMLElement} panel
 * @returns {number | null} dB
 */
function limitOf({ dataset }) {
  const limit = dataset.headline === "lp" && dataset.threshold ? Number(dataset.threshold) : NaN;
  return Number.isFinite(limit) ? limit : null;
}

/**
 * @typedef {{svg: SVGElement, grid: SVGElement, limit: SVGElement, line: SVGElement,
 *   dot: SVGElement, from: SVGElement, to: SVGElement}} Drawing
 */

/**
 * @param {HTMLElement} host
 * @returns {Drawing}
 */
function build(host) {
  const svg = make("svg", "trace-svg", { role: "img", width: "100%", height: String(HEIGHT) });
  const drawing = {
    svg,
    grid: make("g", "", {}),
    limit: make("line", "trace-limit", {}),
    line: make("path", "trace-line", { fill: "none" }),
    dot: make("circle", "trace-dot", { r: "4.5" }),
    from: make("text", "trace-axis", { "text-anchor": "start" }),
    to: make("text", "trace-axis", { "text-anchor": "end" }),
  };
  drawing.from.textContent = "2 min ago";
  drawing.to.textContent = "now";
  const { grid, limit, line, dot, from, to } = drawing;
  svg.append(grid, limit, line, dot, from, to);
  host.replaceChildren(svg);
  return drawing;
}

/**
 * @param {Drawing} drawing
 * @param {import("./trace-geometry.js").Trace} shape
 * @param {import("./trace-geometry.js").Frame} frame
 * @param {number} width px
 */
function draw(drawing, shape, { left, right }, width) {
  set(drawing.svg, { viewBox: `0 0 ${width} ${HEIGHT}` });
  set(drawing.line, { d: shape.path });
  set(drawing.from, { x: left, y: HEIGHT - 5 });
  set(drawing.to, { x: right, y: HEIGHT - 5 });
  drawGrid(drawing.grid, shape.grid, left, right);
  const { limitY, dot } = shape;
  show(drawing.limit, limitY !== null);
  if (limitY !== null) set(drawing.limit, { x1: left, x2: right, y1: limitY, y2: limitY });
  show(drawing.dot, dot !== null);
  if (dot) set(drawing.dot, { cx: dot.x, cy: dot.y });
}

/**
 * @param {SVGElement} group a line and its label for each entry, kept from drawing to drawing
 * @param {{y: number, label: number}[]} grid
 * @param {number} left px
 * @param {number} right px
 */
function drawGrid(group, grid, left, right) {
  while (group.children.length > 2 * grid.length) group.lastElementChild?.remove();
  while (group.children.length < 2 * grid.length) {
    const text = make("text", "trace-axis", { "text-anchor": "end" });
    group.append(make("line", "trace-grid", {}), text);
  }
  grid.forEach(({ y, label }, index) => {
    const [line, text] = [group.children[2 * index], group.children[2 * index + 1]];
    if (line) set(line, { x1: left, x2: right, y1: y, y2: y });
    if (!text) return;
    set(text, { x: left - 8, y: y + 4 });
    if (text.textContent !== String(label)) text.textContent = String(label);
  });
}

/**
 * @param {SVGElement} svg
 * @param {string} label the level's symbol
 * @param {{least: number, most: number} | null} range dB
 */
function describe(svg, label, range) {
  const [least, most] = [range?.least, range?.most].map((level) => Math.round(level ?? 0));
  const words = range ? `, between ${least} and ${most} dB` : "";
  set(svg, { "aria-label": `${label} over the last two minutes${words}` });
}

/**
 * @param {string} name
 * @param {string} className
 * @param {Record<string, string>} attributes
 * @returns {SVGElement}
 */
function make(name, className, attributes) {
  const element = document.createElementNS(SVG, name);
  if (className) element.setAttribute("class", className);
  set(element, attributes);
  return element;
}

/**
 * @param {Element} element
 * @param {Record<string, string | number>} attributes
 */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

/**
 * @param {SVGElement} element
 * @param {boolean} is
 */
function show(element, is) {
  set(element, { visibility: is ? "visible" : "hidden" });
}
