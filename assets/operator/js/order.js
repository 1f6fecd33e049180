// Locations are brought into order by dragging, or by their buttons without a new page.

import { movedTo, sameOrder, savedWords, slotAt } from "./order-model.js";
import { arrange, idsOf, rowsOf, sendOrder } from "./order-rows.js";

/**
 * @typedef {object} Drag
 * @property {HTMLElement} body
 * @property {HTMLElement} row
 * @property {string[]} before the order when it began
 * @property {number} pointer
 */

/** @param {import("../../shared/js/page.js").PageHandle} page */
export function startOrder(page) {
  /** @type {Drag | null} */
  let drag = null;
  document.documentElement.toggleAttribute("data-drags", true);

  /** @param {boolean} keep */
  const end = (keep) => {
    if (!drag) return;
    const { body, row, before } = drag;
    drag = null;
    row.classList.remove("dragged");
    if (!keep) arrange(body, before, row);
    if (sameOrder(before, idsOf(body))) return page.resume();
    void save(page, { body, row, before });
  };

  document.addEventListener("pointerdown", (event) => {
    const row = rowOfHandle(event);
    if (!row || drag || !(row.parentElement instanceof HTMLElement)) return;
    event.preventDefault();
    const body = row.parentElement;
    drag = { body, row, before: idsOf(body), pointer: event.pointerId };
    row.classList.add("dragged");
    page.pause();
  });
  document.addEventListener("pointermove", (event) => {
    if (drag?.pointer !== event.pointerId) return;
    follow(drag, event.clientY);
  });
  document.addEventListener("pointerup", (event) => {
    if (drag?.pointer === event.pointerId) end(true);
  });
  document.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") end(false);
  });
  listenToButtons(page);
}

/** @param {PointerEvent} event */
function rowOfHandle({ target, button, isPrimary }) {
  if (button !== 0 || !isPrimary || !(target instanceof Element)) return null;
  const handle = target.closest("[data-handle]");
  const row = handle?.closest("[data-place]");
  return row instanceof HTMLElement ? row : null;
}

/**
 * @param {Drag} drag
 * @param {number} y of the pointer in the window, px
 */
function follow({ body, row }, y) {
  const others = rowsOf(body).filter((other) => other !== row);
  const middles = others.map((other) => {
    const { top, height } = other.getBoundingClientRect();
    return top + height / 2;
  });
  const ids = idsOf(body);
  const next = movedTo(ids, row.dataset.place ?? "", slotAt(middles, y));
  if (!sameOrder(ids, next)) arrange(body, next, row);
}

/** @param {import("../../shared/js/page.js").PageHandle} page */
function listenToButtons(page) {
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (!(target instanceof HTMLFormElement) || !target.matches("form.order")) return;
    const row = target.closest("[data-place]");
    const body = row?.parentElement;
    if (!(submitter instanceof HTMLButtonElement) || !(row instanceof HTMLElement) || !body) return;
    event.preventDefault();
    const before = idsOf(body);
    page.pause();
    arrange(body, submitter.value.split(" "), row);
    void save(page, { body, row, before }).then(() => focusButton(row, submitter.id));
  });
}

/**
 * @param {import("../../shared/js/page.js").PageHandle} page
 * @param {{body: HTMLElement, row: HTMLElement, before: string[]}} change
 */
async function save(page, { body, row, before }) {
  const saved = await sendOrder(body.dataset.order ?? "", idsOf(body));
  if (!saved) arrange(body, before, row);
  const line = document.getElementById("order-said");
  if (line) line.textContent = savedWords(saved);
  page.resume();
  // The buttons' orders are those of before until the page is fresh.
  await page.refresh();
}

/**
 * At the end of the list the button that was pressed is no longer there: the other one is.
 * @param {HTMLElement} row
 * @param {string} id
 */
function focusButton(row, id) {
  const same = document.getElementById(id);
  const other = row.querySelector("form.order button");
  const next = same ?? other;
  if (next instanceof HTMLElement && document.activeElement === document.body) {
    next.focus({ preventScroll: true });
  }
}
