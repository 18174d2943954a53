import type Database from "libsql";

import { FLAT } from "../demo";
import { expect, test } from "../fixtures";

// What other files feed at speed lies ahead of the clock: what comes after it would be no news.
test.use({ record: "tier alert" });

// The server looks at an account with news once a minute.
const LOOKS_MS = 150_000;

const POINT = "salmiya-electricity";
const DAYS_A_ROW = 32;
type Row = { stretch: number; days: string };

/** The number of the newest day on which anything was used. */
function newestDay(record: Database.Database) {
  const sql = `select stretch, days from daily_use where service_point = '${POINT}' order by stretch desc limit 1`;
  const { stretch, days } = record.prepare(sql).get() as Row;
  return stretch * DAYS_A_ROW + days.split(",").length - 1;
}

function useMore(record: Database.Database, day: number, use: number) {
  const row = `service_point = '${POINT}' and stretch = ${Math.floor(day / DAYS_A_ROW)}`;
  const { days } = record.prepare(`select stretch, days from daily_use where ${row}`).get() as Row;
  const used = days.split(",");
  used[day % DAYS_A_ROW] = `${Number(used[day % DAYS_A_ROW].replace("~", "")) + use}`;
  record.exec(`update daily_use set days = '${used.join(",")}' where ${row}`);
}

test("a tier that comes near is told, once", async ({ page, frame, server, signedInAs, words }) => {
  test.setTimeout(LOOKS_MS * 2);
  await signedInAs(FLAT);
  const alerts = async () => {
    const reply = await (await page.request.get(`/api/v1/accounts/${FLAT}/alerts`)).json();
    return reply.alerts.filter((alert: { fact: { kind: string } }) => alert.fact.kind === "tier-near").length;
  };
  expect(await alerts()).toBe(0);
  // A day on which much was used brings the third tier near; what follows comes from the meter.
  const yesterday = server.record((record) => newestDay(record) - 1);
  const more = (use: number) => server.record((record) => useMore(record, yesterday, use));
  more(400_000_000);
  const stop = server.feed(FLAT);
  try {
    await expect.poll(alerts, { timeout: LOOKS_MS }).toBe(1);
  } finally {
    await stop();
    more(-400_000_000);
  }
  await page.goto("/alerts");
  await expect(frame.content).toContainText(words.match("alert_tier_near"));
});
