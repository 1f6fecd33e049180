// The portal in a browser without scripts.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";
import { pathOf, tileOf } from "../harness/tiles.mjs";

const house = theatre();

test("one comes in by the form, and sees the levels", async (t) => {
  const { link, password } = house.stage.project("Harbour Tower");
  const page = await house.sit(t, { scripts: false, allowed: [/status of 401/] });
  await page.goto(`${house.stage.url}/portal/p/${link}`);
  await page.locator("#password").fill("not this one");
  await page.locator("main form button[type=submit]").click();
  await page.getByText("Incorrect password").waitFor();
  await page.locator("#password").fill(password);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(`${house.stage.url}/portal`);
  const tile = tileOf(page, house.stage.location("North gate"));
  const value = await tile.getAttribute("data-value");
  assert.match(value ?? "", /^\d+\.\d$/);
  await tile
    .getByText(value ?? "")
    .first()
    .waitFor();
  await page.getByText(/North gate is above its limit/).waitFor();
  await page.locator("noscript").first().waitFor({ state: "attached" });
  await tile.getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: "North gate" }).waitFor();
});

test("a location has its levels, as a table too, its limits and its breaches", async (t) => {
  const page = await house.open(t, pathOf(house.stage.location("North gate")), { scripts: false });
  for (const level of ["lp", "leq", "lmax", "ln1", "ln2"]) {
    const text = await page.locator(`#live [data-level=${level}]`).first().innerText();
    assert.match(text, /^\d+\.\d$/, level);
  }
  const table = page.locator("details[data-table]");
  await table.locator("summary").click();
  const rows = table.locator("tbody tr");
  assert.ok((await rows.count()) > 10);
  await rows.first().waitFor();
  assert.match(await rows.first().innerText(), /\d\d:\d\d/);
  await page.getByRole("link", { name: "24 h" }).click();
  await page.waitForURL(/hours=24/);
  assert.ok((await rows.count()) > 20);
  await page
    .getByText(/Daytime limit/)
    .first()
    .waitFor();
  await page
    .getByText(/Above limit since/)
    .first()
    .waitFor();
  for (const dead of await page.locator("[data-theme-switch], [data-resume]").all()) {
    assert.equal(await dead.isVisible(), false, "what needs a script is not shown");
  }
  const csv = await page.locator("[data-csv-link]").getAttribute("href");
  const answer = await page.request.get(`${house.stage.url}${csv}`);
  assert.match(answer.headers()["content-type"] ?? "", /^text\/csv/);
});

test("the inbox is filtered by its button", async (t) => {
  const page = await house.open(t, "/portal/events", { scripts: false });
  const location = house.stage.location("Canal walk");
  const rows = page.locator("main table tbody tr");
  const all = await rows.count();
  await page.locator("select[name=location]").selectOption(location.id);
  await page.locator("main form [type=submit]").click();
  await page.waitForURL(new RegExp(location.id));
  const some = await rows.count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  assert.equal(await page.locator("select[name=location]").inputValue(), location.id);
});
