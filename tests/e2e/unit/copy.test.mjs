import assert from "node:assert/strict";
import { test } from "node:test";

/** @type {string[]} */
const done = [];
/** @param {unknown} clipboard  what the browser has for pages */
function browserWith(clipboard) {
  done.length = 0;
  Object.defineProperty(globalThis, "navigator", { value: { clipboard }, configurable: true });
}
Object.assign(globalThis, {
  document: {
    querySelectorAll: () => [],
    execCommand: (/** @type {string} */ command) => done.push(command) > 0,
  },
});
const { copyField, copiedWords } = await import("../../../assets/operator/js/copy.js");

const field = /** @type {HTMLInputElement} */ (
  /** @type {unknown} */ ({
    value: "the link",
    focus: () => done.push("focus"),
    select: () => done.push("select"),
  })
);

test("the clipboard takes the text where there is one", async () => {
  browserWith({ writeText: async (/** @type {string} */ text) => void done.push(text) });
  assert.equal(await copyField(field), true);
  assert.deepEqual(done, ["focus", "select", "the link"]);
});

test("without one, or refused, the selected field is copied by command", async () => {
  const refusal = async () => {
    throw new Error("not allowed");
  };
  for (const clipboard of [undefined, { writeText: refusal }]) {
    browserWith(clipboard);
    assert.equal(await copyField(field), true);
    assert.deepEqual(done, ["focus", "select", "copy"]);
  }
});

test("it is said what to do where nothing was copied", () => {
  assert.equal(copiedWords(true), "Copied.");
  assert.match(copiedWords(false), /Ctrl\+C/);
});
