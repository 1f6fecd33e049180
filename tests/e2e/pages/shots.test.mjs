// Pictures of every page in every state, in target/screenshots.

import { test } from "node:test";

import { everyWay } from "../harness/look.mjs";
import { shoot } from "../harness/shots.mjs";
import { STATES } from "../harness/states.mjs";
import { theatre } from "../harness/theatre.mjs";
import { pathOf, untilDrawn, untilMapped } from "../harness/tiles.mjs";

const house = theatre();
const WIDTHS = { desktop: 1440, phone: 390 };

for (const { name, seat, reach } of STATES) {
  test(name, async (t) => {
    const page = await house.sit(t, { ...seat, still: true, width: WIDTHS.desktop });
    await reach(page, house);
    await everyWay(page, ({ device, scheme }) => shoot(page, `${name}-${device}-${scheme}`), WIDTHS);
  });
}

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  test(`overview on a wall, ${scheme}`, async (t) => {
    const size = { width: 1920, height: 1080 };
    const page = await house.open(t, "/portal?wall", { ...size, scheme, still: true });
    await untilMapped(page);
    await shoot(page, `overview-wall-${scheme}`, { fullPage: false });
  });
}

test("on paper", async (t) => {
  const page = await house.open(t, "/portal", { still: true });
  await untilMapped(page);
  await page.setViewportSize({ width: 800, height: 1100 });
  await page.emulateMedia({ media: "print" });
  await shoot(page, "overview-print");
  await page.emulateMedia({ media: "screen" });
  await page.goto(`${house.stage.url}${pathOf(house.stage.location("North gate"))}`);
  await untilDrawn(page);
  await page.emulateMedia({ media: "print" });
  await shoot(page, "location-print");
});
