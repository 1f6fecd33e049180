// Every page of the operator app: axe finds nothing, light or dark, narrow or wide; nothing sticks
// out, and the console stays clean. Pictures are left in target/screenshots.

import { test } from "node:test";

import { assertAccessible } from "../harness/axe.mjs";
import { assertFits } from "../harness/guard.mjs";
import { ROOMS } from "../harness/rooms.mjs";
import { shoot } from "../harness/shots.mjs";
import { theatre } from "../harness/theatre.mjs";

const house = theatre();

for (const { name, allowed = [], path, reach } of ROOMS) {
  test(name, async (t) => {
    const page = await house.enter(t, path(house.stage), { allowed, still: true });
    await reach?.(page, house.stage);
    for (const [device, width] of /** @type {const} */ ([["desktop", 1280], ["phone", 390]])) {
      await page.setViewportSize({ width, height: 900 });
      for (const scheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme: scheme });
        await assertAccessible(page, `${name}, ${scheme}, ${width} px`);
        await shoot(page, `office-${name}-${device}-${scheme}`);
      }
      await assertFits(page);
    }
  });
}
