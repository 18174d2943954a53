// A meter that ran slow: what its correction claims is the customer's to pay by the month.

import { RIYADH } from "../demo";
import { expect, test } from "../fixtures";
import { findings } from "../judge";
import { DESKTOP } from "../playwright.config";

// What is owed changes.
test.use({ record: "claims" });

interface Standing {
  due: string;
  claim: { open: string; parts: { amount: string; left: string }[] };
}

test("a slow meter's claim is shown on the complaint, put into instalments, and due part by part @english", async ({
  page,
  context,
  complaint,
  frame,
  overview,
  server,
  signedInAs,
  words,
}) => {
  await signedInAs(RIYADH);
  const number = await complaint.file(RIYADH, "2026-06");
  server.orderTest(number, "customer-asked");
  server.acceptAfterTest(number, "slow");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.match("complaint_step_corrected_claimed"));
  const standing = async (): Promise<Standing> => {
    const reply = await page.request.get(`/api/v1/accounts/${RIYADH}/standing`);
    return (await reply.json()) as Standing;
  };
  const before = await standing();
  await page.getByRole("link", { name: words.say("claim_ways") }).first().click();
  await expect(page).toHaveURL(/\/debt$/);
  await expect(frame.content).toContainText(words.match("claim_open"));
  await expect(frame.content.getByRole("slider")).toHaveAttribute("max", "9");
  expect(await findings(page)).toEqual([]);
  const other = await context.newPage();
  await other.goto(page.url());
  const choose = other.getByRole("button", { name: words.match("claim_choose") });
  await choose.waitFor();
  await page.getByRole("button", { name: words.say("plan_fewer") }).click();
  await page.getByRole("button", { name: words.match("claim_choose") }).click();
  await expect(frame.content.locator(".debt-month")).toHaveCount(9);
  await expect(frame.content).toContainText(words.say("claim_parts"));
  // What no source says stands beside it.
  await expect(frame.content).toContainText(words.say("assumed_claim_missed_part"));
  await expect(frame.content).not.toContainText(words.match("claim_open"));
  const after = await standing();
  const halalas = (amount: string): number => Math.round(Number(amount) * 100);
  const shared = after.claim.parts.reduce((sum, { left }) => sum + halalas(left), 0);
  expect(shared).toBe(halalas(before.claim.open));
  expect([after.due, after.claim.open]).toEqual([before.due, "0.00"]);

  // A window that still offers the claim is told that it was chosen already, and shows the choice.
  await choose.click();
  const main = other.locator("main");
  await expect(main).toContainText(words.say("debt_moved_on_title"));
  await expect(main.getByRole("alert")).toBeInViewport();
  await expect(main.locator(".debt-month")).toHaveCount(9);
  await expect(choose).toHaveCount(0);
  expect(await findings(other)).toEqual([]);
  await other.close();
  expect(await findings(page)).toEqual([]);
  await page.goto("/bills");
  const corrected = frame.content.locator(".list-row", { hasText: words.match("bill_state_in_shared_parts") });
  await expect(corrected).toHaveCount(3);
  const tagged = frame.content.locator(".list-row", { hasText: words.say("bill_correction_in_parts") });
  await expect(tagged).toHaveCount(3);
  // Nothing of it is wider than the page.
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await expect(tagged.last()).not.toContainText(words.say("bill_state_paid"));
  await tagged.last().click();
  await expect(frame.content).toContainText(words.match("bill_state_in_shared_parts"));
  // The Overview's table, where there is room for it, says no other of them.
  await page.setViewportSize(DESKTOP);
  await overview.open();
  const rows = page.getByRole("table", { name: words.say("overview_latest_bills") }).getByRole("row");
  const inParts = rows.filter({ hasText: words.say("bill_correction_in_parts") });
  await expect(inParts).toHaveCount(3);
  await expect(inParts.filter({ hasText: words.say("bill_state_paid") })).toHaveCount(0);
  await page.goto("/pay");
  await expect(frame.content).toContainText(words.say("pay_charge_instalment"));
  expect(await findings(page)).toEqual([]);
});
