import { FLAT, HOUSE, RIYADH } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

test("a member sees each month earn, with the cap where it was reached @english", async ({ page, hafez, signedInAs, words }) => {
  await signedInAs(HOUSE);
  const reply = await (await page.request.get(`/api/v1/accounts/${HOUSE}/hafez`)).json();
  const earned = reply.services[0].earned;
  await hafez.open();
  await expect(hafez.months).toHaveCount(7);
  expect(asRead(await hafez.total.innerText())).toContain(earned.total);
  for (const month of earned.months) {
    await expect(page.locator(".hafez-months")).toContainText(month.incentive);
  }
  // June saved a quarter: twice that is more than the cap.
  await expect(page.locator(".hafez-month__rate--cap")).toHaveCount(1);
  // Another journey of this server may have left and joined again in the middle of the month.
  const open = reply.services[0].open.counts ? words.match("hafez_open_expected") : words.say("hafez_open_not_counted");
  await expect(page.getByRole("main")).toContainText(open);
  await expect(page.getByRole("main")).toContainText(words.match("hafez_worth_cost"));
});

test("a member leaves, and joins again; what was earned stays", async ({ page, frame, hafez, signedInAs, words }) => {
  await signedInAs(HOUSE);
  await hafez.open();
  const total = asRead(await hafez.total.innerText());
  await hafez.leave.click();
  await expect(hafez.join).toBeVisible();
  await expect(frame.content).toContainText(words.say("hafez_condition_met"));
  expect(asRead(await hafez.total.innerText())).toBe(total);
  await hafez.join.click();
  await expect(hafez.leave).toBeVisible();
  await expect(frame.content).toContainText(words.match("hafez_joined"));
  await expect(frame.content).toContainText(words.say("hafez_open_not_counted"));
});

test("a flat that is no private home sees what is missing, and a villa in Riyadh sees no Hafez", async ({
  page,
  frame,
  hafez,
  settings,
  signedInAs,
  words,
}) => {
  await signedInAs(FLAT);
  await hafez.open();
  await expect(frame.content).toContainText(words.say("hafez_condition_unmet"));
  await expect(hafez.join).toHaveCount(0);
  await page.goto("/settings");
  await expect(page.locator('a[href="/hafez"]')).toHaveCount(1);
  await page.context().clearCookies();
  await page.evaluate(() => localStorage.clear());
  await signedInAs(RIYADH);
  await page.goto("/settings");
  await expect(settings.signOut).toBeVisible();
  await expect(page.locator('a[href="/prepaid"]')).toHaveCount(1);
  await expect(page.locator('a[href="/hafez"]')).toHaveCount(0);
});
