import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { runInNewContext } from "node:vm";

const script = readFileSync(new URL("../../../assets/shared/js/theme.js", import.meta.url), "utf8");

/**
 * A page with a switch, as much of it as the script asks for.
 *
 * @param {{system: "light" | "dark", stored?: string, forbidden?: boolean}} given
 */
function page({ system, stored, forbidden = false }) {
  /** @type {Map<string, string>} */
  const storage = new Map(stored ? [["theme", stored]] : []);
  /** @type {Record<string, (event: object) => void>} */
  const listeners = {};
  const listen = (/** @type {string} */ name, /** @type {() => void} */ listener) => {
    listeners[name] = listener;
  };
  class Element {
    /** @type {Record<string, string>} */
    attributes = { hidden: "" };
    closest() {
      return this;
    }
    /** @param {string} name @param {string} value */
    setAttribute(name, value) {
      this.attributes[name] = value;
    }
    /** @param {string} name */
    removeAttribute(name) {
      delete this.attributes[name];
    }
  }
  const button = new Element();
  const root = { dataset: /** @type {Record<string, string>} */ ({}) };
  const refuse = () => {
    throw new Error("SecurityError");
  };
  const media = { matches: system === "dark", addEventListener: listen };
  runInNewContext(script, {
    Element,
    addEventListener: listen,
    document: { documentElement: root, addEventListener: listen, querySelectorAll: () => [button] },
    localStorage: {
      getItem: forbidden ? refuse : (/** @type {string} */ key) => storage.get(key) ?? null,
      setItem: forbidden ? refuse : storage.set.bind(storage),
      removeItem: forbidden ? refuse : storage.delete.bind(storage),
    },
    matchMedia: () => media,
  });
  return {
    button,
    theme: () => root.dataset.theme,
    kept: () => storage.get("theme"),
    press: () => listeners.click?.({ target: button }),
    systemIs(/** @type {"light" | "dark"} */ next) {
      media.matches = next === "dark";
      listeners.change?.({});
    },
  };
}

test("a page is as the system has it, and the switch says what it would bring", () => {
  const { theme, button } = page({ system: "dark" });
  assert.equal(theme(), undefined);
  assert.deepEqual(button.attributes, { "aria-label": "Switch to light" });
});

test("a choice is kept; the way back forgets it", () => {
  const { theme, kept, press, button } = page({ system: "light" });
  press();
  assert.equal(theme(), "dark");
  assert.equal(kept(), "dark");
  assert.equal(button.attributes["aria-label"], "Switch to light");
  press();
  assert.equal(theme(), undefined);
  assert.equal(kept(), undefined);
});

test("a kept choice holds before the first paint", () => {
  assert.equal(page({ system: "light", stored: "dark" }).theme(), "dark");
  assert.equal(page({ system: "dark", stored: "light" }).theme(), "light");
  assert.equal(page({ system: "light", stored: "purple" }).theme(), undefined);
});

test("the system's change is followed while there is no choice", () => {
  const { button, systemIs } = page({ system: "light" });
  systemIs("dark");
  assert.equal(button.attributes["aria-label"], "Switch to light");
});

test("without storage it switches all the same", () => {
  const { theme, press } = page({ system: "light", forbidden: true });
  press();
  assert.equal(theme(), "dark");
  press();
  assert.equal(theme(), undefined);
});
