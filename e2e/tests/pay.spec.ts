import { FLAT, HAWALLI, RIYADH } from "../demo";
import { expect, test } from "../fixtures";
import { findings, minor } from "../judge";
import { AT_BANK, PayPage } from "../pages/pay";
import { until } from "../server";
import { asRead } from "../words";

const LATE_MS = 60_000;

test.use({ record: "paid" });

test.beforeEach(({ watch }) => watch.expect(AT_BANK));

test("a bill is not paid by a refusal, a cancellation or a wrong sum @english", async ({ page, signedInAs, words }) => {
  await signedInAs(FLAT);
  const pay = new PayPage(page, words);
  await pay.open();
  expect(await findings(page)).toEqual([]);
  const { due } = await pay.known(FLAT);
  await expect(pay.amount).toHaveValue(due);

  for (const [typed, key] of [
    ["0", "error_amount_zero"],
    ["-1", "error_amount_zero"],
    ["1.0005", "error_amount_too_precise"],
    ["x", "pay_amount_wrong"],
    ["99999", "error_amount_above_due"],
  ] as const) {
    await pay.amount.fill(typed);
    await expect(pay.amount).toHaveAttribute("aria-invalid", "true");
    await pay.says(key);
    await pay.button.click();
  }
  await expect(page).toHaveURL(/\/pay$/);

  await pay.amount.fill("1");
  await pay.pay("NOT CAPTURED");
  await pay.says("pay_result_not_captured_title");
  // Only money that arrived has a receipt.
  await pay.says("payment_details");
  await expect(pay.main).not.toContainText(words.say("receipt_title"));
  expect(await findings(page)).toEqual([]);
  const result = page.url();
  await page.goto(`/pay/receipts/${pay.payment}`);
  await expect(page.getByRole("heading", { name: words.say("payment_details") })).toBeVisible();
  await expect(page).toHaveTitle(words.match("payment_details"));
  await pay.says("receipt_track_id");
  await expect(pay.main).not.toContainText(words.say("receipt_title"));
  await page.goto(result);
  await page.getByRole("link", { name: words.say("pay_again") }).click();
  await pay.button.waitFor();
  await pay.amount.fill("1");
  await pay.pay("CANCELED");
  await pay.says("pay_result_cancelled_title");
  expect((await pay.known(FLAT)).due).toBe(due);
});

test("silence of the bank is told as such, and settles by itself", async ({ page, signedInAs, words }) => {
  test.setTimeout(2 * LATE_MS);
  await signedInAs(FLAT);
  const pay = new PayPage(page, words);
  await pay.open();
  const before = await pay.known(FLAT);
  await pay.amount.fill("0.001");
  await pay.pay("HOST TIMEOUT, CAPTURED");
  await pay.says("pay_result_unknown_title");
  await pay.says("pay_result_once");
  await page.reload();
  await expect(pay.main).toContainText(words.match("pay_result_unknown_settled"), { timeout: LATE_MS });
  const after = await pay.known(FLAT);
  expect(minor(before.due) - minor(after.due)).toBe(1n);
});

test("a part, then the rest, then ahead: each is posted once and has its receipt @english", async ({ page, signedInAs, words }) => {
  await signedInAs(FLAT);
  const pay = new PayPage(page, words);
  await pay.open();
  const { due } = await pay.known(FLAT);
  // In any digits.
  await pay.amount.fill("١٫٥");
  await pay.pay("CAPTURED", "repeated");
  await pay.says("pay_result_captured_title");
  expect(await pay.text()).toContain("1.500");
  const part = await pay.known(FLAT);
  expect(minor(due) - minor(part.due)).toBe(1500n);

  // Back, and again: the page asks anew what is due.
  await pay.open();
  await expect(pay.amount).toHaveValue(part.due);
  await pay.pay("CAPTURED", "reordered");
  await pay.says("pay_result_captured_title");
  expect(minor((await pay.known(FLAT)).due)).toBe(0n);

  await page.getByRole("link", { name: words.say("receipt_whole") }).click();
  await expect(page).toHaveURL(/\/pay\/receipts\//);
  await pay.says("receipt_track_id");
  expect(await findings(page)).toEqual([]);

  await pay.open();
  await pay.says("pay_empty");
  await pay.amount.fill("2");
  await pay.says("error_amount_above_due");
  await page.getByText(words.say("pay_ahead")).click();
  await pay.pay("CAPTURED");
  await pay.says("pay_result_captured_title");
  expect(minor((await pay.known(FLAT)).credit)).toBe(2000n);

  await page.goto("/pay/receipts");
  await expect(page.locator("main a.list-row").first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test("credit that is topped up lasts longer", async ({ page, signedInAs, words }) => {
  await signedInAs(HAWALLI);
  const credit = async (): Promise<{ left: string; answer: { ends: { days: number } } }> => {
    const reply = await page.request.get(`/api/v1/accounts/${HAWALLI}/prepaid`);
    return (await reply.json()).points[0].credit;
  };
  const before = await credit();
  await page.goto("/prepaid");
  await page.getByLabel(words.say("prepaid_topup_amount"), { exact: true }).fill("5");
  await page.getByRole("button", { name: words.match("prepaid_topup_button") }).click();
  await page.waitForURL(/\/kpg\//);
  await page.locator('button[value="CAPTURED"]').click();
  await page.waitForURL(/\/pay\/result\//);
  await page.getByRole("link", { name: words.say("nav_prepaid") }).click();
  const after = await until("the credit to grow", async () => {
    const now = await credit();
    return minor(now.left) > minor(before.left) ? now : undefined;
  });
  expect(after.answer.ends.days).toBeGreaterThan(before.answer.ends.days);
  await expect.poll(async () => asRead(await page.locator("main").innerText())).toContain(after.left);
});

test("an account in Saudi Arabia has SADAD and no button to pay @english", async ({ page, signedInAs, words }) => {
  await signedInAs(RIYADH);
  await page.goto("/pay");
  const main = page.locator("main");
  await expect(main).toContainText(words.say("sadad_title"));
  await expect(main).toContainText("002");
  await expect(main).toContainText(RIYADH);
  await expect(page.locator("button[type=submit]")).toHaveCount(0);
  expect(await findings(page)).toEqual([]);
});

test("six channels are explained @english", async ({ page, signedInAs, words }) => {
  await signedInAs(FLAT);
  await page.goto("/pay/channels");
  const rows = page.locator("main a.list-row");
  await expect(rows).toHaveCount(6);
  expect(await findings(page)).toEqual([]);
  for (const key of ["office", "site", "link", "apps", "call", "sahel"]) {
    await page.goto(`/pay/channels/${key}`);
    await expect(page.locator("main")).toContainText(words.say(`channel_${key}_needs`));
    await expect(page.locator("main")).toContainText(words.say(`channel_${key}_leads`));
  }
  expect(await findings(page)).toEqual([]);
});
