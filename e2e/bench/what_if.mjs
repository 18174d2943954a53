// The sliders of /projection at a quarter of the processor's speed: milliseconds from a step to the new figures, as they
// are painted. `cargo xtask bench what-if` says where things are.

import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { freePort, until } from "./waiting.mjs";

const SLOWER = 4;
const WARM_UP = 10;
const RUNS = 120;
const PATIENCE_MS = 60_000;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
/** A flat on tiers (`crates/server/data/demo.toml`). */
const ACCOUNT = "100217783";

const { ADAD_BINARY, CHROME_PATH, ADAD_PORTAL } = process.env;
const folder = mkdtempSync(join(tmpdir(), "adad-what-if-"));
const listen = `127.0.0.1:${await freePort()}`;
const origin = `http://${listen}`;
const record = ["--database-url", `sqlite:${join(folder, "adad.db")}`];
execFileSync(ADAD_BINARY, ["seed", ...record], { stdio: ["ignore", "ignore", "inherit"] });
const server = spawn(ADAD_BINARY, ["serve", "--demo", "--listen", listen, ...record, "--portal", ADAD_PORTAL]);
let said = "";
server.stdout.on("data", (text) => (said += text));
server.stderr.on("data", (text) => (said += text));

const browser = await chromium.launch({ executablePath: CHROME_PATH, args: FLAGS });
try {
  process.stdout.write(JSON.stringify(await measure()));
} finally {
  await browser.close();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}

function post(path, body) {
  const headers = { "content-type": "application/json" };
  return fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** The session's cookie. */
async function signIn() {
  await until("the server", () => fetch(origin).catch(() => undefined));
  await post("/api/v1/sign-in/code", { account: ACCOUNT });
  const code = await until("the code", () => said.split("\n").findLast((line) => line.includes(ACCOUNT))?.replace(ACCOUNT, "").match(/\b\d{6}\b/)?.[0]);
  const reply = await post("/api/v1/sign-in", { account: ACCOUNT, code });
  return reply.headers.get("set-cookie").match(/adad_session=([^;]+)/)[1];
}

async function measure() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.addCookies([{ name: "adad_session", value: await signIn(), url: origin, httpOnly: true }]);
  const page = await context.newPage();
  await page.goto(`${origin}/projection`);
  await page.locator("#cooling").waitFor({ timeout: PATIENCE_MS });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.evaluate(run, { times: WARM_UP });
  const times = (await page.evaluate(run, { times: RUNS })).toSorted((one, other) => one - other);
  return { p75_ms: times[Math.floor(times.length * 0.75)], worst_ms: times.at(-1), runs: RUNS };
}

/** In the page: moves both sliders in turn, each time to another place. */
async function run({ times }) {
  const end = document.querySelector(".projection__end");
  const took = [];
  for (let at = 0; at < times; at += 1) {
    const slider = document.querySelector(at % 2 === 0 ? "#cooling" : "#away");
    const places = Number(slider.max) + 1;
    const before = end.textContent;
    slider.value = String((Number(slider.value) + 1) % places);
    const begun = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    if (end.textContent === before) throw new Error(`step ${at} changed nothing`);
    took.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return took;
}
