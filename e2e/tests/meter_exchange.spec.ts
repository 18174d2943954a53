// A meter is exchanged, and the period in which that was is billed from both registers.

import { SHOP } from "../demo";
import { expect, test } from "../fixtures";
import type { Server } from "../server";
import { asRead } from "../words";

// The exchange and the bill stay on record.
test.use({ record: "meter exchange" });

const [OLD, NEW, POINT] = ["1880754", "90417733", "mubarakiya-electricity"];
const DAY_S = 86_400;
/** 28 September 2026, at nine in the morning of Kuwait: ten days ahead of where the demo begins. */
const READ_AT = Date.UTC(2026, 8, 28, 6) / 1000;

/** The register of the old meter that was billed last. */
function billed(server: Server): number {
  const newest = "select readings from bill_part where service_point = ? order by bill desc limit 1";
  const { readings } = server.record((record) => record.prepare(newest).get(POINT)) as { readings: string };
  return Number((JSON.parse(readings) as { current: string }).current);
}

/** The new meter is read on the day of issue, and the bills of the period are issued. */
function issue(server: Server, register: number): void {
  server.record((record) => {
    const read = "insert into reading (meter, at, register, quality) values (?, ?, ?, 'actual')";
    record.prepare(read).run(NEW, READ_AT, register * 1_000_000);
    record.prepare("update setting set value = value + ? where name = 'demo_ahead_s'").run(11 * DAY_S);
  });
  server.adad("bill-run", "--period", "2026-09");
}

test("both meters of a period stand on the bill, and the new one on its page @english", async ({ page, bill, frame, server, signedInAs, words }) => {
  const before = billed(server);
  // 40 of the old register, times 20; then 25 of the new one, times 40.
  const last = before + 40;
  const fitted = ["--number", NEW, "--kind", "mechanical", "--multiplier", "40", "--digits", "5", "--first", "7"];
  const exchange = ["meter-exchange", "--service-point", POINT, "--on", "2026-09-10", "--time", "10:30", "--last", String(last)];
  expect(server.adad(...exchange, ...fitted)).toContain(`meter ${OLD}: ${last} on 2026-09-10; meter ${NEW}: 7, on record`);
  await signedInAs(SHOP);
  await page.goto("/meter");
  await expect(frame.content).toContainText(words.match("meter_exchanged", { old: OLD, new: NEW }));
  await expect(page.getByRole("table", { name: words.say("meter_readings_title") }).getByRole("row")).toHaveCount(2);
  // What a holder reads now is the new meter's.
  expect(asRead(await frame.content.innerText())).toMatch(/10 (سبتمبر|September) 2026/);

  issue(server, 32);
  await bill.open(`${SHOP}-2026-09`);
  await expect(bill.seal).toContainText(words.say("bill_seal_match"));
  await expect(frame.content).toContainText(words.match("finding_meter_exchanged"));
  const rows = page.getByRole("table", { name: words.say("bill_readings_title") }).getByRole("row");
  await expect(rows).toHaveCount(4);
  const shown = (await rows.allInnerTexts()).map((text) => asRead(text).replaceAll(",", ""));
  for (const [row, parts] of [[1, [OLD, "20", `${before}`, `${last}`, "800"]], [2, [NEW, "40", "7", "32", "1000"]], [3, ["1800"]]] as const) {
    for (const part of parts) expect(shown[row]).toMatch(new RegExp(`\\b${part}\\b`));
  }
  await bill.lines.first().locator("summary").click();
  const working = bill.lines.first();
  await expect(working).toContainText(new RegExp(words.say("rule_bil_3_each"), "i"));
  // Both ends were read, so no day is shared and nothing of that is assumed.
  await expect(frame.content).not.toContainText(words.say("assumed_exchange_day"));
  const formula = asRead(await bill.lines.first().locator('[dir="ltr"]').first().innerText()).replaceAll(",", "");
  expect(formula).toContain(`(${last} − ${before}) × 20 + (32 − 7) × 40`);
  expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(page.viewportSize()?.width);
  await page.emulateMedia({ media: "print" });
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(2)).toBeVisible();
  await page.emulateMedia({ media: null });
});

test("a period with an exchange that is estimated says whose day that of the exchange is taken to be @english", async ({ bill, frame, server, signedInAs, words }) => {
  // Half of November: the new meter is fitted in October, and nobody reads it at the end.
  server.record((record) => record.prepare("update setting set value = value + ? where name = 'demo_ahead_s'").run(50 * DAY_S));
  server.adad("bill-run", "--period", "2026-09");
  const last = billed(server) + 40;
  const fitted = ["--number", "90417734", "--kind", "mechanical", "--multiplier", "20", "--digits", "5", "--first", "0"];
  server.adad("meter-exchange", "--service-point", POINT, "--on", "2026-10-10", "--time", "10:30", "--last", String(last), ...fitted);
  server.adad("bill-run", "--period", "2026-10");
  await signedInAs(SHOP);
  await bill.open(`${SHOP}-2026-10`);
  await expect(frame.content).toContainText(words.match("finding_meter_exchanged"));
  await expect(frame.content).toContainText(words.say("quality_estimated"));
  await expect(frame.content).toContainText(words.say("assumed_exchange_day"));
  await expect(frame.content).toContainText(words.say("assumed_value_both_meters"));
});
