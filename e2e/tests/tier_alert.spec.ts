import { FLAT } from "../demo";
import { expect, test } from "../fixtures";

// What other files feed at speed lies ahead of the clock: what comes after it would be no news.
test.use({ record: "tier alert" });

// The server looks at an account with news once a minute.
const LOOKS_MS = 150_000;

test("a tier that comes near is told, once", async ({ page, frame, server, signedInAs, words }) => {
  test.setTimeout(LOOKS_MS * 2);
  await signedInAs(FLAT);
  const alerts = async () => {
    const reply = await (await page.request.get(`/api/v1/accounts/${FLAT}/alerts`)).json();
    return reply.alerts.filter((alert: { fact: { kind: string } }) => alert.fact.kind === "tier-near").length;
  };
  expect(await alerts()).toBe(0);
  // A day on which much was used brings the third tier near; what follows comes from the meter.
  const more = (sign: string) =>
    server.record((record) =>
      record.exec(
        `update day_use set usage = usage ${sign} 400000000 where service_point = 'salmiya-electricity' \
         and day = (select max(day) - 1 from day_use where service_point = 'salmiya-electricity')`,
      ),
    );
  more("+");
  const stop = server.feed(FLAT);
  try {
    await expect.poll(alerts, { timeout: LOOKS_MS }).toBe(1);
  } finally {
    await stop();
    more("-");
  }
  await page.goto("/alerts");
  await expect(frame.content).toContainText(words.match("alert_tier_near"));
});
