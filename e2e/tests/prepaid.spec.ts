import { FLAT, HAWALLI, SHOP } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

test("credit that runs low says for how long, and what a top-up brings @english", async ({ page, frame, signedInAs, words }) => {
  await signedInAs(HAWALLI);
  await page.goto("/settings");
  await page.getByRole("link", { name: words.say("nav_prepaid") }).filter({ hasText: words.say("prepaid_more_help") }).click();
  await expect(frame.named("nav_prepaid")).toBeVisible();
  const { points, currency } = await (await page.request.get(`/api/v1/accounts/${HAWALLI}/prepaid`)).json();
  const { left, answer } = points[0].credit;
  expect(currency).toBe("KWD");
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain(left);
  await expect(frame.content).toContainText(new RegExp(String(answer.ends.days)));
  // The hour in which it will be used up, between two others.
  for (const hour of [answer.hours.expected, answer.hours.earliest, answer.hours.latest]) {
    await expect(frame.content).toContainText(new RegExp(`${hour % 12 || 12}:00`));
  }
  await expect(frame.content).toContainText(words.say("assumed_day_course"));

  // Five fils a unit: a dinar buys two hundred, and two hundred units cost a dinar.
  const [amount, units] = ["prepaid_topup_amount", "prepaid_topup_units"].map((key) => page.getByLabel(words.say(key), { exact: true }));
  if (!amount || !units) throw new Error("two fields");
  await amount.fill("١");
  await expect(units).toHaveValue("200");
  await expect(frame.content).toContainText(words.match("prepaid_topup_buys"));
  await units.fill("400");
  await expect(amount).toHaveValue("2.000");
  await amount.fill("0.0005");
  await expect(amount).toHaveAttribute("aria-invalid", "true");
  await expect(units).toHaveValue("");
});

test("who owes hears why a meter cannot be switched, and the mechanical one too", async ({ page, frame, signedInAs, words }) => {
  await signedInAs(FLAT);
  await page.goto("/prepaid");
  await expect(frame.content).toContainText(words.say("prepaid_empty"));
  await expect(page.getByRole("button", { name: words.say("prepaid_switch_title") })).toHaveCount(0);
  await signedInAs(SHOP);
  await page.goto("/prepaid");
  await expect(frame.content).toContainText(words.say("prepaid_switch_title"));
  await expect(page.getByRole("button", { name: words.say("prepaid_switch_title") })).toHaveCount(0);
});
