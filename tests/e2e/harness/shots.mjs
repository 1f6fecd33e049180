// Pictures of pages, for people to look at.

import { fileURLToPath } from "node:url";

const FOLDER = new URL("../../../target/screenshots/", import.meta.url);

/**
 * Takes a picture into `target/screenshots/<name>.png`.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} name
 * @param {{fullPage?: boolean}} [options]
 */
export async function shoot(page, name, { fullPage = true } = {}) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({
    path: fileURLToPath(new URL(`${name}.png`, FOLDER)),
    fullPage,
    animations: "disabled",
  });
}
