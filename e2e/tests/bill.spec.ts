import { RIYADH, FLAT } from "../demo";
import { expect, test } from "../fixtures";
import type { Server } from "../server";
import { asRead } from "../words";

interface Line {
  code: string;
  amount: string;
}

interface StoredPart {
  bill: string;
  place: bigint | number;
  answer: string;
}

/** The newest bill's parts as they are stored. */
function storedParts(server: Server, account: string): StoredPart[] {
  const newest = "select id from bill where account = ? order by period_from desc limit 1";
  return server.record((record) =>
    record.prepare(`select bill, place, answer from bill_part where bill = (${newest}) order by place`).all(account),
  ) as StoredPart[];
}

function store(server: Server, part: StoredPart, answer: string): void {
  const update = "update bill_part set answer = ? where bill = ? and place = ?";
  const { changes } = server.record((record) => record.prepare(update).run(answer, part.bill, part.place));
  expect(changes).toBe(1);
}

/** One more of the last digit: 12.340 to 12.341, 12.349 to 12.350. */
function oneMinorUnitMore(amount: string): string {
  const decimals = amount.split(".")[1]?.length ?? 0;
  const minor = String(BigInt(amount.replace(".", "")) + 1n).padStart(decimals + 1, "0");
  return `${minor.slice(0, -decimals)}.${minor.slice(-decimals)}`;
}

function grouped(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+(?=\.|$))/g, ",");
}

const IN_DIGITS = /^[\d\s.,…+×÷−/()-]+$/;

/** What a formula of digits and signs comes to; a number that does not end stands with its first digits. */
function worth(formula: string): number {
  const sum = formula.replace(/[,٬…]/g, "").replaceAll("×", "*").replaceAll("÷", "/").replaceAll("−", "-");
  expect(sum).toMatch(/^[\d\s.+*/()-]+$/);
  return Number(Function(`return ${sum}`)());
}

for (const [name, account] of [
  ["of a flat in Kuwait @english", FLAT],
  ["of a villa in Riyadh", RIYADH],
] as const) {
  test(`every line of the bill ${name} opens on its working, and the browser comes to the same`, async ({
    page,
    bills,
    bill,
    words,
    server,
    signedInAs,
  }) => {
    await signedInAs(account);
    await bills.open();
    await bills.bills.first().click();
    await expect(bill.seal).toContainText(words.say("bill_seal_match"));
    await expect(bill.seal).toContainText(words.match("bill_seal_match_body"));

    const stored = storedParts(server, account).flatMap(({ answer }) => (JSON.parse(answer) as { lines: Line[] }).lines);
    const amounts = (await bill.lines.locator("summary").allInnerTexts()).map(asRead);
    for (const { code, amount } of stored) {
      expect(amounts.some((text) => text.includes(grouped(amount))), `${code} ${amount} in ${amounts}`).toBe(true);
    }

    for (const line of await bill.lines.all()) {
      await line.locator("summary").click();
      const steps = line.getByRole("listitem");
      await expect(steps.first()).toBeVisible();
      await expect(line).toContainText(/\b[A-Z]{3}-\d+\b/);
      await expect(line).toContainText(words.match("source_label"));
      const formulas = await line.locator('[dir="ltr"]').allInnerTexts();
      expect(formulas.length).toBeGreaterThan(0);
      for (const formula of formulas.map(asRead)) {
        const [sum = "", result = ""] = formula.split("=");
        if (IN_DIGITS.test(sum)) expect(Math.abs(worth(sum) - worth(result)), formula).toBeLessThanOrEqual(0.006);
      }
      const amount = asRead(await line.locator("summary").innerText()).match(/[\d,]+\.\d+$/)?.[0] ?? "no amount";
      expect(worth(asRead(formulas.at(-1) ?? "").split("=").at(-1) ?? "")).toBe(worth(amount));
    }
    await expect(page.getByText(words.say("bill_agrees")).first()).toBeVisible();
  });
}

test("a line that was altered in the record is named, with what the browser came to @english", async ({
  page,
  bill,
  words,
  server,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  const [part] = storedParts(server, FLAT);
  if (!part) throw new Error("no bill is stored");
  const answer = JSON.parse(part.answer) as { lines: Line[] };
  const [line] = answer.lines;
  if (!line) throw new Error("the bill has no line");
  const [recomputed, billed] = [line.amount, oneMinorUnitMore(line.amount)];

  await bill.open(part.bill);
  await expect(bill.seal).toContainText(words.say("bill_seal_match"));
  line.amount = billed;
  store(server, part, JSON.stringify(answer));
  try {
    await page.reload();
    await expect(bill.seal).toContainText(words.say("bill_seal_differs"));
    const label = asRead(await bill.lines.first().locator(".bill-line__label").innerText());
    const said = asRead(await bill.seal.innerText());
    expect(said).toContain(label);
    expect(said).toContain(grouped(billed));
    expect(said).toContain(grouped(recomputed));
    await expect(page.getByText(words.say("bill_seal_match"), { exact: true })).toHaveCount(0);

    await bill.lines.first().locator("summary").click();
    const differs = words.match("bill_differs_line", {});
    await expect(bill.lines.first()).toContainText(differs);
  } finally {
    store(server, part, part.answer);
  }
  await page.reload();
  await expect(bill.seal).toContainText(words.say("bill_seal_match"));
});
