// Accessibility, as far as a machine can see it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Asserts that axe finds nothing against WCAG 2.2 AA. The script comes in by the browser's
 * debugger, so that the page's Content-Security-Policy stays as it is.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} what  the page and its state
 */
export async function assertAccessible(page, what) {
  await settle(page);
  await page.evaluate(SOURCE);
  const violations = await page.evaluate(async (standard) => {
    // @ts-expect-error: axe was put there by the line above.
    const { violations } = await globalThis.axe.run(document, { runOnly: standard });
    return violations.flatMap((/** @type {any} */ { id, impact, help, nodes }) =>
      nodes.map((/** @type {any} */ node) => {
        const why = node.any[0]?.message ?? node.all[0]?.message ?? help;
        return `${impact} ${id}: ${node.target.join(" ")}: ${why}`;
      }),
    );
  }, STANDARD);
  assert.deepEqual(violations, [], what);
}

/**
 * Waits until everything that fades or slides in has come: a text that is half there has half its
 * contrast.
 *
 * @param {import("playwright-core").Page} page
 */
async function settle(page) {
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map((animation) => animation.finished));
  });
}
