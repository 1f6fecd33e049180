// Accounts are rolled out as docs/OPERATIONS.md says, and nobody is locked out on the way.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { theatre } from "../harness/theatre.mjs";
import { totp } from "../harness/totp.mjs";

const house = theatre();

/** @typedef {import("playwright-core").Page} Page */

const BUILT = fileURLToPath(new URL("../../../target/debug/portal-admin", import.meta.url));
const REFUSED = [/status of (401|403|422)/];

/**
 * The command line, beside the servers, over the same database.
 *
 * @param {string[]} command
 * @returns {Promise<Record<string, any>>}
 */
async function admin(...command) {
  const env = { DATABASE_URL: house.stage.database, USER: "casey" };
  const program = process.env.PORTAL_ADMIN ?? BUILT;
  const { stdout } = await promisify(execFile)(program, [...command, "--json"], { env });
  return JSON.parse(stdout);
}

/**
 * @param {Page} page
 * @param {{email: string, password: string}} who
 */
async function signIn(page, { email, password }) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** @param {Page} page */
const signOut = (page) => page.getByRole("button", { name: "Sign out" }).click();

/**
 * Turns one's own second factor on.
 *
 * @param {Page} page
 * @param {string} closed
 * @param {{password: string}} who
 * @returns {Promise<string>} the first of the recovery codes
 */
async function turnsSecondFactorOn(page, closed, { password }) {
  await page.goto(`${closed}/profile`);
  await page.getByRole("link", { name: "Turn on" }).click();
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Show the QR code" }).click();
  const key = await page.getByLabel("Or type this key into it").inputValue();
  const { at } = await house.stage.order({ do: "now" });
  await page.getByRole("textbox", { name: "Code" }).fill(totp(key, at));
  await page.getByRole("button", { name: "Turn it on" }).click();
  const spare = (await page.getByLabel("Recovery codes of").inputValue()).trim().split("\n");
  assert.equal(spare.length, 10);
  await page.getByRole("link", { name: "I have kept them" }).click();
  return spare[0] ?? "";
}

/**
 * Makes an account on the page of accounts: who it is of.
 *
 * @param {Page} page
 * @param {{email: string, name: string, role: string}} who
 * @returns {Promise<{email: string, password: string}>}
 */
async function makesAccount(page, { email, name, role }) {
  await page.getByRole("link", { name: "New account" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Role").selectOption(role);
  await page.getByRole("button", { name: "Make account" }).click();
  const password = await page.getByLabel("Password").inputValue();
  await page.getByRole("link", { name: "I have sent it" }).click();
  return { email, password };
}

test("from open to a second factor", async (t) => {
  const page = await house.enter(t, "/accounts", { allowed: REFUSED });
  await page.getByText("portal-admin operator create").first().waitFor();

  const command = ["operator", "create", "--email", "Anna@Firm.example", "--name", "Anna Lind"];
  const anna = await admin(...command, "--role", "superadmin");
  assert.equal(anna.email, "anna@firm.example");

  await t.test("the command line shows her as superadmin and active", async () => {
    /** @type {any} */
    const { operators } = await admin("operator", "list");
    const shown = operators.map((/** @type {any} */ one) => [one.email, one.role, one.active]);
    assert.deepEqual(shown, [[anna.email, "superadmin", true]]);
  });

  await t.test("she signs in while the app is open to everybody", async () => {
    await page.goto(`${house.stage.operator}/login`);
    await signIn(page, /** @type {any} */ (anna));
    await page.getByRole("link", { name: "Not now" }).click();
    await page.getByText("Anna Lind").first().waitFor();
    await page.getByText("Nobody is asked to sign in here").waitFor();
  });

  const { url: closed } = await house.stage.order({ do: "closed_office" });
  await t.test("the flag is turned on: she is in still, others are asked", async () => {
    const stranger = await house.sit(t, { others: [closed] });
    await stranger.goto(`${closed}/projects`);
    assert.equal(new URL(stranger.url()).pathname, "/login");
    await page.goto(`${closed}/accounts`);
    await page.getByRole("row").filter({ hasText: anna.email }).getByText("superadmin").waitFor();
    assert.equal(await page.getByText("Nobody is asked to sign in here").count(), 0);
  });

  let bo = { email: "", password: "" };
  await t.test("the others are made, and a second superadmin", async () => {
    bo = await makesAccount(page, { email: "bo@firm.example", name: "Bo Ek", role: "admin" });
    await page.goto(`${closed}/accounts`);
    const cleo = { email: "cleo@firm.example", name: "Cleo Rask", role: "superadmin" };
    const made = await makesAccount(page, cleo);
    const there = await house.sit(t, { others: [closed] });
    await there.goto(`${closed}/login`);
    await signIn(there, made);
    await there.getByRole("link", { name: "Not now" }).click();
    await there.goto(`${closed}/accounts`);
    await there.getByRole("row").filter({ hasText: bo.email }).getByText("admin").waitFor();
  });

  await t.test("the superadmin turns her second factor on, and is asked for a code", async () => {
    await turnsSecondFactorOn(page, closed, /** @type {any} */ (anna));
    await signOut(page);
    await signIn(page, /** @type {any} */ (anna));
    await page.getByLabel("The six digits that your app shows").waitFor();
    assert.equal(new URL(page.url()).pathname, "/login/code");
  });

  let spare = "";
  await t.test("so may an admin", async () => {
    await page.goto(`${closed}/login`);
    await signIn(page, bo);
    spare = await turnsSecondFactorOn(page, closed, bo);
    await signOut(page);
  });

  await t.test("a wrong code does not let in, a recovery code does, once", async () => {
    const enterRecovery = async () => {
      await page.getByLabel("One of your recovery codes").fill(spare);
      await page.getByRole("button", { name: "Sign in" }).click();
    };
    await signIn(page, bo);
    await page.getByLabel("The six digits that your app shows").fill("000000");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("That code is not right").waitFor();
    await page.getByRole("link", { name: "Use a recovery code instead" }).click();
    await enterRecovery();
    await page.getByText("9 recovery codes").waitFor();
    await signOut(page);
    await signIn(page, bo);
    await page.getByRole("link", { name: "Use a recovery code instead" }).click();
    await enterRecovery();
    await page.getByRole("alert").waitFor();
    assert.equal(new URL(page.url()).pathname, "/login/code");
  });

  await t.test("the glass is broken on the command line", async () => {
    const again = await admin("operator", "reset-password", bo.email, "--without-second-factor");
    await page.goto(`${closed}/login`);
    await signIn(page, { email: bo.email, password: again.password });
    await page.getByText("Bo Ek").first().waitFor();
  });
});
