import { HOUSE } from "../demo";
import { expect, test } from "../fixtures";

test("a budget and thresholds are chosen, and stay chosen on every device @english", async ({ page, frame, signedInAs, words }) => {
  await signedInAs(HOUSE);
  await page.goto("/settings");
  await page.getByRole("link", { name: words.say("alerts_title") }).filter({ hasText: words.say("alerts_more_help") }).click();
  await expect(frame.named("alerts_title")).toBeVisible();
  const field = (key: string) => page.getByLabel(words.say(key), { exact: true });
  const save = page.getByRole("button", { name: words.say("action_save") });

  // What cannot be is said at its field, and nothing is sent.
  await field("alerts_budget").fill("0");
  await field("alerts_days_before").fill("٤");
  await save.click();
  await expect(field("alerts_budget")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText(words.say("alerts_saved"))).toHaveCount(0);
  await field("alerts_budget").fill("25٫500");
  await expect(field("alerts_budget")).not.toHaveAttribute("aria-invalid", "true");
  await save.click();
  await expect(page.getByText(words.say("alerts_saved"))).toBeVisible();

  await page.reload();
  await expect(field("alerts_budget")).toHaveValue("25.5");
  await expect(field("alerts_days_before")).toHaveValue("4");
});

test("what could not be saved is still there", async ({ page, signedInAs, watch, words }) => {
  await signedInAs(HOUSE);
  await page.goto("/alerts");
  const budget = page.getByLabel(words.say("alerts_budget"), { exact: true });
  await budget.fill("30");
  watch.expect(/status of 503/);
  await page.route("**/alert-settings", (route) => (route.request().method() === "POST" ? route.fulfill({ status: 503 }) : route.fallback()));
  await page.getByRole("button", { name: words.say("action_save") }).click();
  await expect(page.getByText(words.say("alerts_not_saved"))).toBeVisible();
  await expect(budget).toHaveValue("30");
});
