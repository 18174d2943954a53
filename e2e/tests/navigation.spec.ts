import { FLAT } from "../demo";
import { expect, test } from "../fixtures";

test("ways, links, back and forward lead from page to page without a reload @english", async ({
  page,
  frame,
  bills,
  bill,
  overview,
  consumption,
  words,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  await overview.open();
  await page.evaluate(() => Object.assign(window, { journeyMark: "left" }));

  await frame.way("nav_bills").click();
  await expect(frame.named("nav_bills")).toBeVisible();
  await expect(frame.way("nav_bills")).toHaveAttribute("aria-current", "page");
  await bills.bills.first().click();
  await expect(bill.seal).toContainText(words.say("bill_seal_match"));
  await expect(page).toHaveURL(/\/bills\/[\w-]+$/);
  const newest = await frame.heading.innerText();

  await page.goBack();
  await expect(frame.named("nav_bills")).toBeVisible();
  await expect(page).toHaveTitle(words.match("page_title", { page: words.say("nav_bills") }));
  await bills.bills.nth(1).click();
  await expect(bill.seal).toContainText(words.say("bill_seal_match"));
  await expect(frame.heading).not.toHaveText(newest);
  await page.goBack();
  await page.goBack();
  await expect(overview.due).toBeVisible();
  await expect(page).toHaveURL("/");
  await page.goForward();
  await expect(frame.named("nav_bills")).toBeVisible();

  await frame.way("nav_overview").click();
  await frame.content.locator('a[href="/consumption?service=water"]').click();
  await expect(consumption.choice("commodity_water")).toBeChecked();
  await expect(frame.way("nav_consumption")).toHaveAttribute("aria-current", "page");
  await page.goBack();
  await expect(overview.due).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { journeyMark?: string }).journeyMark)).toBe("left");
});

test("a page opened by its address is the page that a link leads to", async ({ page, frame, bill, bills, words, signedInAs }) => {
  await signedInAs(FLAT);
  await bills.open();
  const address = (await bills.bills.nth(3).getAttribute("href")) ?? "";
  await bills.bills.nth(3).click();
  await bill.lines.first().waitFor();
  const heading = await frame.heading.innerText();
  await page.goto(address);
  await bill.lines.first().waitFor();
  expect(await frame.heading.innerText()).toBe(heading);
  await expect(bill.seal).toContainText(words.say("bill_seal_match"));
});

test("Pay stands in the navigation and not a second time under More", async ({ page, frame, signedInAs }) => {
  await signedInAs(FLAT);
  await page.goto("/settings");
  await frame.settled();
  await expect(frame.content.locator('a[href="/debt"]')).toBeVisible();
  await expect(frame.way("nav_pay")).toHaveCount(1);
  await expect(frame.content.locator('a[href="/pay"]')).toHaveCount(0);
});
