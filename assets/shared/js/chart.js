/** The chart of a location's levels: what is asked of the server, and what the visitor chooses. */

import { createFace, showLine, showScene, showWords } from "./chart-face.js";
import { fillKey } from "./chart-keys.js";
import { loadPlotLibrary } from "./chart-library.js";
import { AS_THEY_COME, askServer } from "./chart-load.js";
import { measureDraw } from "./chart-measure.js";
import { createPace } from "./chart-pace.js";
import { listenToRanges, markRange, pointDownload } from "./chart-ranges.js";
import { learned, makeScene } from "./chart-scene.js";
import { keepShownLines, shownLines } from "./chart-series.js";
import { labelsOf, makeStage, part, say } from "./chart-stage.js";
import { fitted } from "./chart-view.js";
import { breachEntry, emptyText, statusText } from "./chart-words.js";

/**
 * @typedef {import("./chart-data.js").Metric} Metric
 * @typedef {import("./chart-data.js").Span} Span
 *
 * @typedef {object} PageHandle
 * @property {() => Promise<void>} refresh
 * @property {() => number} now the server's time, UTC, ms since 1970
 *
 * @typedef {object} Chart
 * @property {HTMLElement} figure
 * @property {PageHandle} handle
 * @property {import("./chart-load.js").Reader} reader
 * @property {string} zone IANA name
 * @property {Set<Metric>} shown
 * @property {import("./chart-stage.js").Stage} stage
 * @property {import("./chart-face.js").Face} face
 * @property {ReturnType<typeof fillKey>} sayBreach what the key says of breaches
 * @property {number} hours the range that is chosen
 * @property {Span | null} zoom null = all of it
 * @property {import("./chart-scene.js").Known | null} known
 * @property {number | null} since epoch s of the last answer without anything missing
 * @property {boolean} failed whether anything was missing from the last answer
 * @property {typeof uPlot | null} Plot
 * @property {AbortController | null} loading
 */

const LOADING = "Loading levels…";
const UNDRAWABLE = "The chart cannot be drawn at the moment.";
const storage = () => sessionStorage;

/**
 * Shows what is known and chosen.
 * @param {Chart} chart
 * @returns {number} how many points were drawn
 */
function draw(chart) {
  const { face, figure, stage, zone, hours, zoom, shown, known, Plot, failed, since } = chart;
  const offsetMin = Number(figure.dataset.limitOffset) || 0;
  const covered = known !== null && known.hours >= hours;
  const scene = covered ? makeScene(known, { hours, shown, zoom, offsetMin }) : null;
  stage.reset.hidden = zoom === null;
  pointDownload(figure, chart);
  if (known && scene && scene.points > 0 && Plot) {
    showScene(face, Plot, scene);
    chart.sayBreach(breachEntry(scene.broken));
    say(stage.status, statusText({
      since: failed ? since : null, limits: known.limits !== null, events: known.events !== null,
    }, zone));
    return scene.points;
  }
  say(stage.status, "");
  // Without a meter there is no live panel.
  const meter = document.getElementById("live") !== null;
  if (chart.loading && !covered) showWords(face, LOADING);
  else if (scene && scene.points > 0) showWords(face, UNDRAWABLE);
  else showWords(face, emptyText({ reached: covered, meter }));
  return 0;
}

/**
 * @param {Chart} chart
 * @param {Span | null} view null = the whole range
 */
function zoomTo(chart, view) {
  if (!chart.known) return;
  const { until } = chart.known;
  chart.zoom = view && fitted(view, { from: until - chart.hours * 3600, until });
  draw(chart);
}

/**
 * Asks the server and draws the answer. What the answer lacks stays as it was last known.
 * @param {Chart} chart
 */
async function load(chart) {
  const { figure, stage, handle, reader } = chart;
  chart.loading?.abort();
  const loading = new AbortController();
  chart.loading = loading;
  stage.plot.setAttribute("aria-busy", "true");
  const { history = "", limits = "", events = "" } = figure.dataset;
  const [Plot, answer] = await Promise.all([
    chart.Plot ?? loadPlotLibrary().catch(() => null),
    askServer({ history, limits, events }, chart.hours, loading.signal, reader),
  ]);
  // Another range was chosen meanwhile; its own answer is on the way.
  if (loading.signal.aborted) return;
  if (answer.ended) return location.reload();
  const ready = performance.now();
  const until = handle.now() / 1000;
  stage.plot.removeAttribute("aria-busy");
  chart.loading = null;
  chart.Plot = Plot;
  chart.failed = !answer.history || !answer.limits || !answer.events;
  if (!chart.failed) chart.since = until;
  chart.known = learned(chart.known, answer, chart.hours, until);
  const { known, hours } = chart;
  if (chart.zoom && known) {
    chart.zoom = fitted(chart.zoom, { from: known.until - hours * 3600, until: known.until });
  }
  const points = draw(chart);
  if (points > 0 && answer.history && !document.hidden) measureDraw(ready, points);
}

/**
 * @param {Chart} chart
 * @param {Metric} metric
 * @param {boolean} show
 */
function toggle(chart, metric, show) {
  if (show) chart.shown.add(metric);
  else chart.shown.delete(metric);
  keepShownLines(storage, chart.shown);
  showLine(chart.face, metric);
  draw(chart);
}

/**
 * @param {HTMLElement} figure
 * @param {PageHandle} handle
 * @param {import("./chart-load.js").Reader} reader
 * @returns {Chart}
 */
function makeChart(figure, handle, reader) {
  const zone = figure.closest("main")?.dataset.zone ?? "UTC";
  const shown = shownLines(storage);
  const stage = makeStage(part(figure, "[data-plot]"));
  const labels = labelsOf(figure);
  const face = createFace({
    stage, zone, shown, labels,
    readout: part(figure, "[data-readout]"),
    zoomTo: (view) => zoomTo(chart, view),
  });
  const sayBreach = fillKey(part(figure, "[data-key]"), labels, shown,
    (metric, show) => toggle(chart, metric, show));
  sayBreach(breachEntry({ above: [], below: [] }));
  /** @type {Chart} */
  const chart = {
    figure, handle, reader, zone, shown, stage, face, sayBreach,
    hours: Number(figure.dataset.hours) || 2,
    zoom: null, known: null, since: null, failed: false, Plot: null, loading: null,
  };
  return chart;
}

/**
 * Starts the chart.
 * @param {HTMLElement} figure `[data-chart]`
 * @param {PageHandle} handle
 * @param {import("./chart-load.js").Reader} [reader] for bodies that are not the portal's
 */
export function startChart(figure, handle, reader = AS_THEY_COME) {
  const chart = makeChart(figure, handle, reader);
  const pace = createPace({
    now: () => performance.now(),
    setTimer: (work, ms) => setTimeout(work, ms),
    clearTimer: (timer) => clearTimeout(timer),
    load: () => load(chart),
  });
  listenToRanges(figure, (hours) => {
    chart.hours = hours;
    chart.zoom = null;
    markRange(figure, hours);
    void pace.start();
    draw(chart);
    void handle.refresh();
  });
  document.addEventListener("visibilitychange", () =>
    (document.hidden ? pace.hide() : pace.show()));
  document.addEventListener("page:fresh", () => {
    markRange(figure, chart.hours);
    pointDownload(figure, chart);
    pace.nudge();
  });
  figure.querySelector("[data-zoom-hint]")?.removeAttribute("hidden");
  showWords(chart.face, LOADING);
  if (document.hidden) pace.hide();
  else void pace.start();
}
