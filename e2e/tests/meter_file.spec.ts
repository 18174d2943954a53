import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "../fixtures";
import { asFile, madeUpFile } from "../made_up";
import { asRead } from "../words";

const REAL_FILES = process.env.ADAD_METER_FILES ?? join(__dirname, "..", "..", "..", "shared", "data", "green-button");
const YEAR = join(REAL_FILES, "household-hourly-year.xml");

test("a file is read on the device, priced, and sent nowhere @english", async ({ page, meterFile, words }) => {
  const sent: string[] = [];
  await meterFile.open();
  page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
  // 48 hours: 24 of 1.001 kWh and 24 of 0.25 kWh.
  const hours = Array.from({ length: 48 }, (_, hour) => (hour < 24 ? 1001 : 250));
  await meterFile.choose.setInputFiles(asFile(madeUpFile(hours)));
  await expect(meterFile.content).toContainText(words.say("meter_file_found"));
  const found = asRead(await meterFile.content.innerText());
  expect(found).toContain("30.024");
  expect(found).toMatch(/\b48\b/);
  expect(found).toContain(words.say("meter_file_priced"));
  expect(sent).toEqual([]);
});

for (const [name, buffer, code] of [
  ["cut short", madeUpFile([1000, 1000]).subarray(0, -30), "file-cut-short"],
  ["empty", Buffer.alloc(0), "file-empty"],
  ["not XML", Buffer.from("%PDF-1.7 no meter file"), "file-kind"],
  ["without energy", madeUpFile([]), "file-no-energy"],
  [
    "an entity bomb",
    Buffer.from('<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>'),
    "file-damaged",
  ],
] as const) {
  test(`a file that is ${name} is refused with a reason, and another can be chosen`, async ({ meterFile, words }) => {
    await meterFile.open();
    await meterFile.choose.setInputFiles(asFile(Buffer.from(buffer)));
    const reason = words.match(`error_${code.replaceAll("-", "_")}`);
    await expect(meterFile.content.getByRole("alert")).toContainText(reason);
    await expect(meterFile.content).not.toContainText(words.say("meter_file_found"));
    await meterFile.choose.setInputFiles(asFile(madeUpFile([1500])));
    await expect(meterFile.content).toContainText(words.say("meter_file_found"));
    await expect(meterFile.content.getByRole("alert")).toHaveCount(0);
  });
}

test("a household's own year comes to 4,425.305 kWh in 8,760 readings @english", async ({ meterFile, words }) => {
  test.skip(!existsSync(YEAR), `${YEAR} is not there`);
  await meterFile.open();
  await meterFile.choose.setInputFiles(YEAR);
  await expect(meterFile.content).toContainText(words.say("meter_file_found"));
  const found = asRead(await meterFile.content.innerText());
  expect(found).toContain("4,425.305");
  expect(found).toContain("8,760");
});

test("a file stays on the device, opens again, and is priced beside another tariff, without a connection @english", async ({
  page,
  context,
  meterFile,
  words,
}) => {
  await meterFile.open();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  // 48 hours in January 2026: 24 of 1.001 kWh and 24 of 0.25 kWh.
  const hours = Array.from({ length: 48 }, (_, hour) => (hour < 24 ? 1001 : 250));
  await meterFile.choose.setInputFiles(asFile(madeUpFile(hours)));
  await expect(meterFile.content).toContainText(words.say("meter_file_priced"));
  await expect(meterFile.content).toContainText(words.say("meter_file_is_open"));
  await context.setOffline(false);

  await meterFile.open();
  await expect(meterFile.content).toContainText("meter.xml");
  await expect(meterFile.content).not.toContainText(words.say("meter_file_priced"));
  await meterFile.content.getByRole("button", { name: words.say("meter_file_open"), exact: true }).click();
  await meterFile.tariff.selectOption("kw.electricity.private");
  await meterFile.otherTariff.selectOption("kw.electricity.investment");
  // 30.024 × 0.002 = 0.060 and × 0.005 = 0.150.
  const table = meterFile.content.getByRole("table");
  await expect(table).toContainText("+0.090");
  expect(asRead(await table.innerText())).toMatch(/30\.024 .*0\.060.*0\.150/);
  await meterFile.otherTariff.selectOption("sa.electricity.residential");
  await meterFile.content.getByRole("textbox").fill("١٠٠");
  // The file says no time zone, so three of its hours fall into December: (3.003 × 0.18 + 15) × 1.15 = 17.87 and
  // (27.021 × 0.18 + 15) × 1.15 = 22.84.
  await expect(table).toContainText("40.71");

  await meterFile.content.getByRole("button", { name: words.say("action_delete"), exact: true }).click();
  await expect(meterFile.content).not.toContainText("meter.xml");
  await meterFile.open();
  await expect(meterFile.content).not.toContainText("meter.xml");
});

test("a wrong breaker rating is said at its field, and the other tariff keeps its prices", async ({ meterFile, words }) => {
  await meterFile.open();
  await meterFile.choose.setInputFiles(asFile(madeUpFile([1500, 250])));
  await meterFile.tariff.selectOption("kw.electricity.private");
  await meterFile.otherTariff.selectOption("sa.electricity.residential");
  const breaker = meterFile.content.getByLabel(words.say("tools_breaker"), { exact: true });
  const table = meterFile.content.getByRole("table");
  await expect(table.locator("thead th")).toHaveCount(5);
  for (const typed of ["x", "1.5"]) {
    await breaker.fill(typed);
    await expect(breaker).toHaveAttribute("aria-invalid", "true");
    await expect(meterFile.content.getByRole("alert")).toHaveCount(1);
    await expect(breaker).toHaveAccessibleDescription(/\p{L}/u);
    await expect(table.locator("thead th")).toHaveCount(3);
  }
  await breaker.fill("100");
  await expect(breaker).not.toHaveAttribute("aria-invalid", "true");
  await expect(table.locator("thead th")).toHaveCount(5);
});
