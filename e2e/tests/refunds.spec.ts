import { RIYADH } from "../demo";
import { expect, test } from "../fixtures";

test.use({ record: "refunded" });

test("a sum that is owed is told, and the customer says how it comes @english", async ({ page, server, signedInAs, watch, words }) => {
  watch.expect(/status of 422 .*\/way$|net::ERR_FAILED|Failed to fetch/);
  await signedInAs(RIYADH);
  await page.goto("/pay");
  const main = page.locator("main");
  await expect(main).toContainText(words.match("refund_notice"));
  await page.getByRole("link", { name: words.say("refund_choose") }).click();
  await expect(main).toContainText("65.35");
  await expect(main).toContainText(words.match("refund_owed"));
  await expect(page.getByRole("link", { name: words.match("refund_of") })).toContainText("202");

  // What is chosen is asked where it is seen, not for screen readers alone.
  await expect(main.locator(".segmented__title")).toHaveText(words.say("refund_choose"));
  await expect(main).toContainText(words.say("refund_iban_help_sa"));

  // An account number that cannot be one is refused, and nothing is chosen.
  await page.getByLabel(words.say("refund_iban")).fill("SA00 1234");
  await page.getByRole("button", { name: words.say("refund_say") }).click();
  await expect(main.getByRole("alert")).toHaveText(words.say("refund_iban_wrong"));
  // As phones write it.
  await page.getByLabel(words.say("refund_iban")).fill("sa03 8000 0000 6080 1016 7519");
  await page.getByRole("button", { name: words.say("refund_say") }).click();
  await expect(main).toContainText(words.match("refund_by_bank"));
  // It tells which account it will be, not the whole of its number.
  await expect(main).toContainText("7519");
  await expect(main).not.toContainText("SA03");
  await page.getByRole("radio", { name: words.say("refund_way_office") }).check();
  await page.route("**/way", (route) => route.abort());
  await page.getByRole("button", { name: words.say("refund_say") }).click();
  await expect(main).toContainText(words.say("refund_failed"));
  await page.unroute("**/way");
  await page.getByRole("button", { name: words.say("refund_say") }).click();
  await expect(main).toContainText(words.say("refund_by_office"));
  await page.reload();
  await expect(main).toContainText(words.say("refund_by_office"));

  // Staff pay it out, once.
  const [id = ""] = server.adad("refund", "list").match(new RegExp(`^${RIYADH}-\\S+`, "m")) ?? [];
  server.adad("refund", "pay", id);
  await page.reload();
  await expect(main).toContainText(words.match("refund_paid_out"));
  await page.goto("/pay");
  await expect(main).not.toContainText(words.match("refund_notice"));
});
