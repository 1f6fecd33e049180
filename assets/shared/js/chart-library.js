/** Fetches the plotting library when the first chart starts, once for the page. */

/** @type {Promise<typeof uPlot> | null} */
let loading = null;

/**
 * @param {HTMLScriptElement | HTMLLinkElement} element
 * @returns {Promise<void>}
 */
function loaded(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => {
      element.remove();
      reject(new Error("the plotting library cannot be loaded"));
    });
    document.head.append(element);
  });
}

async function load() {
  const script = document.createElement("script");
  script.src = new URL("../vendor/uplot.iife.min.js", import.meta.url).href;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("../vendor/uplot.min.css", import.meta.url).href;
  await Promise.all([loaded(script), loaded(style)]);
  if (!window.uPlot) throw new Error("the plotting library did not define itself");
  return window.uPlot;
}

/**
 * The library. After a failure the next call tries again.
 * @returns {Promise<typeof uPlot>}
 */
export function loadPlotLibrary() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}
