// Every page in every state that people may meet, and how to get there.

import { pathOf, untilDrawn, untilMapped } from "./tiles.mjs";
import { until } from "./until.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("./theatre.mjs").Seat} Seat
 * @typedef {ReturnType<typeof import("./theatre.mjs").theatre>} House
 *
 * @typedef {object} State
 * @property {string} name
 * @property {Seat} [seat]
 * @property {(page: Page, house: House) => Promise<void>} reach
 */

const REFUSED = [/status of (401|404|429)/];
const AWAY = [/ERR_CONNECTION_(REFUSED|RESET)/, /ERR_EMPTY_RESPONSE/, /WebSocket connection/];

/**
 * @param {string} path
 * @param {(page: Page) => Promise<void>} [settled]
 * @returns {State["reach"]}
 */
const at =
  (path, settled) =>
  async (page, { stage }) => {
    await page.goto(`${stage.url}${path}`);
    await settled?.(page);
  };

/**
 * @param {string} name
 * @param {boolean} [drawn]  whether it has levels to draw
 * @returns {State["reach"]}
 */
const location =
  (name, drawn = true) =>
  async (page, { stage }) => {
    await page.goto(`${stage.url}${pathOf(stage.location(name))}`);
    if (drawn) await untilDrawn(page);
    else await page.locator("[data-chart]").first().waitFor();
  };

/**
 * @param {Page} page
 * @param {House} house
 * @param {string[]} passwords  tried one after the other
 */
async function guess(page, { stage }, passwords) {
  await page.goto(`${stage.url}/portal/p/${stage.project("Station Square").link}`);
  for (const password of passwords) {
    await page.locator("#password").fill(password);
    await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST"),
      page.locator("main form button[type=submit]").click(),
    ]);
    await page.waitForLoadState();
  }
}

/** @type {State["reach"]} */
async function outdated(page, { stage }) {
  await page.clock.install();
  await page.goto(`${stage.url}/portal`);
  await until("the map has its pins", async () => {
    await page.clock.runFor(500);
    return (await page.locator("button.pin").count()) > 0;
  });
  await stage.order({ do: "stop_portal" });
  await until("the page is greyed", async () => {
    await page.clock.runFor(15_000);
    return (await page.locator("main.outdated").count()) === 1;
  });
  // Other pages need it.
  await stage.order({ do: "start_portal" });
}

/** @type {State["reach"]} */
async function paused(page, { stage }) {
  const { url } = await stage.order({ do: "portal", settings: { stream_cap_s: 1 } });
  await page.goto(`${url}${pathOf(stage.location("North gate"))}`);
  await untilDrawn(page);
  await page.locator("[data-resume]").waitFor();
}

/**
 * A portal that has never heard of a meter, over an SLMM that does not answer.
 *
 * @param {(stage: House["stage"]) => string} path
 * @returns {State["reach"]}
 */
const unavailable =
  (path) =>
  async (page, { stage }) => {
    await stage.order({ do: "slmm_down" });
    const { url } = await stage.order({ do: "portal" });
    await page.goto(`${url}${path(stage)}`);
    // Other pages need it.
    await stage.order({ do: "slmm_up" });
  };

/** @type {State["reach"]} */
async function popup(page, house) {
  await at("/portal", untilMapped)(page, house);
  const { id } = house.stage.location("North gate");
  await page.locator(`button.pin[data-pin="tile-${id}"]`).click();
  await page.locator(".map-card").waitFor();
}

/** @type {State["reach"]} */
async function table(page, house) {
  await location("North gate")(page, house);
  await page.locator("details[data-table] summary").click();
}

const SIGNED_IN = { project: "Harbour Tower" };

/** @type {State[]} */
export const STATES = [
  { name: "prompt", reach: (page, house) => guess(page, house, []) },
  {
    name: "prompt-wrong",
    seat: { allowed: REFUSED },
    reach: (page, house) => guess(page, house, ["wrong"]),
  },
  {
    name: "prompt-locked",
    seat: { allowed: REFUSED },
    reach: (page, house) => guessUntilLocked(page, house),
  },
  { name: "link-dead", seat: { allowed: REFUSED }, reach: at(`/portal/p/${"A".repeat(32)}`) },
  { name: "access", reach: at("/portal/access") },
  { name: "styleguide", reach: at("/_styleguide") },
  { name: "signed-out", seat: { allowed: REFUSED }, reach: at("/portal") },
  {
    name: "not-found",
    seat: { ...SIGNED_IN, allowed: REFUSED },
    reach: at("/portal/location/nowhere"),
  },
  { name: "overview", seat: SIGNED_IN, reach: at("/portal", untilMapped) },
  { name: "overview-popup", seat: SIGNED_IN, reach: popup },
  { name: "overview-outdated", seat: { ...SIGNED_IN, allowed: AWAY }, reach: outdated },
  { name: "overview-unavailable", seat: SIGNED_IN, reach: unavailable(() => "/portal") },
  {
    name: "overview-single",
    seat: { project: "Station Square" },
    reach: at("/portal", untilMapped),
  },
  { name: "overview-empty", seat: { project: "Mill Lane" }, reach: at("/portal") },
  { name: "location-above", seat: SIGNED_IN, reach: location("North gate") },
  { name: "location-table", seat: SIGNED_IN, reach: table },
  { name: "location-paused", seat: SIGNED_IN, reach: paused },
  { name: "location-near", seat: SIGNED_IN, reach: location("Canal walk") },
  { name: "location-free", seat: SIGNED_IN, reach: location("Crane base") },
  { name: "location-stopped", seat: SIGNED_IN, reach: location("Ferry steps") },
  { name: "location-stale", seat: SIGNED_IN, reach: location("Chapel yard") },
  { name: "location-offline", seat: SIGNED_IN, reach: location("Rope walk") },
  { name: "location-no-data", seat: SIGNED_IN, reach: location("Pump house", false) },
  { name: "location-no-meter", seat: SIGNED_IN, reach: location("Old wharf", false) },
  {
    name: "location-unavailable",
    seat: SIGNED_IN,
    reach: unavailable((stage) => pathOf(stage.location("North gate"))),
  },
  { name: "inbox", seat: SIGNED_IN, reach: at("/portal/events") },
  { name: "inbox-empty", seat: { project: "Mill Lane" }, reach: at("/portal/events") },
];

/**
 * @param {Page} page
 * @param {House} house
 */
async function guessUntilLocked(page, house) {
  await until("the prompt is locked", async () => {
    await guess(page, house, ["wrong"]);
    return /Too many attempts/.test(await page.locator("main").innerText());
  });
  // The lock is on the link; a new one is free.
  await house.stage.order({ do: "revoke", project: "Station Square", how: "link" });
}
