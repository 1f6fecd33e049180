// A page in every way it is looked at: narrow and wide, light and dark.

import { assertAccessible } from "./axe.mjs";
import { assertFits } from "./guard.mjs";
import { shoot } from "./shots.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {{device: string, width: number, scheme: "light" | "dark"}} Way
 */

const WIDTHS = { desktop: 1280, phone: 390 };

/**
 * Shows the page in one way after the other.
 *
 * @param {Page} page
 * @param {(way: Way) => Promise<void>} each what is to be done in each
 * @param {Record<string, number>} [widths] of the window, by the device's name, px
 */
export async function everyWay(page, each, widths = WIDTHS) {
  for (const [device, width] of Object.entries(widths)) {
    await page.setViewportSize({ width, height: 900 });
    for (const scheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme: scheme });
      await each({ device, width, scheme });
    }
  }
}

/**
 * In every way: axe finds nothing, and nothing sticks out.
 *
 * @param {Page} page
 * @param {string} name
 */
export async function assertSound(page, name) {
  await everyWay(page, async ({ width, scheme }) => {
    await assertAccessible(page, `${name}, ${scheme}, ${width} px`);
    await assertFits(page);
  });
}

/**
 * The same, and leaves pictures of a page of the operator app. The page is wide again then.
 *
 * @param {Page} page
 * @param {string} name
 */
export async function look(page, name) {
  await everyWay(page, async ({ device, width, scheme }) => {
    await assertAccessible(page, `${name}, ${scheme}, ${width} px`);
    await assertFits(page);
    await shoot(page, `office-${name}-${device}-${scheme}`);
  });
  await page.setViewportSize({ width: WIDTHS.desktop, height: 900 });
}
