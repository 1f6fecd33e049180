// Hiding a tab as people do it.

import { until } from "./until.mjs";

/**
 * Brings another tab to the front. Only a page of a seat with `tab` can be hidden.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<() => Promise<void>>} brings it back
 */
export async function hide(page) {
  const other = await page.context().newPage();
  await other.bringToFront();
  await until("the tab is hidden", () => page.evaluate(() => document.hidden));
  return async () => {
    await page.bringToFront();
    await other.close();
    await until("the tab is seen", () => page.evaluate(() => !document.hidden));
  };
}
