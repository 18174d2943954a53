import { SHOP } from "../demo";
import { expect, test } from "../fixtures";
import { findings } from "../judge";
import { AT_BANK, PayPage, stranger } from "../pages/pay";
import { asRead } from "../words";

// A link that is refused is refused with a status.
const REFUSED = /status of 4(04|10) .*\/pay\/l\//;

test.use({ record: "paid by link" });

test.beforeEach(({ watch }) => {
  // Two browsers start.
  test.setTimeout(120_000);
  watch.expect(AT_BANK);
  watch.expect(REFUSED);
});

test("a link is shared, and somebody without a session pays it @english", async ({ page, context, signedInAs, language, words }) => {
  await signedInAs(SHOP);
  await page.goto("/pay/links");
  await page.getByLabel(words.say("pay_amount"), { exact: true }).fill("99999");
  await expect(page.locator("main")).toContainText(words.match("error_link_above_due"));
  expect(await findings(page)).toEqual([]);
  await page.getByLabel(words.say("pay_amount"), { exact: true }).fill("2.500");
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/pay\/links\/.+/);
  const address = asRead((await page.locator(".pay-link__address").innerText()).trim());
  const code = page.getByRole("img", { name: words.say("link_qr") });
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await findings(page)).toEqual([]);

  const other = await stranger(context, language);
  await other.goto(address);
  const pay = new PayPage(other, words);
  await pay.button.waitFor();
  const text = await pay.text();
  expect(text).toContain("2.500");
  expect(text).toContain(SHOP.slice(-4));
  expect(text).not.toContain(SHOP);
  expect(await findings(other)).toEqual([]);
  await other.getByLabel(words.say("pay_payer"), { exact: true }).fill("نورة");
  await pay.pay("CAPTURED");
  await pay.says("pay_result_captured_title");
  expect(await pay.text()).toContain("نورة");
  expect(await findings(other)).toEqual([]);
  await other.goto(address);
  await pay.says("link_public_paid");
  await other.context().close();

  await page.reload();
  await expect(page.locator("main")).toContainText(words.say("link_state_paid"));
  await page.goto("/pay/receipts");
  await expect(page.locator("main")).toContainText("نورة");
});

test("a revoked link, and one that nobody made, cannot be paid", async ({ page, context, signedInAs, language, words }) => {
  await signedInAs(SHOP);
  await page.goto("/pay/links");
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/pay\/links\/.+/);
  const address = asRead(await page.locator(".pay-link__address").innerText());
  // By keyboard: the question takes the focus, on the answer that changes nothing, and Escape gives it back.
  const revoke = page.getByRole("button", { name: words.say("link_revoke") });
  await revoke.press("Enter");
  await expect(page.getByRole("button", { name: words.say("link_keep") })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(revoke).toBeFocused();
  await revoke.press("Enter");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toContainText(words.say("link_state_revoked"));
  const other = await stranger(context, language);
  await other.goto(address);
  await expect(other.locator("main")).toContainText(words.match("error_link_expired"));
  await other.goto(address.slice(0, -2));
  await expect(other.locator("main")).toContainText(words.say("error_link_unknown"));
  // It stays so, and trying again would say the same.
  await expect(other.getByRole("button", { name: words.say("action_retry") })).toHaveCount(0);
  await expect(other.locator("main")).toContainText(words.say("link_warning_title"));
  await other.context().close();
});
