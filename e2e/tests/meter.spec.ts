import { FLAT, RIYADH, SHOP } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

test("a digital meter says that it reports, its readings and its tests @english", async ({ page, frame, signedInAs, words }) => {
  await signedInAs(RIYADH);
  await page.goto("/settings");
  await page.getByRole("link", { name: words.say("meter_title") }).filter({ hasText: words.say("meter_more_help") }).click();
  await expect(frame.named("meter_title")).toBeVisible();
  await expect(frame.content).toContainText(words.say("meter_kind_digital"));
  await expect(frame.content).toContainText("KFM2019338471");
  await expect(frame.content).toContainText(words.match("meter_state_reporting_why"));
  await expect(frame.content).toContainText(words.say("meter_test_accurate"));
  const seen = asRead(await frame.content.innerText());
  // Tested on 14 May 2024, and every five years (BIL-12).
  expect(seen).toMatch(/14 (مايو|May) 2024/);
  expect(seen).toMatch(/14 (مايو|May) 2029/);
  await expect(page.getByRole("table", { name: words.say("meter_readings_title") }).getByRole("row")).toHaveCount(25);
});

test("a mechanical meter has no live figure, and offers a reading of one's own @english", async ({
  page,
  frame,
  ownReading,
  signedInAs,
  words,
}) => {
  await signedInAs(SHOP);
  await page.goto("/meter");
  await expect(frame.content).toContainText(words.say("meter_state_by_hand_why"));
  await expect(frame.content).toContainText(words.say("meter_test_unset"));
  await expect(frame.content).not.toContainText(words.say("unit_kw"));
  await page.getByRole("main").getByRole("link", { name: words.say("reading_title") }).click();
  await expect(ownReading.register).toBeVisible();
});

test("a meter that has fallen silent says since when", async ({ page, frame, signedInAs, words }) => {
  await signedInAs(FLAT);
  await page.route("**/service-points/*/meter", async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, json: { ...(await reply.json()), state: { kind: "silent", since: 1_789_000_000 } } });
  });
  await page.goto("/meter");
  await expect(frame.content).toContainText(words.match("meter_state_silent_why"));
});
