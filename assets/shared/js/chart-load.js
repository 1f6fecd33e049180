/** Asks the server for what the chart shows. */

/**
 * @typedef {import("./chart-data.js").History} History
 * @typedef {import("./limit-lines.js").Limit} Limit
 * @typedef {import("./chart-data.js").Breach} Breach
 * @typedef {import("./chart-data.js").Interruption} Interruption
 *
 * @typedef {{history: string, limits: string, events: string}} Addresses
 *
 * @typedef {object} Answer what could be had; null = not at the moment
 * @property {History | null} history
 * @property {Limit[] | null} limits
 * @property {{events: Breach[], interruptions: Interruption[]} | null} events
 * @property {boolean} ended the session is over
 *
 * @typedef {object} Reader makes what is drawn of the bodies that come; `null` for what is none
 * @property {(body: any) => Limit[] | null} limits
 * @property {(body: any) => {events: Breach[], interruptions: Interruption[]} | null} events
 */

/** Bodies as the portal writes them. @type {Reader} */
export const AS_THEY_COME = {
  limits: (body) => body.limits ?? null,
  events: (body) => body,
};

const TIMEOUT_MS = 30_000;
const UNAUTHORIZED = 401;

/**
 * @param {string} address
 * @param {AbortSignal} signal
 * @returns {Promise<{ended: boolean, body: any}>}
 */
async function ask(address, signal) {
  const response = await fetch(address, { cache: "no-store", signal });
  if (response.status === UNAUTHORIZED) return { ended: true, body: null };
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  const body = await response.json();
  return { ended: false, body: body.available === false ? null : body };
}

/**
 * One round of questions. What fails is null in the answer: the chart says so in words.
 * @param {Addresses} addresses
 * @param {number} hours how far back
 * @param {AbortSignal} cancel
 * @param {Reader} reader
 * @returns {Promise<Answer>}
 */
export async function askServer(addresses, hours, cancel, reader) {
  const signal = AbortSignal.any([cancel, AbortSignal.timeout(TIMEOUT_MS)]);
  const [history, limits, events] = await Promise.allSettled([
    ask(`${addresses.history}?hours=${hours}`, signal),
    ask(addresses.limits, signal),
    ask(`${addresses.events}?limit=200`, signal),
  ]);
  const bodyOf = /** @param {PromiseSettledResult<{body: any}>} result */ (result) =>
    result.status === "fulfilled" ? result.value.body : null;
  const [limitsBody, eventsBody] = [bodyOf(limits), bodyOf(events)];
  return {
    history: bodyOf(history),
    limits: limitsBody && reader.limits(limitsBody),
    events: eventsBody && reader.events(eventsBody),
    ended: [history, limits, events].some(
      (result) => result.status === "fulfilled" && result.value.ended),
  };
}
