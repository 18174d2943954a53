import { readFile } from "node:fs/promises";

import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

const POINT = `/api/v1/accounts/${FLAT}/service-points/salmiya-electricity`;

interface Span {
  usage: string | null;
}

/** To the nearest whole unit, grouped. */
const whole = (usage: string | null) => Math.round(Number(usage)).toLocaleString("en");

test("two years are compared, month by month @english", async ({ page, consumption, words, signedInAs }) => {
  await signedInAs(FLAT);
  const months = async (year: number): Promise<Span[]> =>
    (await (await page.request.get(`${POINT}/consumption?from=${year}-01-01&to=${year}-12-31&step=month`)).json()).spans;
  const [now, past] = [await months(2025), await months(2024)];
  const sum = (spans: Span[]) => spans.reduce((sum, { usage }) => sum + Number(usage), 0);

  await consumption.open();
  await consumption.choose("consumption_year");
  await consumption.earlier.click();
  await expect(consumption.shown).toContainText(/2025|٢٠٢٥/);
  const less = sum(now) < sum(past);
  const quantity = `${whole(String(Math.abs(sum(now) - sum(past))))} ${words.language === "ar" ? "ك.و.س" : "kWh"}`;
  const sentence = words.match(less ? "consumption_compare_less" : "consumption_compare_more", { period: "2024", quantity });
  const text = async () => asRead(await consumption.content.innerText());
  await expect.poll(text).toMatch(sentence);

  await consumption.choose("consumption_table");
  await expect(consumption.rows).toHaveCount(13);
  const columns = async (place: number) =>
    (await consumption.rows.locator(`td:nth-of-type(${place})`).allInnerTexts()).map(asRead).slice(0, 12);
  expect(await columns(1)).toEqual(now.map(({ usage }) => whole(usage)));
  expect(await columns(2)).toEqual(past.map(({ usage }) => whole(usage)));

  await page.getByRole("switch", { name: words.say("consumption_compare_short") }).uncheck({ force: true });
  await expect.poll(text).not.toMatch(sentence);
  await expect(consumption.rows.first().locator("td")).toHaveCount(1);
});

test("the keyboard zooms from years to quarter hours and back, and moves at each step @english", async ({
  page,
  consumption,
  words,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  await consumption.open();
  const { bar, shown } = consumption;
  const month = await shown.innerText();
  await bar.focus();
  await page.keyboard.press("-");
  await expect(consumption.choice("consumption_year")).toBeChecked();
  await page.keyboard.press("-");
  await expect(consumption.choice("consumption_years")).toBeChecked();
  await expect(bar.getByRole("button", { name: words.say("zoom_farther") })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect(shown).toHaveText(month);
  await expect(bar).toBeFocused();

  // The day before today, which is over.
  await page.keyboard.press("ArrowLeft");
  const day = await consumption.place.innerText();
  await page.keyboard.press("+");
  await expect(consumption.choice("consumption_day")).toBeChecked();
  await expect(shown).toContainText(day.split("،")[0] ?? day);
  await page.keyboard.press("+");
  await consumption.choose("consumption_table");
  await expect(consumption.rows).toHaveCount(97);
  const quarters = `${POINT}/consumption?from=2026-09-17&to=2026-09-17&step=quarter-hour`;
  const { spans } = (await (await page.request.get(quarters)).json()) as { spans: Span[] };
  const exact = (usage: string | null) => (Math.round(Number(usage) * 100) / 100).toFixed(2);
  expect((await consumption.figures()).map(asRead).slice(0, 96)).toEqual(spans.map(({ usage }) => exact(usage)));

  await consumption.choose("consumption_chart");
  await bar.focus();
  await page.keyboard.press("Home");
  await expect(consumption.place).toContainText(words.language === "ar" ? "00:00" : "00:00");
  // Before the first quarter hour lies the day before.
  await page.keyboard.press("ArrowLeft");
  await expect(consumption.place).toContainText("23:45");
  for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press("-");
  await expect(shown).toHaveText(month);
});

test("a day says what it cost, and the days add up to the bill", async ({ consumption, words, signedInAs }) => {
  await signedInAs(FLAT);
  await consumption.open();
  await consumption.earlier.click();
  await consumption.choose("consumption_table");
  await expect(consumption.rows).toHaveCount(32);
  const costs = (await consumption.rows.locator("td:nth-of-type(3)").allInnerTexts()).map((text) => Math.round(Number(asRead(text)) * 1000));
  const total = costs.pop();
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(total);
  await expect(consumption.content).toContainText(words.say("consumption_worth_title"));
});

test("a meter that sent hours is not said to have sent less", async ({ page, consumption, words, signedInAs }) => {
  await signedInAs(FLAT);
  await consumption.open();
  await consumption.earlier.click();
  await consumption.earlier.click();
  await consumption.bar.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect(consumption.content).toContainText(words.say("consumption_whole_hours"));
  await expect(consumption.bar.getByRole("button", { name: words.say("zoom_nearer") })).toHaveAttribute("aria-disabled", "true");
});

test("the year is one curve, from nearer and farther, and a picture to keep @english", async ({
  page,
  consumption,
  words,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  await consumption.open();
  await page.getByRole("button", { name: words.say("consumption_export") }).click();
  await page.getByRole("radio", { name: words.say("consumption_export_picture") }).check({ force: true });
  await page.getByRole("button", { name: words.say("consumption_picture_make") }).click();
  const link = page.getByRole("link", { name: words.say("action_download") });
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(file.suggestedFilename()).toBe("adad-consumption.png");
  const picture = await readFile(await file.path());
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
  // Twice as fine as the page.
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1440, 1040]);

  await consumption.choose("consumption_curve");
  await expect(consumption.content).toContainText(words.say("consumption_curve_title"));
  await consumption.content.locator("summary").filter({ hasText: words.say("consumption_as_table") }).click();
  await expect(consumption.rows).toHaveCount(12);
  await consumption.bar.focus();
  const said = await consumption.place.innerText();
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("+");
  await expect(consumption.place).not.toHaveText(said);
  await expect.poll(() => consumption.summary()).toContain(await consumption.place.innerText());
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press("-");
  await expect(consumption.place).toHaveText(said);
});
