import { chromium } from "@playwright/test";

import { FLAT, HAWALLI, HOUSE } from "../demo";
import { expect, test } from "../fixtures";
import { Words } from "../words";

const PARTS = /\.wasm$/;
const DROPPED = /net::ERR_FAILED|Failed to fetch/;

test("a page whose code does not arrive says so, and comes when it is tried again @english", async ({
  page,
  frame,
  bills,
  overview,
  words,
  signedInAs,
  watch,
}) => {
  watch.expect(DROPPED);
  await signedInAs(FLAT);
  await overview.open();
  await page.route(PARTS, (route) => route.abort());
  await frame.way("nav_bills").click();
  await expect(frame.failure).toContainText(words.say("error_unreachable"));
  // It fails again as long as the line is down.
  await frame.retry.click();
  await expect(frame.failure).toBeVisible();
  await expect(bills.bills).toHaveCount(0);
  await page.unroute(PARTS);
  await frame.retry.click();
  await expect(bills.bills.first()).toBeVisible();
  await expect(frame.failure).toHaveCount(0);
});

test("a fault of the server is told in its own words, with a code, and can be tried again @english", async ({
  page,
  frame,
  bills,
  language,
  signedInAs,
  watch,
}) => {
  watch.expect(/status of 500/);
  const message = { ar: "خلل مقصود، رقم البلاغ 17", en: "A fault on purpose, reference 17" };
  const fault = { type: "urn:adad:problem:server-fault", title: message.en, status: 500, code: "server-fault", message };
  await signedInAs(FLAT);
  await page.route("**/api/v1/accounts/*/bills", (route) =>
    route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(fault) }),
  );
  await page.goto("/bills");
  await expect(frame.failure).toContainText(message[language]);
  await expect(frame.failure).toContainText("server-fault");
  await page.unroute("**/api/v1/accounts/*/bills");
  await frame.retry.click();
  await expect(bills.bills.first()).toBeVisible();
});

for (const [path, api, sentence] of [
  ["/", "**/api/v1/accounts/*/overview", "overview_error"],
  ["/bills", "**/api/v1/accounts/*/bills", "bills_error"],
  ["/consumption", "**/api/v1/accounts/*/overview", "consumption_error"],
] as const) {
  test(`${path} without an answer says what happened and that nothing was lost`, async ({
    page,
    frame,
    words,
    signedInAs,
    watch,
  }) => {
    watch.expect(DROPPED);
    await signedInAs(FLAT);
    await page.route(api, (route) => route.abort());
    await page.goto(path);
    await expect(frame.failure).toContainText(words.say(sentence));
    await page.unroute(api);
    await frame.retry.click();
    await expect(frame.failure).toHaveCount(0);
    await expect(page.getByText(words.say("state_loading"))).toHaveCount(0);
  });
}

test("without a network the last figures stay, and the page says of when they are", async ({
  page,
  context,
  frame,
  bills,
  overview,
  words,
  signedInAs,
  watch,
}) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await signedInAs(FLAT);
  await overview.open();
  await expect(overview.seal).toContainText(words.say("overview_checked"));
  const due = await overview.due.innerText();
  await frame.way("nav_bills").click();
  await bills.bills.first().waitFor();

  await context.setOffline(true);
  await frame.way("nav_overview").click();
  await expect(page.getByText(words.match("state_offline_banner"))).toBeVisible();
  await expect.poll(() => overview.due.innerText()).toBe(due);

  await context.setOffline(false);
  await frame.way("nav_bills").click();
  await frame.way("nav_overview").click();
  await overview.due.waitFor();
  await expect(page.getByText(words.match("state_offline_banner"))).toHaveCount(0);
});

for (const [name, account, way, sentence] of [
  ["Bills", FLAT, "nav_bills", "bills_offline"],
  ["Hafez", HOUSE, "nav_hafez", "hafez_offline"],
  ["Prepaid", HAWALLI, "nav_prepaid", "prepaid_offline"],
] as const) {
  test(`${name} says without a connection what it still has @english`, async ({ page, context, frame, words, signedInAs, watch }) => {
    watch.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    await signedInAs(account);
    await page.goto("/settings");
    const row = page.getByRole("link", { name: words.say(way) }).first();
    await row.click();
    await frame.settled();
    await expect(page.getByText(words.match(sentence))).toHaveCount(0);
    await page.goBack();
    await row.waitFor();
    await context.setOffline(true);
    await row.click();
    await expect(page.getByText(words.match(sentence))).toBeVisible();
  });
}

test("an address without a page leads to the Overview", async ({ page, frame, overview, words, signedInAs }) => {
  await signedInAs(FLAT);
  await page.goto("/no/such/page");
  await expect(page.getByText(words.say("page_not_found"))).toBeVisible();
  await frame.content.getByRole("link", { name: words.say("nav_overview") }).click();
  await expect(overview.due).toBeVisible();
});

test("a bill that the account does not have is told, not shown as empty", async ({
  page,
  frame,
  words,
  signedInAs,
  watch,
}) => {
  watch.expect(/status of 404/);
  await signedInAs(FLAT);
  await page.goto("/bills/no-such-bill");
  await expect(frame.failure).toContainText(words.say("error_not_found"));
});

test("a browser without WebAssembly, as in a lockdown mode, is shown whom to call", async ({ server, launchOptions }) => {
  const args = [...(launchOptions.args ?? []), "--js-flags=--jitless"];
  const browser = await chromium.launch({ ...launchOptions, args });
  try {
    const page = await browser.newPage();
    await page.goto(server.origin);
    for (const words of [new Words("ar"), new Words("en")]) {
      await expect(page.getByText(words.say("nowasm_body"))).toBeVisible();
      const call = page.getByRole("link", { name: words.match("nowasm_call", { phone: "153" }) });
      await expect(call).toHaveAttribute("href", "tel:153");
      await expect(page.getByText(words.say("nowasm_pay"), { exact: true })).toBeVisible();
    }
    await expect(page.locator("#portal")).toBeHidden();
  } finally {
    await browser.close();
  }
});

test("a page without scripts still says whom to call", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.origin);
  await expect(page.getByText(new Words("ar").match("noscript_body", { phone: "153" }))).toBeVisible();
  await expect(page.getByText(new Words("en").match("noscript_body", { phone: "153" }))).toBeVisible();
  await context.close();
});
