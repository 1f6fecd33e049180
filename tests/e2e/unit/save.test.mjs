import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, { document: { querySelectorAll: () => [] } });
const { fileText } = await import("../../../assets/operator/js/save.js");

test("the file says what it is and has one code a line", () => {
  const text = fileText("Recovery codes of a@b.example", "abcde-fghjk\nmnpqr-stuvw\n");
  assert.equal(text, "Recovery codes of a@b.example\r\n\r\nabcde-fghjk\r\nmnpqr-stuvw\r\n");
});

test("blank lines and blanks round the codes are left out", () => {
  assert.equal(fileText("T", "\n  a-b \r\n\n"), "T\r\n\r\na-b\r\n");
});
