// The prompt under the browser's own headers, and its failure pages.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";

import { theatre } from "../harness/theatre.mjs";

const house = theatre();

/** The prompt of a project, on another origin's page too. */
const linkOf = (/** @type {string} */ name) =>
  `${house.stage.url}/portal/p/${house.stage.project(name).link}`;

test("a form posted under no-referrer says Origin: null, and gets in", async (t) => {
  const page = await house.sit(t);
  const { password } = house.stage.project("Station Square");
  const first = await page.goto(linkOf("Station Square"));
  assert.equal((await first?.allHeaders())?.["referrer-policy"], "no-referrer");
  await page.getByLabel("Password", { exact: true }).fill(password);
  const [posted] = await Promise.all([
    page.waitForRequest((request) => request.method() === "POST"),
    page.getByRole("button", { name: "Open" }).click(),
  ]);
  const headers = await posted.allHeaders();
  assert.equal(headers["origin"], "null");
  assert.equal(headers["sec-fetch-site"], "same-origin");
  assert.equal(headers["referer"], undefined);
  await page.waitForURL(`${house.stage.url}/portal`);
  await page.getByRole("heading", { level: 1, name: "Station Square" }).waitFor();
});

for (const host of ["localhost", "127.0.0.1"]) {
  test(`a form on another origin, ${host}, is refused`, async (t) => {
    const { link, password } = house.stage.project("Station Square");
    const other = createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(
        `<!doctype html><title>Another site</title><form method="post"
          action="${house.stage.url}/portal/p/${link}"><input name="password"
          value="${password}"><button>Send</button></form>`,
      );
    });
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    assert.ok(address && typeof address === "object");
    const origin = `http://${host}:${address.port}`;
    t.after(() => other.close());
    const page = await house.sit(t, { others: [origin], allowed: [/status of 403/, /favicon/] });
    await page.goto(origin);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST"),
      page.getByRole("button").click(),
    ]);
    const site = (await answer.request().allHeaders())["sec-fetch-site"];
    assert.equal(site, host === "localhost" ? "cross-site" : "same-site");
    assert.equal(answer.status(), 403);
    assert.deepEqual(await page.context().cookies(house.stage.url), []);
  });
}

test("the password can be looked at, and is pasted as it is", async (t) => {
  const page = await house.sit(t);
  await page.goto(linkOf("Station Square"));
  const field = page.locator("#password");
  const { password } = house.stage.project("Station Square");
  await page.evaluate(() => {
    document.addEventListener("paste", (event) =>
      Object.assign(globalThis, { pasted: !event.defaultPrevented }),
    );
  });
  await field.fill(password);
  assert.equal(await field.getAttribute("type"), "password");
  await page.getByRole("button", { name: "Show" }).click();
  assert.equal(await field.getAttribute("type"), "text");
  assert.equal(await field.inputValue(), password);
  await page.getByRole("button", { name: "Hide" }).click();
  assert.equal(await field.getAttribute("type"), "password");
  await field.evaluate((element) =>
    element.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true })),
  );
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, "pasted")), true, "paste works");
});

test("a link that is unknown, closed or replaced shows one and the same page", async (t) => {
  const { stage } = house;
  const { link } = stage.project("Mill Lane");
  const unknown = "A".repeat(32);
  await stage.order({ do: "revoke", project: "Mill Lane", how: "link" });
  const pages = [];
  for (const token of [unknown, link]) {
    const page = await house.sit(t, { allowed: [/status of 404/] });
    const answer = await page.goto(`${stage.url}/portal/p/${token}`);
    assert.equal(answer?.status(), 404);
    await page.getByText("This portal link is no longer active").first().waitFor();
    pages.push(await page.locator("main").innerText());
  }
  assert.equal(pages[0], pages[1]);
});
