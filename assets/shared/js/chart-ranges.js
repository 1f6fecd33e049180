/** The choice of a range, and the download that follows what is shown. */

/** @typedef {import("./chart-data.js").Span} Span */

/** @param {HTMLElement} figure */
function rangeLinks(figure) {
  return /** @type {HTMLAnchorElement[]} */ ([...figure.querySelectorAll("a[data-hours]")]);
}

/**
 * Marks the chosen range, in the page and in its address, which the page's own refresh asks for.
 * @param {HTMLElement} figure
 * @param {number} hours
 */
export function markRange(figure, hours) {
  for (const link of rangeLinks(figure)) {
    if (Number(link.dataset.hours) === hours) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/**
 * Switches ranges in place. A click that asks for a new tab or window is left to the browser.
 * @param {HTMLElement} figure
 * @param {(hours: number) => void} choose
 */
export function listenToRanges(figure, choose) {
  figure.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-hours]") : null;
    const plain = event.button === 0
      && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!(link instanceof HTMLAnchorElement) || !plain) return;
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("hours", link.dataset.hours ?? "");
    history.replaceState(history.state, "", address);
    choose(Number(link.dataset.hours));
  });
}

/**
 * Makes the download have what is shown.
 * @param {HTMLElement} figure
 * @param {{hours: number, zoom: Span | null}} state
 */
export function pointDownload(figure, { hours, zoom }) {
  const link = figure.querySelector("a[data-csv-link]");
  if (!(link instanceof HTMLAnchorElement)) return;
  const address = new URL(link.href);
  address.searchParams.set("hours", String(hours));
  for (const end of /** @type {const} */ (["from", "until"])) {
    if (zoom) address.searchParams.set(end, String(Math.round(zoom[end])));
    else address.searchParams.delete(end);
  }
  link.href = address.pathname + address.search;
}
