// Twelve months under another schedule in the portal itself, at a quarter of the processor's speed: milliseconds from
// the press of the button at /tools/compute to the answer in the page. `cargo xtask bench schedules` says where things are.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { freePort } from "./waiting.mjs";

const SLOWER = 4;
const WARM_UP = 30;
const RUNS = 200;
const PATIENCE_MS = 30_000;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
// The twelve bills at today's prices, each with its working, are what rule `fixed-bill` averages.
const RULE = "fixed-bill";

let asked = 0;

const { ADAD_BINARY, CHROME_PATH, ADAD_PORTAL } = process.env;
const folder = mkdtempSync(join(tmpdir(), "adad-schedules-"));
const listen = `127.0.0.1:${await freePort()}`;
const record = `sqlite:${join(folder, "adad.db")}`;
const server = spawn(ADAD_BINARY, ["serve", "--listen", listen, "--database-url", record, "--portal", ADAD_PORTAL]);
server.stderr.pipe(process.stderr);

const browser = await chromium.launch({ executablePath: CHROME_PATH, args: FLAGS });
try {
  process.stdout.write(JSON.stringify(await measure()));
} finally {
  await browser.close();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}

async function answers(origin) {
  for (const begun = Date.now(); Date.now() - begun < 60_000; ) {
    if (await fetch(origin).catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("waited in vain for the server");
}

async function measure() {
  const origin = `http://${listen}`;
  await answers(origin);
  const page = await browser.newPage();
  await page.goto(`${origin}/tools/compute`);
  await page.locator("select#rule").selectOption(RULE);
  // The code of the rules travels once.
  await press(page, 1);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await press(page, WARM_UP);
  const times = (await press(page, RUNS)).toSorted((one, other) => one - other);
  const at = (share) => times[Math.floor(times.length * share)];
  return { median_ms: at(0.5), p95_ms: at(0.95), runs: RUNS };
}

/** Prices twelve months `times` times, each with another use, so that no answer is like the one before it. */
function press(page, times) {
  const requests = Array.from({ length: times }, () => request(asked++));
  return page.evaluate(run, { requests, patience: PATIENCE_MS });
}

function request(at) {
  // Twelve periods from the 28th to the 27th, as bills have them.
  const day = (month, date) => new Date(Date.UTC(2025, 8 + month, date)).toISOString().slice(0, 10);
  const months = Array.from({ length: 12 }, (_, month) => ({
    period: { from: day(month, 28), to: day(month + 1, 27) },
    usage: `${4000 + 300 * month + at}.25`,
  }));
  return JSON.stringify({ tariff: { id: "sa.electricity.residential" }, on: "2026-09-28", breaker_amps: 100, months });
}

/** In the page. */
async function run({ requests, patience }) {
  const field = document.querySelector("#request");
  const form = field.closest("form");
  const times = [];
  for (const text of requests) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 0));
    const before = document.querySelector("#answer")?.textContent;
    const begun = performance.now();
    form.requestSubmit();
    let answer = before;
    while (answer === before) {
      if (performance.now() - begun > patience) throw new Error(`no answer to ${text}`);
      await new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(0);
      });
      answer = document.querySelector("#answer")?.textContent;
    }
    times.push(performance.now() - begun);
    if (answer.includes('"error"')) throw new Error(answer);
  }
  return times;
}
