// The first day of a firm: from an empty database to a client who sees their levels, by hand, with
// few hands' turns. A turn is a click, a key, or a field filled in.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").Locator} Locator
 */

const house = theatre({ empty: true });
const TURNS = 25;
const PLACES = /** @type {const} */ ([["North gate", "SLM-101"], ["Canal walk", "SLM-102"]]);

/** A pair of hands that counts what it does. */
function hands() {
  let turns = 0;
  return {
    click: async (/** @type {Locator} */ target) => {
      turns += 1;
      await target.click();
    },
    fill: async (/** @type {Locator} */ field, /** @type {string} */ text) => {
      turns += 1;
      await field.fill(text);
    },
    /** Opens a link that somebody was sent. */
    follow: async (/** @type {Page} */ page, /** @type {string} */ link) => {
      turns += 1;
      await page.goto(link);
    },
    get turns() {
      return turns;
    },
  };
}

test("from nothing to a client's portal", async (t) => {
  const page = await house.enter(t, "/");
  const hand = hands();
  const { click, fill } = hand;
  const link = (/** @type {string} */ name) => page.getByRole("link", { name, exact: true });
  const button = (/** @type {string} */ name) => page.getByRole("button", { name, exact: true });
  const field = (/** @type {string} */ name) => page.locator(`main [name="${name}"]`);

  await t.test("a client and a project", async () => {
    await click(link("Clients"));
    await click(link("New client").first());
    await fill(field("name"), "Brightwell Developments");
    await click(button("Add client"));
    await click(link("New project").first());
    await fill(field("name"), "Harbour Tower");
    await click(page.locator("main form button[type=submit]"));
    await page.getByRole("heading", { level: 1, name: "Harbour Tower" }).waitFor();
    await page.getByText("Brightwell Developments").waitFor();
  });

  await t.test("two locations with their meters", async () => {
    for (const [place, unit] of PLACES) {
      await click(link("Add location"));
      await fill(field("name"), place);
      await fill(field("unit"), unit);
      await click(button("Add location"));
      await page.locator("tr", { hasText: place }).getByText(unit, { exact: true }).waitFor();
    }
  });

  await t.test("a limit", async () => {
    await click(link("Limits of SLM-101"));
    await fill(field("name"), "Daytime limit");
    await fill(field("threshold_db"), "65");
    await click(button("Watch it"));
    await page.getByText("Leq above 65 dB").waitFor();
  });

  await t.test("the portal", async () => {
    await click(link("Harbour Tower"));
    await click(page.getByRole("switch", { name: "Portal: Closed" }));
    await page.getByRole("heading", { level: 1, name: "The portal is open" }).waitFor();
  });

  const address = await page.locator("#link").inputValue();
  const password = await page.locator("#password").inputValue();
  const client = await house.sit(t);
  await hand.follow(client, address);
  await fill(client.getByLabel("Password"), password);
  await click(client.locator("main form button[type=submit]"));
  await client.getByRole("heading", { level: 1, name: "Harbour Tower" }).waitFor();
  for (const [place] of PLACES) {
    await client.locator(".tile", { hasText: place }).waitFor();
  }
  await client.getByRole("link", { name: "North gate" }).first().click();
  await client.getByRole("heading", { level: 1, name: "North gate" }).waitFor();
  await client.getByText("Daytime limit").first().waitFor();
  assert.ok(hand.turns <= TURNS, `${hand.turns} turns, ${TURNS} at most`);
  t.diagnostic(`${hand.turns} turns`);
});
