// The first day of a firm: from an empty database to a client who sees their levels, by hand, with
// few hands' turns. A turn is a click, a key, or a field filled in.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";

/** @typedef {import("playwright-core").Page} Page */

const house = theatre({ empty: true });
const TURNS = 25;

/** A pair of hands that counts what it does. */
function hands() {
  let turns = 0;
  return {
    /** @param {import("playwright-core").Locator} target */
    async click(target) {
      turns += 1;
      await target.click();
    },
    /**
     * @param {import("playwright-core").Locator} field
     * @param {string} text
     */
    async fill(field, text) {
      turns += 1;
      await field.fill(text);
    },
    /** Opens a link that somebody was sent. */
    async follow(/** @type {Page} */ page, /** @type {string} */ link) {
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
  const { click, fill, follow, ...hand } = counting();
  const link = (/** @type {string} */ name) => page.getByRole("link", { name, exact: true });
  const button = (/** @type {string} */ name) => page.getByRole("button", { name, exact: true });
  const field = (/** @type {string} */ label) => page.getByLabel(label);

  await t.test("a client and a project", async () => {
    await click(link("Clients"));
    await click(link("New client").first());
    await fill(field("Name"), "Brightwell Developments");
    await click(button("Add client"));
    await click(link("New project").first());
    await fill(field("Name"), "Harbour Tower");
    await click(page.locator("main form button[type=submit]"));
    await page.getByRole("heading", { level: 1, name: "Harbour Tower" }).waitFor();
    await page.getByText("Brightwell Developments").waitFor();
  });

  await t.test("two locations with their meters", async () => {
    for (const [place, unit] of [["North gate", "SLM-101"], ["Canal walk", "SLM-102"]]) {
      await click(link("Add location"));
      await fill(field("Name"), place);
      await fill(field("Meter"), unit);
      await click(button("Add location"));
      await page.locator("tr", { hasText: place }).getByText(unit, { exact: true }).waitFor();
    }
  });

  await t.test("a limit", async () => {
    await click(link("Limits of SLM-101"));
    await fill(field("Name"), "Daytime limit");
    await fill(field("Threshold"), "65");
    await click(button("Watch it"));
    await page.getByText("Leq above 65 dB").waitFor();
  });

  const secrets = await t.test("the portal", async () => {
    await click(link("Harbour Tower"));
    await click(page.getByRole("switch", { name: "Portal open" }));
  });
  void secrets;

  const address = await page.locator("#link").inputValue();
  const password = await page.locator("#password").inputValue();
  const client = await house.sit(t);
  await follow(client, address);
  await fill(client.getByLabel("Password"), password);
  await click(client.locator("main form button[type=submit]"));
  await client.getByRole("heading", { level: 1, name: "Harbour Tower" }).waitFor();
  for (const place of ["North gate", "Canal walk"]) {
    await client.locator(".tile", { hasText: place }).waitFor();
  }
  assert.ok(hand.turns <= TURNS, `${hand.turns} turns, ${TURNS} at most`);
  t.diagnostic(`${hand.turns} turns`);
});
