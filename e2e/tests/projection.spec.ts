import { FLAT, RIYADH, SHOP } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

interface Point {
  commodity: string;
  tariff: string;
  period: { from: string; to: string };
  daily: (string | null)[];
  daily_from: string;
  live?: { period: string };
}

test("a what-if avoids the third tier, and can be taken back @english", async ({ page, projection, overview, words, signedInAs }) => {
  await signedInAs(FLAT);
  await overview.open();
  await overview.month.getByRole("link", { name: words.say("projection_link") }).click();
  await projection.end.waitFor();
  // The third tier may begin before the period ends.
  const mayBegin = words.match("overview_tier_earliest");
  await expect(projection.end).toContainText(mayBegin);
  const asThingsAre = asRead(await projection.end.locator(".amount").first().innerText());

  await projection.away.focus();
  await page.keyboard.press("End");
  await projection.cooling.focus();
  await page.keyboard.press("End");
  await expect(projection.end).toContainText(words.match("projection_less"));
  await expect(projection.end).toContainText(words.match("overview_tier_stay"));
  await expect(projection.end).not.toContainText(mayBegin);
  await expect(projection.end).toContainText(words.match("projection_with"));
  // What the effect rests on is said beside it.
  await expect(projection.content).toContainText(words.say("assumed_badge"));
  await expect(projection.content).toContainText(words.say("assumed_day_away"));

  await page.getByRole("button", { name: words.say("projection_reset") }).click();
  await expect(projection.away).toHaveValue("0");
  await expect(projection.end).toContainText(mayBegin);
  expect(asRead(await projection.end.locator(".amount").first().innerText())).toBe(asThingsAre);
});

test("the steps beside a slider move it to its ends and no further", async ({ projection, signedInAs }) => {
  await signedInAs(FLAT);
  await projection.open();
  const more = projection.more("projection_setpoint");
  for (const value of ["1", "2", "3", "4"]) {
    await more.click();
    await expect(projection.cooling).toHaveValue(value);
  }
  await expect(more).toBeDisabled();
  await more.click({ force: true });
  await expect(projection.cooling).toHaveValue("4");
});

test("the staircase's price is the engine's", async ({ page, projection, words, signedInAs }) => {
  await signedInAs(FLAT);
  await projection.open();
  const overview = (await (await page.request.get(`/api/v1/accounts/${FLAT}/overview`)).json()) as { service_points: Point[] };
  const point = overview.service_points.find(({ commodity }) => commodity === "electricity");
  if (!point) throw new Error("the flat has no electricity");
  const usage = point.live?.period ?? "0";
  const request = { tariff: { id: point.tariff }, period: point.period, usage };
  const bill = (await (await page.request.post("/api/v1/compute/bill", { data: request })).json()) as { lines: { price?: string }[] };
  const fils = Math.round(Number(bill.lines.findLast((line) => line.price)?.price) * 1000);
  const here = asRead((await projection.stairs.getByRole("img").getAttribute("aria-label")) ?? "");
  expect(here).toMatch(words.match("projection_next_unit"));
  expect(here).toContain(String(fils));
});

test("another tariff and prepayment are priced, and the past bills with them", async ({ page, projection, words, signedInAs }) => {
  await signedInAs(FLAT);
  await projection.open();
  // The flat pays on the law's tiers; the flat rate is the other tariff of its category.
  await page.getByRole("radio").nth(1).check();
  await expect(projection.end).toContainText(words.match("projection_less"));
  await expect(page.getByRole("table")).toBeVisible();
  await expect(projection.content).toContainText(words.match("projection_past_result"));
  await projection.prepaid.check();
  await expect(projection.content).toContainText(words.say("assumed_prepaid_month"));
});

test("how the last projection did is said, from what was known then", async ({ projection, words, signedInAs }) => {
  for (const account of [FLAT, RIYADH]) {
    await signedInAs(account);
    await projection.open();
    await expect(projection.content).toContainText(words.match("why_pro_4"));
    await expect(projection.content).toContainText(words.match("projection_last_note"));
  }
});

test("no projection is made up for a meter that is read by hand @english", async ({ page, projection, words, signedInAs }) => {
  await signedInAs(SHOP);
  await page.goto("/projection");
  await expect(projection.content).toContainText(words.say("projection_by_hand"));
  await expect(projection.content).toContainText(words.match("consumption_last_reading"));
  await expect(page.getByRole("slider")).toHaveCount(0);
});
