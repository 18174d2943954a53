import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { FLAT, RIYADH, SHOP } from "../demo";
import { expect, test } from "../fixtures";
import { printed } from "../judge";
import { BINARY } from "../server";
import { asRead } from "../words";

/** Whole minor units of `1,342.61` or `−5.63`. */
function minor(amount: string): bigint {
  return BigInt(asRead(amount).replace(/[,.+]/g, "").replace("−", "-"));
}

/** `adad compute audit` on a proof file. */
function audit(file: string | Buffer): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(BINARY, ["compute", "audit"], { input: file });
  return { status, said: `${stdout}${stderr}` };
}

for (const [name, account, id] of [
  ["a flat with two services @english", FLAT, `${FLAT}-2026-08`],
  ["a villa with tax", RIYADH, `${RIYADH}-2026-08`],
  ["a villa after an estimate", RIYADH, `${RIYADH}-2025-12`],
] as const) {
  test(`why the bill of ${name} differs adds up to the last minor unit`, async ({ bill, words, signedInAs }) => {
    await signedInAs(account);
    await bill.open(id);
    const why = await bill.ask("bill_differs_title");
    await expect(why.locator(".bill-line--total")).toHaveCount(2);
    const values = (await why.locator(".bill-line__value").allInnerTexts()).map(minor);
    const [before = 0n, ...rest] = values;
    const after = rest.pop();
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.reduce((sum, part) => sum + part, before)).toBe(after);
    for (const reason of await why.locator("details.bill-line").all()) {
      await reason.locator("summary").click();
      const value = await reason.locator(".bill-line__value").innerText();
      const result = await reason.locator(".working__result").last().innerText();
      expect(minor(result.replace("=", ""))).toBe(minor(value));
    }
    await expect(why).toContainText(words.match("bill_differs_sum"));
  });
}

test("the first bill of a tariff says why it differs from the last of another @english", async ({ page, bill, words, signedInAs }) => {
  // A shop that became a stable on 22 February 2018, the first day of that tariff: 31 days, then 28.
  const facts = {
    [`${SHOP}-2026-07`]: { tariff: { id: "kw.electricity.commercial" }, period: { from: "2018-01-22", to: "2018-02-21" }, usage: "310" },
    [`${SHOP}-2026-08`]: { tariff: { id: "kw.electricity.leisure" }, period: { from: "2018-02-22", to: "2018-03-21" }, usage: "280" },
  };
  await signedInAs(SHOP);
  for (const [id, data] of Object.entries(facts)) {
    await page.route(`**/api/v1/accounts/${SHOP}/bills/${id}`, async (route) => {
      const [reply, sum] = [await route.fetch(), await page.request.post("/api/v1/compute/bill", { data })];
      const [told, answer] = [await reply.json(), await sum.json()];
      const [part] = told.parts;
      const altered = { ...told, parts: [{ ...part, facts: data, bill: answer }], summary: { ...told.summary, total: answer.total } };
      await route.fulfill({ response: reply, json: altered });
    });
  }
  await bill.open(`${SHOP}-2026-08`);
  const why = await bill.ask("bill_differs_title");
  await expect(why.locator(".bill-line--total")).toHaveCount(2);
  const values = (await why.locator(".bill-line__value").allInnerTexts()).map(minor);
  // 310 units at 5 fils; 7 fils more for each; then 30 units less at 12.
  expect(values).toEqual([1550n, 2170n, -360n, 3360n]);
});

test("the same use in 27, 30 and 33 days, with its tier @english", async ({ bill, words, signedInAs }) => {
  await signedInAs(RIYADH);
  await bill.open(`${RIYADH}-2026-08`);
  const days = await bill.ask("bill_fair_title");
  const rows = days.locator("details.bill-line");
  await expect(rows).toHaveCount(4);
  const totals = (await rows.locator(".bill-line__value").allInnerTexts()).map(minor);
  // 6,321.636 kWh: 921.636, 321.636, 121.636 of them above the limit, and none of 6,600.
  expect(totals).toEqual([145301n, 137021n, 134261n, 132582n]);
  await expect(days).toContainText(words.match("bill_fair_days"));
});

test("a flat price says that days change nothing", async ({ bill, words, signedInAs }) => {
  await signedInAs(SHOP);
  await bill.open(`${SHOP}-2026-08`);
  await expect(await bill.ask("bill_fair_title")).toContainText(words.say("bill_fair_flat"));
});

test("the proof of a bill is replayed by the command, and a changed one is refused @english", async ({
  page,
  bill,
  words,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  await bill.open(`${FLAT}-2026-08`);
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: words.say("bill_proof") }).click();
  const file = await arriving;
  expect(file.suggestedFilename()).toBe(`adad-proof-${FLAT}-2026-08.json`);
  const text = readFileSync(await file.path(), "utf8");

  const whole = audit(text);
  expect(whole.status, whole.said).toBe(0);
  expect(whole.said).toMatch(/"ar":".*تطابق.*"en":".*same bytes/);
  expect(JSON.parse(whole.said)).toMatchObject({ matches: true, bill: `${FLAT}-2026-08` });

  const proof = JSON.parse(text) as { parts: { bill: { lines: { amount: string }[]; working: { result: string }[] } }[]; sha256: string };
  type Proof = typeof proof;
  const changed: [string, (proof: Proof) => void][] = [
    ["/parts/0/bill/lines/0/amount", (proof) => (proof.parts[0]!.bill.lines[0]!.amount = "1.000")],
    ["/parts/1/bill/working/1", (proof) => (proof.parts[1]!.bill.working[1]!.result = "1")],
    ["/sha256", (proof) => (proof.sha256 = "0".repeat(64))],
  ];
  for (const [place, change] of changed) {
    const copy = structuredClone(proof);
    change(copy);
    const refused = audit(`${JSON.stringify(copy)}\n`);
    expect(refused.status, refused.said).toBe(2);
    expect(JSON.parse(refused.said)).toMatchObject({ error: { code: "proof-differs", field: place } });
  }
  for (const garbage of ["", "{", '{"format":"adad-proof-1"}', Buffer.from([0xff, 0xfe, 0])]) {
    expect(audit(garbage).status).toBe(2);
  }
});

test("an estimated bill and its settlement speak of each other, and are replayed @english", async ({
  page,
  bill,
  bills,
  words,
  signedInAs,
}) => {
  await signedInAs(RIYADH);
  await bills.open();
  await expect(page.getByText(words.say("bill_state_estimated"), { exact: true })).toBeVisible();
  await page.locator(`a[href="/bills/${RIYADH}-2025-11"]`).click();
  const settled = page.getByRole("link", { name: words.say("bill_corrected_link") });
  await expect(settled).toBeVisible();
  // A real reading has settled it: one's own would settle nothing more.
  const ownReading = page.locator('main a[href^="/readings/new"]');
  await expect(ownReading).toHaveCount(0);
  await settled.click();
  await expect(page).toHaveURL(`/bills/${RIYADH}-2025-11-2`);
  await expect(page.getByText(words.say("bill_correction_settlement"))).toBeVisible();
  await expect(ownReading).toHaveCount(0);
  const owed = page.locator(".facts__row").filter({ hasText: words.say("bill_correction_owed") });
  await expect(owed).toContainText("65.35");
  await page.getByRole("link", { name: words.say("bill_settled_link") }).click();
  await expect(page).toHaveURL(`/bills/${RIYADH}-2025-12`);
  const replay = await bill.ask("bill_replay_title");
  for (const figure of ["500.14", "434.79", "−65.35", "856.12"]) await expect(replay).toContainText(figure);
});

test("a bill prints as one sheet of A4 @english", async ({ page, bill, signedInAs }) => {
  for (const [account, id] of [
    [FLAT, `${FLAT}-2026-08`],
    [RIYADH, `${RIYADH}-2026-08`],
    [RIYADH, `${RIYADH}-2025-11-2`],
    [SHOP, `${SHOP}-2025-03-2`],
  ] as const) {
    await signedInAs(account);
    await bill.open(id);
    await expect(page.locator(".bill-paper")).toBeAttached();
    await expect(page.locator(".bill-proof")).toBeAttached();
    expect(await printed(page), id).toBe(1);
    await page.emulateMedia({ media: "print" });
    for (const part of [".bill-paper", ".bill-total", ".bill-lines"]) await expect(page.locator(part).first()).toBeVisible();
    await expect(page.locator(".bill-paper")).toContainText(account);
    await expect(page.getByRole("navigation")).toBeHidden();
    await expect(bill.question("bill_differs_title")).toBeHidden();
    // Nothing to press is left on paper.
    await expect(page.locator(".card__link:visible")).toHaveCount(0);
    await page.emulateMedia({ media: null });
  }
});

test("the bills come as a file @english", async ({ page, bills, words, signedInAs }) => {
  await signedInAs(FLAT);
  await bills.open();
  const arriving = page.waitForEvent("download");
  await page.getByRole("button", { name: words.say("bills_csv") }).click();
  const file = await arriving;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const text = readFileSync(await file.path(), "utf8");
  expect(text).toContain(`${FLAT}-2026-08`);
  await expect(page.getByRole("link", { name: words.say("bills_csv_ready") })).toBeVisible();
});
