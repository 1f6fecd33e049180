// What every file of page tests begins with: a stage and a browser of its own.

import assert from "node:assert/strict";
import { after, before } from "node:test";

import { startBrowser } from "./browser.mjs";
import { assertFits, guard } from "./guard.mjs";
import { startStage } from "./stage.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").BrowserContext} BrowserContext
 *
 * @typedef {object} Seat  how somebody looks at the portal, or at the operator app
 * @property {string} [project]  signed in to it
 * @property {string} [portal]  the origin of another portal than the first
 * @property {number} [width]  px
 * @property {number} [height]  px
 * @property {"light" | "dark"} [scheme]
 * @property {boolean} [still]  prefers reduced motion
 * @property {boolean} [scripts]  false for a browser without
 * @property {boolean} [touch]
 * @property {boolean} [tab]  a tab that can be hidden by another; it shares cookies with others
 * @property {string[]} [others]  origins that may be asked besides the stage's portals
 * @property {RegExp[]} [allowed]  what the page may complain of
 */

/**
 * Registers the hooks; what is returned can be used within tests.
 *
 * @param {{empty?: boolean}} [scene]  empty: nothing is in the database
 */
export function theatre(scene) {
  /** @type {import("./stage.mjs").Stage} */
  let stage;
  /** @type {Awaited<ReturnType<typeof startBrowser>>} */
  let chromium;
  before(async () => {
    stage = await startStage(scene);
    chromium = await startBrowser();
  });
  after(async () => {
    await chromium?.stop();
    await stage?.stop();
  });

  /**
   * A page on which nothing may go wrong until the test is over.
   *
   * @param {import("node:test").TestContext} t
   * @param {Seat} [seat]
   * @returns {Promise<Page>}
   */
  async function sit(t, seat = {}) {
    const origin = seat.portal ?? stage.url;
    const context = seat.tab ? defaultContext() : await freshContext(seat);
    if (seat.tab) await context.clearCookies();
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.setViewportSize({ width: seat.width ?? 1280, height: seat.height ?? 900 });
    const problems = guard(page, () => [...stage.origins, ...(seat.others ?? [])], seat.allowed);
    t.after(async () => {
      try {
        if (!page.isClosed() && page.url().startsWith("http")) await assertFits(page);
        assert.deepEqual(problems, [], `at ${page.url()}`);
      } finally {
        await (seat.tab ? page.close() : context.close());
      }
    });
    if (seat.project) await signIn(context, origin, stage.project(seat.project));
    return page;
  }

  /**
   * The same, at an address of the portal.
   *
   * @param {import("node:test").TestContext} t
   * @param {string} path
   * @param {Seat} [seat]
   */
  async function open(t, path, seat = {}) {
    const page = await sit(t, { project: "Harbour Tower", ...seat });
    await page.goto(`${seat.portal ?? stage.url}${path}`);
    return page;
  }

  /**
   * A page at an address of the operator app; it may lead on into a portal.
   *
   * @param {import("node:test").TestContext} t
   * @param {string} path
   * @param {Seat} [seat]
   */
  async function enter(t, path, seat = {}) {
    const page = await sit(t, { ...seat, others: [stage.operator, ...(seat.others ?? [])] });
    await page.goto(`${stage.operator}${path}`);
    return page;
  }

  function defaultContext() {
    const [context] = chromium.browser.contexts();
    assert.ok(context, "the browser's own context");
    return context;
  }

  /** @param {Seat} seat */
  function freshContext(seat) {
    return chromium.browser.newContext({
      javaScriptEnabled: seat.scripts ?? true,
      colorScheme: seat.scheme ?? "light",
      reducedMotion: seat.still ? "reduce" : "no-preference",
      hasTouch: seat.touch ?? false,
      // Far from any site: times must be told in the site's zone all the same.
      timezoneId: "Asia/Tokyo",
    });
  }

  return {
    sit,
    open,
    enter,
    /** The stage; there is one as soon as tests run. */
    get stage() {
      return stage;
    },
    /** The browser. */
    get browser() {
      return chromium.browser;
    },
  };
}

/**
 * Signs in without looking at the prompt; the journey's test does it as people do.
 *
 * @param {BrowserContext} context
 * @param {string} origin
 * @param {{link: string, password: string}} project
 */
export async function signIn(context, origin, { link, password }) {
  const answer = await context.request.post(`${origin}/portal/p/${link}`, {
    form: { password },
    headers: { origin, "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  assert.equal(answer.status(), 303, "the password is taken");
}
