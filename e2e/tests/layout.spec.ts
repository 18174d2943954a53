import { FLAT } from "../demo";
import { expect, test } from "../fixtures";

interface Shifts {
  shifts: string[];
}

test("nothing on the Overview moves while it loads @english", async ({ page, frame, overview, signedInAs }) => {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[]) {
        const moved = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : "a text"));
        shifts.push(`${entry.value} at ${entry.startTime} ms: ${moved.join(" | ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await signedInAs(FLAT);
  await overview.open();
  await frame.settled();
  // The fonts come last.
  await page.locator("html[data-fonts=ready]").waitFor();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await page.evaluate(() => (window as unknown as Shifts).shifts)).toEqual([]);
});

test("no page is wider than a phone of 360 pixels", async ({ page, frame, bills, signedInAs }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signedInAs(FLAT);
  await bills.open();
  const bill = (await bills.bills.first().getAttribute("href")) ?? "";
  for (const path of ["/", "/consumption", "/bills", bill, "/tools/meter-file", "/settings", "/no/such/page"]) {
    await page.goto(path);
    await frame.settled();
    const width = await page.evaluate(() => document.scrollingElement?.scrollWidth);
    expect(width, path).toBe(360);
  }
});
