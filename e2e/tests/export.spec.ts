import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import type { Words } from "../words";

async function download(page: Page, words: Words): Promise<{ text: string; name: string }> {
  await page.getByRole("button", { name: words.say("export_make") }).click();
  const link = page.getByRole("link", { name: words.say("action_download") });
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { text: await readFile(await file.path(), "utf8"), name: file.suggestedFilename() };
}

/** Millionths of a decimal. */
function millionths(decimal: string): bigint {
  const [whole = "", part = ""] = decimal.split(".");
  return BigInt(whole + part.padEnd(6, "0"));
}

test("readings are downloaded by a link that works without the session, and add up to what is shown @english", async ({
  page,
  consumption,
  signedInAs,
  request,
  words,
}) => {
  await signedInAs(FLAT);
  await consumption.open();
  // The period before the open one does not change any more.
  await consumption.earlier.click();
  await page.getByRole("button", { name: words.say("consumption_export") }).click();
  const { text, name } = await download(page, words);
  expect(name).toMatch(/^adad-readings-\d{4}-\d\d-\d\d\.csv$/);
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const column = head.split(",").findIndex((name) => /usage/.test(name));
  const sum = lines.reduce((sum, line) => sum + millionths(line.split(",")[column] ?? ""), 0n);
  const days = "from=2026-07-28&to=2026-08-27&step=day";
  const reply = await page.request.get(`/api/v1/accounts/${FLAT}/service-points/salmiya-electricity/consumption?${days}`);
  const { spans } = (await reply.json()) as { spans: { usage: string }[] };
  expect(sum).toBe(spans.reduce((sum, span) => sum + millionths(span.usage), 0n));

  const link = await page.getByRole("textbox", { name: words.say("export_link") }).inputValue();
  expect((await request.get(link)).status()).toBe(200);
  expect((await request.get(`${link}x`)).status()).toBe(404);
});

/** The milliwatt-hours of a file as a parser that is not ours reads them. */
async function readByAStranger(text: string): Promise<bigint> {
  const { atomToGreenButtonJson } = await import("@cityssm/green-button-parser");
  const { entries } = await atomToGreenButtonJson(text);
  const types = entries.flatMap(({ content }) => content.ReadingType ?? []);
  expect(types.map(({ uom, powerOfTenMultiplier }) => [uom, powerOfTenMultiplier])).toEqual([[72, -3]]);
  const readings = entries.flatMap(({ content }) => content.IntervalBlock ?? []).flatMap((block) => block.IntervalReading ?? []);
  return readings.reduce((sum, { value }) => sum + BigInt(value ?? 0), 0n);
}

test("a Green Button file of all days is offered for a digital electricity meter, not for water", async ({
  page,
  server,
  consumption,
  signedInAs,
  words,
}) => {
  await signedInAs(FLAT);
  await consumption.open();
  await page.getByRole("button", { name: words.say("consumption_export") }).click();
  await page.getByRole("radio", { name: words.say("consumption_export_green_button") }).check({ force: true });
  await page.getByRole("radio", { name: words.say("export_days_all") }).check({ force: true });
  const { text, name } = await download(page, words);
  expect(name).toMatch(/\.xml$/);
  expect(text).toContain("http://naesb.org/espi");
  const sum = "select sum(usage) as sum from interval where service_point = 'salmiya-electricity'";
  const { sum: recorded } = server.record((record) => record.prepare(sum).get()) as { sum: number };
  expect(await readByAStranger(text)).toBe(BigInt(recorded));
  // Another choice is another link.
  await page.getByRole("radio", { name: words.say("export_days_year") }).check({ force: true });
  await expect(page.getByRole("link", { name: words.say("action_download") })).toHaveCount(0);

  await page.goto("/consumption?service=water");
  await page.getByRole("button", { name: words.say("consumption_export") }).click();
  await expect(page.getByRole("button", { name: words.say("export_make") })).toBeVisible();
  await expect(page.getByRole("radio", { name: words.say("consumption_export_green_button") })).toHaveCount(0);
});

test("a link that cannot be made says why, and the choice stays", async ({ page, consumption, signedInAs, watch, words }) => {
  watch.expect(/ERR_FAILED/);
  await signedInAs(FLAT);
  await consumption.open();
  await page.getByRole("button", { name: words.say("consumption_export") }).click();
  await page.route("**/exports", (route) => route.abort());
  await page.getByRole("button", { name: words.say("export_make") }).click();
  await expect(page.getByRole("alert")).toContainText(words.say("error_unreachable"));
  await page.unroute("**/exports");
  await download(page, words);
});
