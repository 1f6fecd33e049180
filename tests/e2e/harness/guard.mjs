// What no page may do, whatever else a test looks at.

import assert from "node:assert/strict";

/** @typedef {import("playwright-core").Page} Page */

/**
 * Watches a page for errors and warnings in its console (refusals of the Content-Security-Policy
 * are among them), uncaught errors, and requests to anybody else.
 *
 * @param {Page} page
 * @param {() => string[]} origins  whom it may ask
 * @param {RegExp[]} allowed  what it may complain of because the test brings it about
 * @returns {string[]} what it did wrong so far; it grows
 */
export function guard(page, origins, allowed = []) {
  /** @type {string[]} */
  const problems = [];
  const complain = (/** @type {string} */ text) => {
    if (!allowed.some((pattern) => pattern.test(text))) problems.push(text);
  };
  page.on("pageerror", (error) => complain(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    const loud = ["error", "warning", "assert"].includes(message.type());
    if (loud) complain(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    const own = ["data:", "blob:"].includes(protocol) || origins().includes(origin);
    if (!own) problems.push(`third party: ${request.url()}`);
  });
  page.on("websocket", (socket) => {
    const { host } = new URL(socket.url());
    const own = origins().some((origin) => new URL(origin).host === host);
    if (!own) problems.push(`third party: ${socket.url()}`);
  });
  return problems;
}

/**
 * Asserts that nothing sticks out of the page sideways, and names what does.
 *
 * @param {Page} page
 */
export async function assertFits(page) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const beyond = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > room + 0.5,
    );
    const names = beyond.map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    return [`${document.documentElement.scrollWidth} px in ${room} px`, ...names.slice(0, 8)];
  });
  assert.deepEqual(wide, [], `${page.url()} overflows sideways`);
}
