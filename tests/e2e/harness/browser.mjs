// Debian's Chromium, headless, with a fresh profile.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--headless",
  "--remote-debugging-port=0",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  // A name of a LAN, where pages over plain HTTP are no secure context.
  "--host-resolver-rules=MAP *.lan 127.0.0.1",
  "about:blank",
];

// On a busy machine it sometimes dies before it is up.
const ATTEMPTS = 3;

/**
 * Playwright's own launch makes every page believe that it is being looked at. A browser that it
 * only connects to tells pages of the default context the truth, so that a tab can be hidden by
 * bringing another to the front.
 *
 * @returns {Promise<{browser: import("playwright-core").Browser, stop: () => Promise<void>}>}
 */
export async function startBrowser() {
  const profile = await mkdtemp(join(tmpdir(), "portal-e2e-"));
  const { child, address } = await launch(profile, ATTEMPTS);
  const ended = new Promise((resolve) => child.once("close", resolve));
  const browser = await chromium.connectOverCDP(address, { noDefaults: true });
  const stop = async () => {
    await browser.close();
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, stop };
}

/**
 * @param {string} profile  a folder
 * @param {number} attempts
 * @returns {Promise<{child: Child, address: string}>}
 */
async function launch(profile, attempts) {
  const child = spawn(
    process.env.CHROMIUM ?? "/usr/bin/chromium",
    [`--user-data-dir=${profile}`, ...ARGUMENTS],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  try {
    return { child, address: await devtoolsOf(child) };
  } catch (error) {
    if (attempts <= 1) throw error;
    console.warn(`${error}\nChromium is started again.`);
    return launch(profile, attempts - 1);
  }
}

/**
 * @typedef {import("node:stream").Readable} Readable
 * @typedef {import("node:child_process").ChildProcessByStdio<null, null, Readable>} Child
 *
 * @param {Child} child
 * @returns {Promise<string>} the address of its DevTools socket
 */
function devtoolsOf(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (/** @type {string} */ part) => {
      said += part;
      const address = /DevTools listening on (ws:\S+)/.exec(said);
      if (address?.[1]) resolve(address[1]);
    });
    child.once("error", reject);
    child.once("close", () => reject(new Error(`Chromium ended: ${said}`)));
  });
}
