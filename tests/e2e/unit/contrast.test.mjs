// The palette's contrasts by WCAG 2.2, light and dark: 4.5 for text, 3 for what is drawn.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const source = readFileSync(
  new URL("../../../assets/shared/css/tokens.css", import.meta.url), "utf8");

/** @type {Map<string, [string, string]>} */
const tokens = new Map();
for (const [, name, light, dark] of
  source.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)) {
  tokens.set(name, [light, dark]);
}

/** @param {string} colour */
function luminance(colour) {
  const channel = (/** @type {number} */ at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/**
 * @param {string} one
 * @param {string} other
 */
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * @param {string[]} names
 * @param {string[]} grounds
 * @param {number} least
 */
function assertContrast(names, grounds, least) {
  for (const scheme of [0, 1]) {
    for (const name of names) {
      for (const ground of grounds) {
        const [colour, behind] = [tokens.get(name)?.[scheme], tokens.get(ground)?.[scheme]];
        assert.ok(colour && behind, `${name} or ${ground} is no token`);
        const got = contrast(colour, behind);
        assert.ok(got >= least,
          `${name} on ${ground}, ${scheme ? "dark" : "light"}: ${got.toFixed(2)} < ${least}`);
      }
    }
  }
}

test("text is read on every ground", () => {
  const grounds = ["page", "surface", "sunken", "raised"];
  assertContrast(["ink", "ink-2", "accent", "below", "near", "above", "off"], grounds, 4.5);
  assertContrast(["ink", "ink-2", "above"], ["above-tint"], 4.5);
  assertContrast(["above-on"], ["above-fill"], 4.5);
  assertContrast(["accent"], ["accent-tint"], 4.5);
  assertContrast(["surface"], ["accent"], 4.5);
});

test("what is drawn is seen", () => {
  const drawn = ["below-fill", "near-fill", "above-fill", "rule", "s-lp", "s-leq", "s-ln1", "s-ln2", "s-lmax"];
  assertContrast(drawn, ["surface"], 3);
});
