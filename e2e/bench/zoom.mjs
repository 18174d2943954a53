// The curve of /consumption over a year of more than 35,040 quarter hours at a quarter of the processor's speed: milliseconds of
// script for each zoom and each step, by key as a reader does it. `cargo xtask bench zoom` says where things are.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { freePort, until } from "./waiting.mjs";

const SLOWER = 4;
const PATIENCE_MS = 60_000;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
/** The made-up account, whose meter has sent nothing yet. */
const ACCOUNT = "900000000";
const SPAN_S = 900;
const DAY_S = 86_400;
const UTC_OFFSET_S = 10_800;
/** Full days before today. */
const DAYS = 365;
const AT_ONCE = 1_000;
/** To a quarter of a day, over it, and back to the year; then the ends. */
const ROUND = [...Array(8).fill("+"), ...Array(6).fill("ArrowLeft"), ...Array(4).fill("-"), ...Array(6).fill("ArrowLeft"), ...Array(4).fill("ArrowRight"), ...Array(6).fill("-"), "+", "Home", "End", "-"];
const WARM_UP = 1;
const ROUNDS = 5;
/** Longer than any step takes, so that none is counted with its neighbour. */
const REST_MS = 120;

const { ADAD_BINARY, CHROME_PATH, ADAD_PORTAL } = process.env;
const folder = mkdtempSync(join(tmpdir(), "adad-zoom-"));
const listen = `127.0.0.1:${await freePort()}`;
const origin = `http://${listen}`;
const record = ["--database-url", `sqlite:${join(folder, "adad.db")}`];
execFileSync(ADAD_BINARY, ["seed", "--accounts", "1", "--digital", ...record], { stdio: ["ignore", "ignore", "inherit"] });
const server = spawn(ADAD_BINARY, ["serve", "--demo", "--listen", listen, ...record, "--portal", ADAD_PORTAL]);
let said = "";
server.stdout.on("data", (text) => (said += text));
server.stderr.on("data", (text) => (said += text));

const browser = await chromium.launch({ executablePath: CHROME_PATH, args: FLAGS });
try {
  await until("the server", () => fetch(origin).catch(() => undefined));
  process.stdout.write(JSON.stringify(await measure(await sendYear())));
} finally {
  await browser.close();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}

async function json(path, headers, body) {
  const reply = await fetch(origin + path, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

/** A year of quarter hours to now, as a head-end sends it: a day's course, and peaks of a quarter hour. */
async function sendYear() {
  const headers = { authorization: `Bearer ${readFileSync(join(folder, "head-end.key"), "utf8").trim()}` };
  const { now, meters } = await json("/api/v1/meters", headers);
  const { service_point } = meters.find(({ account }) => account === ACCOUNT);
  const begins = now - ((now + UTC_OFFSET_S) % DAY_S) - DAYS * DAY_S;
  const quarters = Math.floor((now - begins) / SPAN_S);
  const readings = Array.from({ length: quarters }, (_, at) => {
    const wave = (at % 96) * (95 - (at % 96)) * 150 + ((at * 7_919) % 10_007) * 30;
    const usage = `0.${String(100_000 + wave + (at % 1_009 === 0 ? 200_000 : 0)).padStart(6, "0")}`;
    return { service_point, start: begins + at * SPAN_S, seconds: SPAN_S, usage };
  });
  for (let at = 0; at < quarters; at += AT_ONCE) {
    const batch = readings.slice(at, at + AT_ONCE);
    const { added } = await json("/api/v1/readings", headers, { readings: batch });
    if (added !== batch.length) throw new Error(`${added} of ${batch.length} readings were added`);
  }
  return quarters;
}

/** The session's cookie. */
async function signIn() {
  await json("/api/v1/sign-in/code", {}, { account: ACCOUNT });
  const code = await until("the code", () => said.split("\n").findLast((line) => line.includes(ACCOUNT))?.replace(ACCOUNT, "").match(/\b\d{6}\b/)?.[0]);
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${origin}/api/v1/sign-in`, { method: "POST", headers, body: JSON.stringify({ account: ACCOUNT, code }) });
  return reply.headers.get("set-cookie").match(/adad_session=([^;]+)/)[1];
}

async function measure(quarters) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
  await context.addCookies([{ name: "adad_session", value: await signIn(), url: origin, httpOnly: true }]);
  const page = await context.newPage();
  // Last year's too, for the comparison.
  const travels = [];
  page.on("response", (reply) => reply.url().includes("/intervals?") && travels.push(reply.json()));
  await page.goto(`${origin}/consumption`);
  const shapes = page.locator('input[name="shown-as"]');
  await shapes.first().waitFor({ state: "attached", timeout: PATIENCE_MS });
  await shapes.nth(1).check({ force: true });
  const bar = page.locator(".zoom-bar");
  const holds = bar.locator("b");
  await page.waitForFunction(() => document.querySelector(".consumption canvas") && document.querySelector(".zoom-bar b")?.textContent);
  await until("the year", async () => (await Promise.all(travels)).some(({ usages }) => usages.length === quarters));
  await bar.focus();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await session.send("Performance.enable");
  const scripted = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "ScriptDuration").value * 1000;
  };
  const rest = () => new Promise((resolve) => setTimeout(resolve, REST_MS));
  const times = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const key of ROUND) {
      const before = await scripted();
      await page.keyboard.press(key);
      await rest();
      if (round >= WARM_UP) times.push((await scripted()) - before);
    }
  }
  if (!(await holds.textContent())) throw new Error("the bar says nothing");
  const sorted = times.toSorted((one, other) => one - other);
  return { p95_ms: sorted[Math.floor(sorted.length * 0.95)], worst_ms: sorted.at(-1), steps: times.length, points: quarters };
}
