import { FLAT, HOUSE } from "../demo";
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

test("an alert that comes while the page is open takes its place there, and is told @english", async ({
  page,
  frame,
  server,
  signedInAs,
  words,
  language,
}) => {
  await signedInAs(FLAT);
  const opens = page.waitForResponse((reply) => reply.url().endsWith("/live"));
  await page.goto("/alerts");
  await opens;
  const rows = frame.content.locator(".card--flush .list-row");
  await expect(rows.first()).toBeVisible();
  const before = await rows.count();
  const { now } = await server.asHeadEnd<{ now: number }>("GET", "/api/v1/meters");
  const event = { id: `live-${language}`, service_point: "salmiya-electricity", at: now - 30, what: { kind: "tamper" } };
  await server.asHeadEnd("POST", "/api/v1/meter-events", { events: [event] });
  await expect(rows).toHaveCount(before + 1);
  await expect(rows.first()).toContainText(words.say("alert_tamper"));
  await expect(rows.first()).toContainText(words.say("alerts_new"));
  await expect(frame.content.getByRole("status").first()).toHaveText(words.match("alerts_came"));
  // What was shown has been seen.
  const unseen = async () => (await (await page.request.get(`/api/v1/accounts/${FLAT}/alerts`)).json()).unseen;
  await expect.poll(unseen).toBe(0);
});
