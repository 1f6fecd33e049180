// Every page of the operator app: axe finds nothing, light or dark, narrow or wide; nothing sticks
// out, and the console stays clean. Pictures are left in target/screenshots.

import { test } from "node:test";

import { look } from "../harness/look.mjs";
import { ROOMS } from "../harness/rooms.mjs";
import { theatre } from "../harness/theatre.mjs";

const house = theatre();

for (const { name, allowed = [], path, reach } of ROOMS) {
  test(name, async (t) => {
    const page = await house.enter(t, path(house.stage), { allowed, still: true });
    await reach?.(page, house.stage);
    await look(page, name);
  });
}
