// The rows of the list of locations, and their order in the page.

/**
 * @param {HTMLElement} body
 * @returns {HTMLElement[]}
 */
export function rowsOf(body) {
  /** @type {NodeListOf<HTMLElement>} */
  const rows = body.querySelectorAll(":scope > [data-place]");
  return [...rows];
}

/**
 * @param {HTMLElement} body
 * @returns {string[]} the locations' ids in the order of the page
 */
export function idsOf(body) {
  return rowsOf(body).map((row) => row.dataset.place ?? "");
}

/**
 * Brings the rows into an order. One of them stays where it is in the document and the others go
 * round it: what is dragged or has the focus must not be taken out of the page.
 * @param {HTMLElement} body
 * @param {readonly string[]} ids
 * @param {HTMLElement} still
 */
export function arrange(body, ids, still) {
  const rows = new Map(rowsOf(body).map((row) => [row.dataset.place ?? "", row]));
  const ordered = ids.flatMap((id) => rows.get(id) ?? []);
  const at = ordered.indexOf(still);
  for (const row of ordered.slice(0, at)) still.before(row);
  for (const row of ordered.slice(at + 1).reverse()) still.after(row);
}

/**
 * Sends the order as the page's own form does.
 * @param {string} address
 * @param {readonly string[]} ids
 * @returns {Promise<boolean>} whether it was taken
 */
export async function sendOrder(address, ids) {
  const body = new URLSearchParams({ locations: ids.join(" ") });
  try {
    const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
    // An act that is done leads on to the page.
    return answer.type === "opaqueredirect";
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
