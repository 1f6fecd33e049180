// Every page of the operator app that staff may meet, and how to get there.

import { until } from "./until.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("./stage.mjs").Stage} Stage
 *
 * @typedef {object} Room
 * @property {string} name
 * @property {(stage: Stage) => string} path
 * @property {RegExp[]} [allowed]  what the page may complain of because that is what is shown
 * @property {(page: Page, stage: Stage) => Promise<void>} [reach]  what is done there first
 */

const REFUSED = [/status of (404|422)/];

/** @param {string} path */
const at = (path) => () => path;

/** @param {string} rest */
const inProject = (rest) => (/** @type {Stage} */ stage) =>
  `/projects/${stage.project("Harbour Tower").id}${rest}`;

/** @param {string} rest */
const atLocation = (rest) => (/** @type {Stage} */ stage) =>
  `${inProject("/locations/")(stage)}${stage.location("Canal walk").id}${rest}`;

/**
 * Sends the page's form with nothing in it.
 *
 * @param {Page} page
 */
async function sendEmpty(page) {
  const form = page.locator("main form.sheet, main form").last();
  await form.evaluate((/** @type {HTMLFormElement} */ element) => {
    element.noValidate = true;
    for (const field of element.querySelectorAll("input")) field.value = "";
  });
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    form.locator("button[type=submit], button").last().click(),
  ]);
  await page.waitForLoadState();
}

/**
 * Follows the first link whose name begins so.
 *
 * @param {string} name
 * @returns {(page: Page) => Promise<void>}
 */
const follow = (name) => async (page) => {
  await page.getByRole("link", { name: new RegExp(`^${name}`) }).first().click();
  await page.waitForLoadState();
};

/**
 * Opens everything that is folded away in the form of a rule, and sends what cannot be taken.
 *
 * @param {Page} page
 */
async function sendOddRule(page) {
  const form = page.locator("form[data-rule-form]");
  await form.evaluate((/** @type {HTMLFormElement} */ element) => {
    element.noValidate = true;
    for (const field of element.querySelectorAll("input[type=number]")) {
      if (field instanceof HTMLInputElement) field.value = "-1";
    }
  });
  await page.locator("#new-rule > summary").click();
  await page.fill("#schedule_start", "22:00");
  await form.locator("button[type=submit]").click();
  await page.locator("#cooldown_s-problem").waitFor();
}

/**
 * Lets a client look at the project, and waits until the page says so.
 *
 * @param {Page} page
 * @param {Stage} stage
 */
async function haveVisitor(page, stage) {
  const { link, password } = stage.project("Harbour Tower");
  const answer = await fetch(`${stage.url}/portal/p/${link}`, {
    method: "POST",
    body: new URLSearchParams({ password }),
    headers: { origin: stage.url },
    redirect: "manual",
  });
  const [cookie] = answer.headers.getSetCookie();
  await fetch(`${stage.url}/portal`, { headers: { cookie: cookie?.split(";")[0] ?? "" } });
  await until("the visitor is counted", async () => {
    await page.reload();
    return page.getByText(/(person is|people are) watching now/).isVisible();
  });
}

/** @type {Room[]} */
export const ROOMS = [
  { name: "board", path: at("/") },
  { name: "projects", path: at("/projects") },
  { name: "projects-none", path: at("/projects?q=nothing+is+called+so") },
  { name: "project-new", path: at("/projects/new") },
  { name: "project-refused", path: at("/projects/new"), allowed: REFUSED, reach: sendEmpty },
  { name: "project", path: inProject("") },
  { name: "project-watched", path: inProject(""), reach: haveVisitor },
  { name: "project-edit", path: inProject("/edit") },
  { name: "project-delete", path: inProject("/status/deleted") },
  { name: "location-new", path: inProject("/locations/new") },
  { name: "location-edit", path: atLocation("/edit") },
  { name: "location-remove", path: atLocation("/remove") },
  { name: "location-meter", path: atLocation("/meter") },
  { name: "portal-close", path: inProject("/portal/close") },
  { name: "portal-password", path: inProject("/portal/password") },
  { name: "portal-link", path: inProject("/portal/link") },
  { name: "clients", path: at("/clients") },
  { name: "client-new", path: at("/clients/new") },
  { name: "meters", path: at("/units") },
  { name: "meter-new", path: at("/units/new") },
  { name: "meter-history", path: at("/units/SLM-101") },
  { name: "meter", path: at("/slm/SLM-101") },
  { name: "meter-offline", path: at("/slm/SLM-107") },
  { name: "meter-no-data", path: at("/slm/SLM-108") },
  {
    name: "meter-refused", path: at("/slm/SLM-102"), allowed: REFUSED, reach: sendOddRule,
  },
  { name: "rule", path: at("/slm/SLM-101"), reach: follow("Edit ") },
  { name: "rule-delete", path: at("/slm/SLM-101"), reach: follow("Delete ") },
  { name: "alerts", path: at("/alerts") },
  { name: "audit", path: at("/audit") },
  { name: "system", path: at("/system") },
  { name: "portal-close-watched", path: inProject("/portal/close"), reach: haveVisitor },
  { name: "not-found", path: at("/projects/nowhere"), allowed: REFUSED },
];
