// Debt: a stop and what opens it, a plan and its default, a certificate and its check.

import type { Page } from "@playwright/test";

import { DEBTOR, HOUSE, RESIDENT, RIYADH } from "../demo";
import { expect, test } from "../fixtures";
import { findings, printed } from "../judge";
import { AT_BANK, PayPage, stranger } from "../pages/pay";
import { asRead } from "../words";

// What is agreed and paid here stays on record.
test.use({ record: "debt" });

interface Standing {
  due: string;
  overdue: string;
  government: { answer: { transactions: string; travel: string; reasons: string[]; allowed_again: { amount?: string }[] } };
  plan?: { standing: { state: string } };
  certificates: { code: string }[];
}

async function standing(page: Page, account: string): Promise<Standing> {
  return await (await page.request.get(`/api/v1/accounts/${account}/standing`)).json();
}

test("a citizen above the limit sees why, by both rules, and what a sum would change @english", async ({ page, frame, signedInAs, words }) => {
  await signedInAs(DEBTOR);
  // The Overview says so, and leads to the way out.
  await page.goto("/");
  await expect(page.locator(".due-card")).toContainText(words.match("overview_due_overdue"));
  const card = page.locator(".beside .card").filter({ hasText: words.say("debt_body_blocked") });
  await card.getByRole("link", { name: words.say("debt_route_title") }).click();
  await expect(frame.named("nav_debt")).toBeVisible();
  await page.goto("/settings");
  await page.getByRole("link", { name: words.say("nav_debt") }).click();
  await expect(frame.named("nav_debt")).toBeVisible();
  await frame.settled();
  const { overdue, government } = await standing(page, DEBTOR);
  const [pay] = government.answer.allowed_again;
  expect([government.answer.transactions, government.answer.reasons]).toEqual(["blocked", ["DEB-1"]]);
  const grouped = overdue.replace(/\B(?=(\d{3})+\.)/g, ",");
  const text = async () => asRead(await frame.content.innerText());
  await expect.poll(text).toContain(grouped);
  // The engine's sentences write figures as the page does.
  expect(await text()).not.toContain(overdue);
  await expect(frame.content).toContainText(words.match("why_deb_1_debt"));
  await expect(frame.content).toContainText(words.match("finding_notice_runs"));
  await frame.unfold("debt_laws_title");
  await expect(frame.content).toContainText(words.say("debt_law_stops"));
  await expect(frame.content).toContainText(words.say("debt_law_stops_not"));
  await expect(frame.content).toContainText(words.say("debt_travel_allowed"));
  await frame.unfold("cut_way_back");
  await expect(frame.content).toContainText(words.say("cut_stations_title"));

  // Fifty dinars bring the day nearer; what is above the limit opens by the limit, and all by both.
  await frame.unfold("debt_trial_title");
  const sum = page.getByLabel(words.say("debt_trial_amount"), { exact: true });
  await expect(sum).toHaveValue("50.000");
  await sum.fill("300");
  await expect(frame.content).toContainText(words.match("debt_route_partial"));
  await sum.fill(pay?.amount ?? "");
  await expect(frame.content).toContainText(words.say("debt_trial_free_today"));
  await sum.fill("99999");
  await expect(sum).toHaveAttribute("aria-invalid", "true");
  await sum.fill(overdue);
  await expect(frame.content.getByText(words.say("debt_trial_free_today"))).toHaveCount(2);
  expect(await findings(page)).toEqual([]);

  await page.getByRole("link", { name: words.match("debt_pay_button") }).click();
  await expect(page.getByLabel(words.say("pay_amount"), { exact: true })).toHaveValue(pay?.amount ?? "");
});

test("a plan is read in both languages, signed by name, and opens transactions; a missed instalment ends it", async ({
  page,
  context,
  frame,
  server,
  signedInAs,
  words,
}) => {
  await signedInAs(DEBTOR);
  await page.goto("/debt");
  await frame.settled();
  await page.getByRole("button", { name: words.say("plan_fewer") }).click();
  await expect(page.getByLabel(words.say("plan_months"))).toHaveValue("10");
  await page.getByRole("button", { name: words.say("plan_read") }).click();
  await page.getByText(words.say("plan_other_language")).click();
  await expect(frame.content).toContainText("Debt acknowledgement");
  await expect(frame.content).toContainText("إقرار دين");
  const sign = page.getByRole("button", { name: words.say("plan_sign") });
  await sign.click();
  await expect(frame.content).toContainText(words.say("plan_confirm_wrong"));
  await expect(frame.content).toContainText(words.say("plan_name_wrong"));
  const other = await context.newPage();
  await other.goto(page.url());
  const read = other.getByRole("button", { name: words.say("plan_read") });
  await read.waitFor();
  await page.getByRole("switch", { name: words.match("acknowledgement_confirm") }).check();
  await page.getByLabel(words.say("plan_name")).fill("<b>بدر الهاجري</b>");
  expect(await findings(page)).toEqual([]);
  await sign.click();
  await expect(frame.content).toContainText(words.say("plan_state_kept"));
  await expect(frame.content).toContainText("<b>بدر الهاجري</b>");
  await expect(frame.content).toContainText(words.say("finding_plan_lifts_stop"));
  expect((await standing(page, DEBTOR)).government.answer.transactions).toBe("allowed");

  // A window that still offers a plan is told that there is one, and shows it.
  await read.click();
  await expect(other.locator("main")).toContainText(words.say("debt_moved_on_title"));
  await expect(other.locator("main").getByRole("alert")).toBeInViewport();
  await expect(other.locator("main")).toContainText(words.say("plan_state_kept"));
  await expect(read).toHaveCount(0);
  await other.close();

  // On paper the plan and its text stand alone, on one sheet.
  await page.emulateMedia({ media: "print" });
  await expect(frame.content.locator(".debt-paper")).toContainText("إقرار دين");
  await expect(frame.content.locator(".debt-plan")).toBeVisible();
  await expect(page.getByText(words.say("debt_standing_title"), { exact: true })).toBeHidden();
  await page.emulateMedia({ media: null });
  expect(await printed(page)).toBe(1);

  await expect(page.getByRole("link", { name: words.match("debt_pay_button") })).toHaveAttribute("href", /amount=93\.700$/);

  // As if it had been agreed two months ago, and the first instalment was not paid.
  server.record((record) => {
    record.prepare("update plan set agreed_on = '2026-07-15'").run();
    record.prepare("update plan_instalment set due_on = '2026-08-15' where number = 1").run();
  });
  await page.reload();
  await frame.settled();
  await expect(frame.content).toContainText(words.say("plan_state_cancelled"));
  await expect(frame.content).toContainText(words.match("plan_cancelled"));
  await expect(frame.content).toContainText(words.say("why_deb_4"));
  await expect(frame.content).toContainText(words.say("debt_body_blocked"));
  expect(await findings(page)).toEqual([]);
});

test("who is no citizen is stopped by any debt, pays it and is free at once", async ({ page, frame, signedInAs, watch, words }) => {
  watch.expect(AT_BANK);
  watch.expect(/status of 409 .*\/certificates$/);
  watch.expect(/status of 422 .*\/certificates$/);
  await signedInAs(RESIDENT);
  await page.goto("/debt");
  await frame.settled();
  await expect(frame.content).toContainText(words.say("debt_travel_blocked"));
  await expect(frame.content).toContainText(words.match("plan_others"));
  const issue = page.getByRole("button", { name: words.say("certificate_get") });
  await issue.click();
  await expect(frame.content.getByRole("status").filter({ hasText: words.match("error_dues_outstanding") })).toBeVisible();

  const { due } = await standing(page, RESIDENT);
  await page.getByRole("link", { name: words.match("debt_pay_button") }).click();
  const pay = new PayPage(page, words);
  await expect(pay.amount).toHaveValue(due);
  await pay.goToBank();
  const bank = page.url();
  // The bank has not answered: nobody certifies meanwhile.
  await page.goto("/debt");
  await frame.settled();
  await issue.click();
  await expect(frame.content).toContainText(words.say("error_payment_unsettled"));
  await page.goto(bank);
  await pay.atBank("CAPTURED");
  await page.waitForURL(/\/pay\/result\//);
  await page.goto("/debt");
  await frame.settled();
  await expect(frame.content).toContainText(words.say("debt_travel_allowed"));
  await expect(frame.content).toContainText(words.say("debt_empty"));
});

test("a certificate is checked by a stranger, and a guessed code is none @english", async ({ page, context, frame, language, server, signedInAs, watch, words }) => {
  watch.expect(/status of 404 .*\/certificates\/0+$/);
  await signedInAs(HOUSE);
  await page.goto("/debt");
  await frame.settled();
  // Its holder has a flat with a bill to pay, but for this property nothing is owed.
  if ((await page.getByRole("link", { name: words.match("certificate_issued") }).count()) === 0) {
    await page.getByRole("button", { name: words.say("certificate_get") }).click();
  }
  await page.getByRole("link", { name: words.match("certificate_issued") }).first().click();
  await expect(frame.content).toContainText(words.match("certificate_valid"));
  expect(await findings(page)).toEqual([]);

  const other = await stranger(context, language);
  await other.goto(page.url());
  const main = other.locator("main");
  await expect(main).toContainText(words.match("certificate_valid"));
  await expect(main).toContainText("شهادة براءة ذمة");
  await expect(main).toContainText("Clearance certificate");
  const code = main.getByRole("img", { name: words.say("certificate_qr") });
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await other.goto(`${server.origin}/verify/${"0".repeat(32)}`);
  await expect(main).toContainText(words.say("verify_unknown_title"));
  await other.context().close();
});

test("a home in Riyadh has its own ladder, and no government, plan or certificate", async ({ page, frame, signedInAs, words }) => {
  await signedInAs(RIYADH);
  await page.goto("/debt");
  await frame.settled();
  await expect(frame.content).toContainText(words.say("debt_empty_sa"));
  for (const key of ["debt_standing_title", "plan_title", "certificate_title", "cut_stations_title"]) {
    await expect(frame.content).not.toContainText(words.say(key));
  }
});
