// What the tests look for on the portal's pages.

import { until } from "./until.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("./stage.mjs").StagedLocation} StagedLocation
 */

/**
 * @param {Page} page
 * @param {StagedLocation} location
 */
export const tileOf = (page, { id }) => page.locator(`#tile-${id}`);

/** @param {StagedLocation} location */
export const pathOf = ({ id }) => `/portal/location/${id}`;

/**
 * A level in the live panel, as it stands there.
 *
 * @param {Page} page
 * @param {string} name
 */
export const levelOf = (page, name) => page.locator(`#live [data-level=${name}]`).first();

/**
 * Waits until the socket is open and a frame has come by it.
 *
 * @param {Page} page
 */
export async function untilLive(page) {
  await page.locator("[data-live-status].on").waitFor();
}

/**
 * Waits until the level of the moment is another one.
 *
 * @param {Page} page
 */
export async function untilMoved(page) {
  const before = await levelOf(page, "lp").textContent();
  await until("the level moves", async () => (await levelOf(page, "lp").textContent()) !== before);
}

/**
 * Waits until the chart stands.
 *
 * @param {Page} page
 */
export async function untilDrawn(page) {
  await page.locator("[data-plot] canvas").waitFor();
}

/**
 * Waits until the map has its pins.
 *
 * @param {Page} page
 */
export async function untilMapped(page) {
  await page.locator("[data-map] button.pin").first().waitFor();
}

/**
 * What the simulator is told beside the stage's orders, such as a fault.
 *
 * @param {import("./stage.mjs").Stage} stage
 * @param {string} path  under `/_sim`
 * @param {unknown} body
 */
export async function tellSimulator(stage, path, body) {
  const answer = await fetch(`${stage.slmm}/_sim${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}
