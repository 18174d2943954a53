// Any rule three ways: the command line, HTTP and this browser answer with the same bytes.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";
import { parse } from "smol-toml";

import { expect, test } from "../fixtures";
import { BINARY } from "../server";

interface Asked {
  name: string;
  rule: string;
  request: string;
}

/** As crates/billing/tests/golden.rs reads them: any rule's request, or the facts of a bill. */
interface Case {
  name: string;
  rule?: string;
  request?: string;
  schedule?: string;
  period?: unknown;
  usage?: string;
  breaker_amps?: number;
}

const CASES = join(__dirname, "..", "..", "crates", "billing", "cases");

function goldenCases(): Asked[] {
  const files = readdirSync(CASES).filter((name) => name.endsWith(".toml"));
  const cases = files.flatMap((name) => parse(readFileSync(join(CASES, name), "utf8")).case as unknown as Case[]);
  return cases.map(({ name, rule, request, schedule, period, usage, breaker_amps }) => {
    if (rule !== undefined && request !== undefined) return { name, rule, request };
    const facts = { tariff: { id: schedule }, period, usage, breaker_amps };
    return { name, rule: "bill", request: JSON.stringify(facts) };
  });
}

const GOOD = '{"tariff":{"id":"kw.electricity.private"},"period":{"from":"2026-08-01","to":"2026-08-31"},"usage":"1"}';

/** What nobody should send. */
const BAD: Asked[] = [
  ["nothing", ""],
  ["no JSON", "{"],
  ["a key twice", '{"usage":"1","usage":"2"}'],
  ["more than one value", `${GOOD} {}`],
  ["an unknown field", GOOD.replace("usage", "«استهلاك»")],
  ["28 digits", GOOD.replace('"1"', '"1234567890123456789012345678"')],
  ["an exponent", GOOD.replace('"1"', '"1e3"')],
  ["below zero", GOOD.replace('"1"', '"-1"')],
  ["a day that does not exist", GOOD.replace("08-31", "02-30")],
  ["a period that runs backwards", GOOD.replace("08-31", "07-31")],
  ["a day before the first prices", GOOD.replaceAll("2026", "1950")],
].map(([name, request]) => ({ name, rule: "bill", request }));

interface Answer {
  refused: boolean;
  text: string;
}

function onTheCommandLine({ rule, request }: Asked): Answer {
  const run = spawnSync(BINARY, ["compute", rule], { input: request, encoding: "utf8" });
  expect([0, 2], run.stderr).toContain(run.status);
  return run.status === 0 ? { refused: false, text: run.stdout } : { refused: true, text: run.stderr };
}

/** Over HTTP a refusal is a problem, which has the same parts among others. */
async function overHttp(origin: string, { rule, request }: Asked): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${origin}/api/v1/compute/${rule}`, { method: "POST", headers, body: request });
  const text = await reply.text();
  if (reply.status === 200) return { refused: false, text };
  expect([400, 422], text).toContain(reply.status);
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  const { code, field, message } = JSON.parse(text);
  return { refused: true, text: `${JSON.stringify({ error: { code, field, message } })}\n` };
}

/** One page, every request; the answers as they stand in it. */
function inTheBrowser(page: Page, asked: Asked[]): Promise<string[]> {
  return page.evaluate(async (asked) => {
    const rules = document.querySelector<HTMLSelectElement>("#rule")!;
    const request = document.querySelector<HTMLTextAreaElement>("#request")!;
    const shown = () => document.querySelector("#answer")?.textContent ?? "";
    async function answer(rule: string, text: string): Promise<string> {
      rules.value = rule;
      rules.dispatchEvent(new Event("change", { bubbles: true }));
      request.value = text;
      request.dispatchEvent(new Event("input", { bubbles: true }));
      const before = shown();
      const begun = Date.now();
      request.form!.requestSubmit();
      while (shown() === before) {
        if (Date.now() - begun > 15_000) return `no answer to ${rule} ${text}`;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return shown();
    }
    const answers = [];
    for (const [at, { rule, request: text }] of asked.entries()) {
      // Two answers that are the same could not be told apart, so another one comes before each.
      await answer("tier-limits", JSON.stringify({ limits: [String(at + 1)], days: 30 }));
      answers.push(await answer(rule, text));
    }
    return answers;
  }, asked);
}

test("every golden case and every refusal is the same on the command line, over HTTP and in the browser", async ({
  page,
  server,
}) => {
  test.slow();
  const asked = [...goldenCases(), ...BAD];
  expect(asked.length).toBeGreaterThan(160);
  await page.goto("/tools/compute");
  await page.locator("#request").waitFor();
  const rules = await page.locator("#rule option").allTextContents();
  const listed = spawnSync(BINARY, ["compute", "--list"], { encoding: "utf8" }).stdout.trim().split("\n");
  expect(rules.toSorted()).toEqual(listed.toSorted());
  const browser = await inTheBrowser(page, asked);
  let refused = 0;
  for (const [at, one] of asked.entries()) {
    const name = `${one.rule}: ${one.name}`;
    const first = onTheCommandLine(one);
    expect(await overHttp(server.origin, one), name).toEqual(first);
    expect(browser[at], name).toBe(first.text);
    refused += Number(first.refused);
  }
  expect(refused).toBeGreaterThan(60);
});
