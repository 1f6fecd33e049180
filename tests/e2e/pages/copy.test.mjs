// A portal's link is copied, also where the office reaches the app by a LAN name over plain HTTP
// and browsers have no clipboard for pages.

import assert from "node:assert/strict";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";

const house = theatre();

// There the header has no effect, and Chromium says so in the console.
const UNTRUSTED = [/Cross-Origin-Opener-Policy header has been ignored/];

for (const host of ["127.0.0.1", "office.lan"]) {
  test(`at ${host}`, async (t) => {
    const { port } = new URL(house.stage.operator);
    const origin = `http://${host}:${port}`;
    const page = await house.sit(t, { others: [origin], allowed: UNTRUSTED });
    const { id, link } = house.stage.project("Harbour Tower");
    await page.goto(`${origin}/projects/${id}`);
    const secure = await page.evaluate(() => isSecureContext);
    assert.equal(secure, host === "127.0.0.1");
    await page.locator("[data-copy=link]").click();
    await page.getByText("Copied.").waitFor();

    await page.goto(`${origin}/projects`);
    const field = page.locator("input[type=search], main input").first();
    await field.click();
    await page.keyboard.press("Control+V");
    assert.equal(await field.inputValue(), `${house.stage.url}/portal/p/${link}`);
  });
}
