import type { APIRequestContext } from "@playwright/test";

import { FLAT, HOUSE, RIYADH, SHOP } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

interface Overview {
  account: { property: { ar: string; en: string } };
  due: string;
  service_points: { commodity: string; daily: (string | null)[]; daily_from: string; period: { from: string } }[];
}

async function asked(request: APIRequestContext, account: string): Promise<Overview> {
  const reply = await request.get(`/api/v1/accounts/${account}/overview`);
  expect(reply.status()).toBe(200);
  return (await reply.json()) as Overview;
}

/** Whole units of what was used in the open period. */
function usedSoFar({ daily, daily_from, period }: Overview["service_points"][number]): number {
  const before = (Date.parse(period.from) - Date.parse(daily_from)) / 86_400_000;
  const millionths = daily.slice(Math.max(0, before)).map((usage) => Math.round(Number(usage ?? 0) * 1e6));
  return Math.round(millionths.reduce((sum, usage) => sum + usage, 0) / 1e6);
}

for (const [name, account] of [
  ["a flat in Kuwait @english", FLAT],
  ["a villa in Riyadh", RIYADH],
] as const) {
  test(`the Overview of ${name} says what is owed, used and expected`, async ({ page, overview, words, signedInAs }) => {
    await signedInAs(account);
    const { due, service_points } = await asked(page.request, account);
    const [electricity] = service_points;
    if (!electricity) throw new Error("the account has no electricity");
    await overview.open();
    const grouped = (figure: string | number) => String(figure).replace(/\B(?=(\d{3})+(?=\.|$))/g, ",");
    expect(asRead(await overview.due.innerText())).toContain(grouped(due));
    await expect(overview.seal).toContainText(words.say("overview_checked"));

    const month = asRead(await overview.month.innerText());
    expect(month).toContain(grouped(usedSoFar(electricity)));
    expect(month).toContain(words.say("overview_month_end"));
    const [, low = "", high = ""] = month.match(banded(words.language)) ?? [];
    const [from, to] = [low, high].map((amount) => Number(amount.replaceAll(",", "")));
    expect(from, month).toBeLessThan(to ?? 0);
    await expect(overview.month.getByRole("img")).toHaveAttribute("aria-label", /\d/);
    // Whether a tier's limit is crossed, and when.
    const tiers = ["overview_tier_entry", "overview_tier_stay"].map((key) => words.match(key).source);
    await expect(overview.month).toContainText(new RegExp(tiers.join("|")));
  });
}

test("what is owed is painted before the portal has arrived @english", async ({ page, signedInAs, overview, words }) => {
  await signedInAs(RIYADH);
  const { due } = await asked(page.request, RIYADH);
  const grouped = due.replace(/\B(?=(\d{3})+(?=\.|$))/g, ",");
  // It is asked for, and never comes.
  await page.route("**/*.wasm", () => undefined);
  await page.goto("/", { waitUntil: "commit" });
  const early = page.locator(".starting__owed");
  await expect(early).toContainText(words.say("overview_due_title"));
  const painted = asRead(await early.locator(".due-card__amount").innerText());
  expect(painted).toContain(grouped);
  await page.unroute("**/*.wasm");
  await overview.open();
  // The portal gives it the same words in the same order.
  const shown = asRead(await overview.due.locator(".due-card__amount").innerText());
  expect(shown.replace(/\s/g, "")).toBe(painted.replace(/\s/g, ""));
});

test("what waits on any account and what others bring stand beside the figures @english", async ({
  page,
  overview,
  frame,
  words,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  const { alerts, hafez, credits } = await (await page.request.get("/api/v1/attention")).json();
  await overview.open();
  await expect(page.locator(".waiting .list-row")).toHaveCount(alerts.length);
  const beside = page.locator(".beside");
  await expect(beside.getByRole("heading")).toHaveCount(hafez.length + credits.length);
  const text = asRead(await beside.innerText());
  for (const amount of [hafez[0].earned, hafez[0].total, credits[0].left]) expect(text).toContain(amount);
  await expect(page.getByRole("link", { name: words.say("alerts_title") })).toHaveAttribute("href", "/alerts");
  // The way to the credit is the way to its account.
  await beside.getByRole("link", { name: words.say("prepaid_topup_title") }).click();
  await expect(frame.named("nav_prepaid")).toBeVisible();
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain(credits[0].left);
  await expect(frame.content).toContainText(credits[0].property[words.language]);
});

/** "Between KD 14.805 and KD 15.578": currency before or after. */
function banded(language: string): RegExp {
  return language === "ar" ? /بين ([\d,.]+) \S+ و([\d,.]+)/ : /Between \S+ ([\d,.]+) and \S+ ([\d,.]+)/;
}

test("a holder goes from one account to another, and the choice stays @english", async ({
  page,
  overview,
  language,
  words,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  const [flat, house] = [await asked(page.request, FLAT), await asked(page.request, HOUSE)];
  const heading = page.getByRole("heading", { level: 1 });
  await overview.open();
  await expect(heading).toHaveText(flat.account.property[language]);
  await page.getByRole("combobox", { name: words.say("account_switch") }).selectOption(HOUSE);
  await expect(heading).toHaveText(house.account.property[language]);
  await expect(page.getByRole("heading", { level: 2, name: words.say("overview_due_none") })).toBeVisible();
  await page.reload();
  await expect(heading).toHaveText(house.account.property[language]);
});

test("no live figure is made up for a meter that is read by hand", async ({ page, overview, words, signedInAs }) => {
  await signedInAs(SHOP);
  await overview.open();
  await expect(page.getByRole("main")).toContainText(words.say("meter_kind_mechanical"));
  await expect(page.getByRole("main")).toContainText(words.match("consumption_last_reading"));
  await expect(overview.now).toHaveCount(0);
});
