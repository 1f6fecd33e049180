// Staff sign in: what the pages are like, by the name of a network too, with and without scripts.

import assert from "node:assert/strict";
import { test } from "node:test";

import { look } from "../harness/look.mjs";
import { theatre } from "../harness/theatre.mjs";

const house = theatre();

/** @typedef {import("playwright-core").Page} Page */

const REFUSED = [/status of (401|403|404|429)/];
// There the header has no effect, and Chromium says so in the console.
const UNTRUSTED = [/Cross-Origin-Opener-Policy header has been ignored/];

/** @type {string | undefined} */
let closed;

/** The operator app that asks for a sign-in: its origin. */
async function office() {
  closed ??= (await house.stage.order({ do: "closed_office" })).url;
  return String(closed);
}

/** @param {string} role */
const hire = (role, secondFactor = false) =>
  house.stage.order({ do: "staff", role, second_factor: secondFactor });

/**
 * @param {Page} page
 * @param {Record<string, any>} member
 */
async function give(page, { email, password }) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a superadmin comes in, is asked to be safer, and leaves", async (t) => {
  const page = await house.sit(t, { allowed: REFUSED, still: true });
  await page.goto(`${await office()}/projects?status=active`);
  assert.equal(new URL(page.url()).pathname, "/login");
  await look(page, "login-first");
  const member = await hire("superadmin");
  await page.reload();
  await look(page, "login");
  await give(page, { ...member, password: "not the password" });
  await page.getByRole("alert").getByText("Wrong e-mail or password").waitFor();
  assert.equal(await page.getByLabel("E-mail").inputValue(), member.email);
  await look(page, "login-wrong");
  await give(page, member);
  await page.getByRole("heading", { name: "Make your account safer" }).waitFor();
  await look(page, "login-safer");
  await page.getByRole("link", { name: "Not now" }).click();
  assert.equal(page.url(), `${await office()}/projects?status=active`);
  await look(page, "signed-in");
  await page.goto(`${await office()}/`);
  await look(page, "signed-in-board");
  // A link that leads there asks, and ends nothing.
  await page.goto(`${await office()}/logout`);
  await page.getByRole("heading", { name: "Sign out?" }).waitFor();
  await look(page, "sign-out");
  await page.getByRole("link", { name: "Stay signed in" }).click();
  assert.equal(page.url(), `${await office()}/`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goto(`${await office()}/projects`);
  assert.equal(new URL(page.url()).pathname, "/login");
});

test("an operator sees what there is, and only that", async (t) => {
  const page = await house.sit(t, { allowed: REFUSED, still: true });
  const { id } = house.stage.project("Harbour Tower");
  await page.goto(`${await office()}/projects/${id}`);
  await give(page, await hire("operator"));
  await page.getByRole("heading", { name: "Harbour Tower" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "New password" }).count(), 0);
  await look(page, "project-as-operator");
  await page.goto(`${await office()}/units/SLM-101`);
  await look(page, "meter-as-operator");
  await page.goto(`${await office()}/clients/new`);
  await page.getByText("This takes the role admin; you have operator.").waitFor();
  await look(page, "not-allowed");
});

test("a code, a wrong one, and a recovery code", async (t) => {
  const page = await house.sit(t, { allowed: REFUSED, still: true });
  const member = await hire("admin", true);
  await page.goto(`${await office()}/units`);
  await give(page, member);
  await look(page, "login-code");
  const code = page.getByLabel("The six digits that your app shows");
  await code.fill("000000");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("That code is not right").waitFor();
  await look(page, "login-code-wrong");
  const { code: shown } = await house.stage.order({ do: "code", email: member.email });
  await code.fill(shown);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Meters" }).waitFor();

  await page.getByRole("button", { name: "Sign out" }).click();
  await give(page, member);
  await page.getByRole("link", { name: "Use a recovery code instead" }).click();
  await look(page, "login-recovery");
  await page.getByLabel("One of your recovery codes").fill(member.recovery[0]);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("9 recovery codes").waitFor();
  await look(page, "login-codes-left");
});

test("too many attempts are said with the minutes", async (t) => {
  const page = await house.sit(t, { allowed: REFUSED, still: true });
  const member = await hire("admin");
  await page.goto(`${await office()}/login`);
  for (let guess = 0; guess < 6; guess++) await give(page, { ...member, password: "a guess" });
  await page.getByText("Too many attempts. Try again in 15 minutes.").waitFor();
  await look(page, "login-locked");
  await page.getByRole("link", { name: "Sign in with another account" }).click();
  await give(page, await hire("admin"));
  await page.getByRole("button", { name: "Sign out" }).waitFor();
});

for (const scripts of [true, false]) {
  test(`by a LAN name, ${scripts ? "with" : "without"} scripts`, async (t) => {
    const { port } = new URL(await office());
    const origin = `http://office.lan:${port}`;
    const page = await house.sit(t, { others: [origin], allowed: UNTRUSTED, scripts });
    await page.goto(`${origin}/units`);
    await give(page, await hire("operator"));
    await page.getByRole("heading", { name: "Meters" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });
}
