// Accounts in a browser: one's own and everybody's, with and without scripts.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { look } from "../harness/look.mjs";
import { theatre } from "../harness/theatre.mjs";
import { totp } from "../harness/totp.mjs";

const house = theatre();

/** @typedef {import("playwright-core").Page} Page */

const REFUSED = [/status of (403|422)/];

/** @type {string} */
let office;

/** Opens an operator app that asks for a sign-in, once. */
async function openOffice() {
  office ??= (await house.stage.order({ do: "closed_office" })).url;
}

/**
 * A page of somebody who has just been hired and has signed in.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} role
 * @param {import("../harness/theatre.mjs").Seat} [seat]
 * @returns {Promise<{page: Page, member: {email: string, password: string}}>}
 */
async function enter(t, role, seat = {}) {
  await openOffice();
  const page = await house.sit(t, { allowed: REFUSED, still: true, ...seat });
  const member = /** @type {any} */ (await house.stage.order({ do: "staff", role }));
  await page.goto(`${office}/login?next=%2Fprofile`);
  await page.getByLabel("E-mail").fill(member.email);
  await page.getByLabel("Password").fill(member.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForLoadState();
  await page.goto(`${office}/profile`);
  return { page, member };
}

/**
 * @param {Page} page
 * @param {{ password: string }} member
 */
async function turnOn(page, member) {
  await page.getByRole("link", { name: "Turn on" }).click();
  await page.getByLabel("Your password", { exact: true }).fill(member.password);
  await page.getByRole("button", { name: "Show the QR code" }).click();
  const key = await page.getByLabel("Or type this key into it").inputValue();
  return totp(key, (await house.stage.order({ do: "now" })).at);
}

test("one's own account, the second factor and its codes", async (t) => {
  const { page, member } = await enter(t, "superadmin");
  await look(page, "profile");
  await page.getByRole("link", { name: "Turn on" }).click();
  await look(page, "second-factor");
  await page.goto(`${office}/profile`);
  const code = await turnOn(page, member);
  await look(page, "second-factor-app");
  await page.getByRole("textbox", { name: "Code" }).fill("000000");
  await page.getByRole("button", { name: "Turn it on" }).click();
  await page.getByText("it is not the code that the app shows now").waitFor();
  await look(page, "second-factor-wrong");
  await page.getByRole("textbox", { name: "Code" }).fill(code);
  await page.getByRole("button", { name: "Turn it on" }).click();
  await page.getByRole("heading", { name: "The second factor is on" }).waitFor();
  await look(page, "recovery-codes");

  const shown = await page.getByLabel("Recovery codes of").inputValue();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "recovery-codes.txt");
  const saved = await readFile(await download.path(), "utf8");
  const lines = saved.split("\r\n").slice(2, 12);
  assert.deepEqual(lines, shown.trim().split("\n"));
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText(/^(Copied|Selected)/).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByLabel("Recovery codes of").isVisible());
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("link", { name: "I have kept them" }).click();
  await page.getByText("10 of 10 recovery codes left").waitFor();
  await look(page, "profile-on");
  await page.getByRole("link", { name: "New recovery codes" }).click();
  await look(page, "recovery-codes-ask");
  await page.goto(`${office}/profile/second-factor/off`);
  await look(page, "second-factor-off");
});

test("the QR code is dark on white with its quiet zone, also in the dark", async (t) => {
  const { page, member } = await enter(t, "admin", { scheme: "dark" });
  await turnOn(page, member);
  const drawn = await page.locator("svg.qr").evaluate((svg) => {
    const [ground, modules] = [svg.querySelector("rect"), svg.querySelector("path")];
    const fill = (/** @type {Element | null} */ part) => part && getComputedStyle(part).fill;
    const box = /** @type {SVGSVGElement} */ (svg).viewBox.baseVal;
    const dark = /** @type {SVGPathElement} */ (modules).getBBox();
    return { ground: fill(ground), modules: fill(modules), quiet: dark.x, size: box.width, dark: dark.width };
  });
  assert.deepEqual([drawn.ground, drawn.modules], ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
  assert.deepEqual([drawn.quiet, drawn.size - drawn.dark], [4, 8]);
  const box = await page.locator("svg.qr").boundingBox();
  assert.ok(box && box.width > 200 && Math.abs(box.width - box.height) < 1, JSON.stringify(box));
});

test("a password is changed, shown while it is typed, and this session goes on", async (t) => {
  const { page, member } = await enter(t, "operator");
  await page.getByRole("link", { name: "Change password" }).click();
  await look(page, "password");
  await page.getByLabel("Your password now", { exact: true }).fill(member.password);
  const field = page.getByLabel("New password", { exact: true });
  await field.fill("too short");
  await page.getByRole("button", { name: "Show New password" }).click();
  assert.equal(await field.getAttribute("type"), "text");
  await page.getByLabel("The new password again", { exact: true }).fill("too short");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("a password has 12 characters or more").waitFor();
  assert.equal(await field.getAttribute("type"), "password");
  await look(page, "password-refused");
  for (const [label, text] of [
    ["Your password now", member.password],
    ["New password", "four words in a row"],
    ["The new password again", "four words in a row"],
  ]) await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByText("Your password is changed").waitFor();
  await look(page, "profile-said");
  await page.goto(`${office}/accounts`);
  await page.getByText("This takes the role superadmin").waitFor();
});

test("accounts are made, looked at and disabled, without scripts too", async (t) => {
  for (const scripts of [true, false]) {
    const { page } = await enter(t, "superadmin", { scripts });
    await page.getByRole("link", { name: "All accounts" }).click();
    await page.getByRole("link", { name: "New account" }).click();
    const email = `new-${scripts}@firm.example`;
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Name").fill("Grace Hopper");
    await page.getByLabel("Role").selectOption("admin");
    if (scripts) await look(page, "account-new");
    await page.getByRole("button", { name: "Make account" }).click();
    const password = await page.getByLabel("Password").inputValue();
    assert.match(password, /^(\w{4}-){5}\w{4}$/);
    if (scripts) await look(page, "account-password");
    await page.getByRole("link", { name: "I have sent it" }).click();
    if (scripts) await look(page, "account");
    for (const link of ["Change role", "New password", "Sign out everywhere", "Disable"]) {
      await page.getByRole("link", { name: link }).click();
      if (scripts) await look(page, `account-${link.toLowerCase().replaceAll(" ", "-")}`);
      await page.getByRole("link", { name: "Cancel" }).click();
    }
    await page.getByRole("link", { name: "Disable" }).click();
    await page.getByRole("button", { name: "Disable account" }).click();
    await page.getByText("Nobody can sign in with it").waitFor();
    if (scripts) await look(page, "account-disabled");
    await page.goto(`${office}/accounts?show=all`);
    await page.getByRole("row").filter({ hasText: email }).getByText("disabled").waitFor();
    if (scripts) await look(page, "accounts");
  }
});

test("in the open one signs in first", async (t) => {
  const page = await house.enter(t, "/accounts", { allowed: REFUSED, still: true });
  await page.getByRole("heading", { name: "Accounts" }).waitFor();
  await look(page, "accounts-door");
});
