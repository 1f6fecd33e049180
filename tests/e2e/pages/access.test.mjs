// axe finds nothing, on any page, in any state, light or dark, narrow or wide.

import { test } from "node:test";

import { assertAccessible } from "../harness/axe.mjs";
import { assertSound } from "../harness/look.mjs";
import { STATES } from "../harness/states.mjs";
import { theatre } from "../harness/theatre.mjs";

const house = theatre();

for (const { name, seat, reach } of STATES) {
  test(name, async (t) => {
    const page = await house.sit(t, seat);
    await reach(page, house);
    await assertSound(page, name);
  });
}

test("overview on a wall", async (t) => {
  const page = await house.open(t, "/portal?wall", { width: 1920, height: 1080, scheme: "dark" });
  await assertAccessible(page, "wall");
});
