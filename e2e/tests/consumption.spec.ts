import type { APIRequestContext, Locator } from "@playwright/test";

import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

interface Span {
  start: number;
  usage: string | null;
}

const POINTS = `/api/v1/accounts/${FLAT}/service-points`;

async function spans(request: APIRequestContext, point: string, days: string): Promise<Span[]> {
  const reply = await request.get(`${POINTS}/${point}/consumption?${days}`);
  expect(reply.status()).toBe(200);
  return ((await reply.json()) as { spans: Span[] }).spans;
}

function millionths(decimal: string): bigint {
  const [whole = "", part = ""] = decimal.split(".");
  return BigInt(whole + part.padEnd(6, "0"));
}

/** Rounded once, half up, grouped. */
function figure(value: bigint, places: number): string {
  const unit = 10n ** BigInt(6 - places);
  const digits = String((value + unit / 2n) / unit).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ",");
  return places === 0 ? whole : `${whole}.${digits.slice(-places)}`;
}

/** How many colours a drawing has. */
function colours(drawing: Locator): Promise<number> {
  return drawing.first().evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const seen = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4) {
      if (pixels[at + 3] === 255) seen.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
    }
    return seen.size;
  });
}

// What lies before the moment at which the demo begins, 18 September 2026; a month is a billing period.
for (const [view, days, count, places] of [
  ["consumption_year", "from=2025-01-01&to=2025-12-31&step=month", 12, 0],
  ["consumption_month", "from=2026-07-28&to=2026-08-27&step=day", 31, 0],
  ["consumption_day", "from=2026-09-17&to=2026-09-17&step=hour", 24, 2],
] as const) {
  test(`${view}: chart and table say what the record says @english`, async ({ page, consumption, signedInAs }) => {
    await signedInAs(FLAT);
    const recorded = await spans(page.request, "salmiya-electricity", days);
    const usages = recorded.map(({ usage }) => millionths(usage ?? "0"));
    expect(usages).toHaveLength(count);
    const total = usages.reduce((sum, usage) => sum + usage, 0n);

    await consumption.open();
    await consumption.choose(view);
    const now = await consumption.shown.innerText();
    await consumption.earlier.click();
    await expect(consumption.shown).not.toHaveText(now);
    await expect.poll(async () => asRead(await consumption.summary())).toContain(` ${figure(total, places)} `);
    await expect.poll(() => colours(consumption.drawing)).toBeGreaterThan(4);

    await consumption.choose("consumption_table");
    await expect(consumption.chart).toHaveCount(0);
    await expect(consumption.rows).toHaveCount(count + 1);
    const shown = (await consumption.figures()).map(asRead);
    expect(shown.pop()).toBe(figure(total, places));
    const expected = usages.map((usage) => figure(usage, places));
    expect(shown).toEqual(view === "consumption_month" ? expected.reverse() : expected);

    await consumption.choose("consumption_chart");
    await expect(consumption.table).toHaveCount(0);
    await consumption.later.click();
    await expect(consumption.shown).toHaveText(now);
    // What has not begun is not offered.
    await expect(consumption.later).toBeHidden();
  });
}

test("water comes from reading to reading, for its meter says nothing between", async ({
  page,
  consumption,
  words,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  const recorded = await spans(page.request, "salmiya-water", "from=2025-01-01&to=2025-12-31&step=reading");
  const usages = recorded.map(({ usage }) => millionths(usage ?? "0"));
  expect(usages.length).toBeGreaterThan(10);

  await consumption.open();
  await consumption.choose("commodity_water");
  await expect(consumption.choice("consumption_day")).toHaveCount(0);
  await consumption.earlier.click();
  await consumption.choose("consumption_table");
  await expect(consumption.rows).toHaveCount(usages.length + 1);
  const shown = (await consumption.figures()).map(asRead);
  expect(shown.slice(0, -1)).toEqual(usages.map((usage) => figure(usage, 0)));
  await expect(consumption.table).toContainText(words.say("quality_actual"));
  await consumption.choose("commodity_electricity");
  await expect(consumption.choice("consumption_day")).toHaveCount(1);
});
