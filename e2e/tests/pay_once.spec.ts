import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import { findings, minor, printed } from "../judge";
import { AT_BANK, PayPage, stranger } from "../pages/pay";
import { Words } from "../words";

test.use({ record: "paid once" });

test.beforeEach(({ watch }) => watch.expect(AT_BANK));

test("a double click starts one payment", async ({ page, signedInAs, words }) => {
  await signedInAs(FLAT);
  const pay = new PayPage(page, words);
  await pay.open();
  await pay.amount.fill("0.500");
  const before = (await pay.known(FLAT)).payments.length;
  await pay.button.dblclick();
  await page.waitForURL(/\/kpg\//);
  expect((await pay.known(FLAT)).payments).toHaveLength(before + 1);
  await pay.atBank("CANCELED");
  await pay.says("pay_result_cancelled_title");
});

test("a payment that cannot be given up just now says so, and that nobody knows yet how it ended @english", async ({ page, language, signedInAs, watch, words }) => {
  watch.expect(/status of 503 |net::ERR_FAILED|Failed to fetch/);
  await signedInAs(FLAT);
  const pay = new PayPage(page, words);
  await pay.open();
  await pay.amount.fill("0.750");
  await pay.goToBank();
  await pay.open();
  await pay.says("pay_waiting_title");
  const giveUp = page.getByRole("button", { name: words.say("pay_waiting_give_up") });
  const one = "**/api/v1/accounts/*/payments/*";
  await page.route(one, (route) => route.abort());
  await giveUp.click();
  await pay.says("pay_give_up_failed");
  await page.unroute(one);
  const message = { ar: new Words("ar").say("error_bank_silent"), en: new Words("en").say("error_bank_silent") };
  const silent = { type: "urn:adad:problem:bank-silent", title: message.en, status: 503, code: "bank-silent", message };
  await page.route(one, (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(silent) }));
  await giveUp.click();
  await expect(pay.main).toContainText(message[language]);
  await page.unroute(one);
  await giveUp.click();
  await expect(giveUp).toHaveCount(0);
  await pay.button.waitFor();
});

test("a payment that is refused because the same one waits can be made once that is given up @english", async ({ page, context, signedInAs, watch, words }) => {
  watch.expect(/status of 409 .*\/payments$/);
  await signedInAs(FLAT);
  const other = await context.newPage();
  const [one, two] = [new PayPage(page, words), new PayPage(other, words)];
  for (const pay of [one, two]) {
    await pay.open();
    await pay.amount.fill("0.875");
  }
  await one.goToBank();
  await two.button.click();
  await two.says("error_payment_in_progress");
  await other.getByRole("button", { name: words.say("pay_waiting_give_up") }).click();
  await expect(two.main).not.toContainText(words.match("error_payment_in_progress"));
  // What was typed still stands.
  await expect(two.amount).toHaveValue("0.875");
  await two.goToBank();
  await two.atBank("CANCELED");
  await two.says("pay_result_cancelled_title");
});

test("what is typed outlives an answer that comes late", async ({ page, signedInAs, words }) => {
  await signedInAs(FLAT);
  const pay = new PayPage(page, words);
  await pay.open();
  const known = await pay.known(FLAT);
  // Shown at once as it was kept; the answer comes later, and says that less is due.
  let answer = (): void => {};
  const late = new Promise<void>((done) => (answer = done));
  await page.route("**/api/v1/accounts/*/payments", async (route) => {
    await late;
    await route.fulfill({ json: { ...known, due: "7.000" } });
  });
  await page.locator("main a.list-row[href='/pay/channels']").click();
  await pay.says("pay_channels_note");
  await page.locator(".page-header__back").click();
  await expect(pay.amount).toHaveValue(known.due);
  await pay.amount.fill("1.125");
  answer();
  await expect(pay.main).toContainText("7.000");
  await expect(pay.amount).toHaveValue("1.125");
});

test("a person's part of a bill becomes a link of that sum", async ({ page, ruleForm, signedInAs, words }) => {
  await signedInAs(FLAT);
  await ruleForm.open("/split");
  const row = page.locator("main a.list-row[href^='/pay/links?amount=']").first();
  const amount = (await row.getAttribute("href"))?.split("=")[1] ?? "";
  await row.click();
  await expect(page.getByLabel(words.say("pay_amount"), { exact: true })).toHaveValue(amount);
});

test("two tabs that pay the same bill leave nothing lost and nothing doubled @english", async ({ page, context, signedInAs, words, watch }) => {
  watch.expect(/status of 4(09|22) .*\/payments$/);
  await signedInAs(FLAT);
  const other = await context.newPage();
  const [one, two, three] = [new PayPage(page, words), new PayPage(other, words), new PayPage(await context.newPage(), words)];
  for (const pay of [one, two, three]) await pay.open();
  // Both press before either has paid: the same sum again waits for the first, another one does not.
  await one.goToBank();
  await two.button.click();
  await two.says("error_payment_in_progress");
  await two.amount.fill("1.000");
  await two.goToBank();
  await one.atBank("CAPTURED");
  await one.says("pay_result_captured_title");
  await two.atBank("CAPTURED");
  await two.says("pay_result_captured_title");
  const { due: left, credit } = await one.known(FLAT);
  expect(minor(left)).toBe(0n);
  // What came beside it is the customer's.
  expect(minor(credit)).toBe(1000n);
  // The third still shows the old sum: it is refused, and says so.
  await three.button.click();
  await three.says("error_amount_above_due");
  expect((await one.known(FLAT)).credit).toBe(credit);
});

test("the way back after paying leads to what is due now", async ({ page, signedInAs, words }) => {
  await signedInAs(FLAT);
  const pay = new PayPage(page, words);
  await pay.open();
  await pay.amount.fill("1.250");
  await page.getByText(words.say("pay_ahead")).click();
  const before = await pay.known(FLAT);
  await pay.pay("CAPTURED");
  await pay.says("pay_result_captured_title");
  await page.goBack();
  // The bank's page may be gone from the browser's memory; the one before it is ours.
  if (/\/kpg\//.test(page.url())) await page.goBack();
  await pay.button.waitFor();
  const after = await pay.known(FLAT);
  expect(minor(after.credit) - minor(before.credit)).toBe(1250n);
  await pay.says("pay_empty");
  expect(after.payments.filter(({ result }) => result.state === "captured")).toHaveLength(
    before.payments.filter(({ result }) => result.state === "captured").length + 1,
  );
});

test("a receipt prints as one sheet, and says who was paid what and how", async ({ page, signedInAs, words }) => {
  await signedInAs(FLAT);
  await page.goto("/pay/receipts");
  await page.locator("main a.list-row").first().click();
  await expect(page.locator("main")).toContainText(words.say("receipt_track_id"));
  expect(await printed(page)).toBe(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await expect(page.locator("main")).toContainText(words.say("receipt_amount"));
  await expect(page.locator("main").getByText(words.say("brand_name"))).toBeVisible();
});

test("a stranger checks a receipt by its code, and learns nothing private", async ({ page, context, frame, language, server, signedInAs, watch, words }) => {
  watch.expect(/status of 404 .*\/receipts\/r0+$/);
  await signedInAs(FLAT);
  const { payments } = await new PayPage(page, words).known(FLAT);
  const paid = payments.find(({ result }) => result.state === "captured");
  await page.goto(`/pay/receipts/${paid?.result.payment ?? ""}`);
  const address = frame.content.locator(".certificate__address").first();
  await expect(address).toContainText("/verify/r");
  const code = /\/verify\/(r[0-9a-f]{32})/.exec((await address.textContent()) ?? "")?.[1] ?? "";

  // A picture of the same address stands beside it, on the screen and on paper, which stays one sheet.
  const picture = frame.content.getByRole("img", { name: words.say("receipt_qr") });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await findings(page)).toEqual([]);
  await page.emulateMedia({ media: "print" });
  await expect(picture).toBeVisible();
  expect(await printed(page)).toBe(1);

  const other = await stranger(context, language);
  await other.goto(`${server.origin}/verify/${code}`);
  const main = other.locator("main");
  await expect(main).toContainText(words.match("verify_receipt_valid"));
  await expect(main).toContainText("••••7783");
  await expect(main).not.toContainText(FLAT);
  await other.goto(`${server.origin}/verify/r${"0".repeat(32)}`);
  await expect(main).toContainText(words.say("verify_unknown_title"));
  await other.context().close();
});
