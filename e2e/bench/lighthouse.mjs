// Lighthouse on the Overview, mobile preset, signed in, empty cache: the medians of five runs as JSON. `cargo xtask
// bench lighthouse` builds what it needs and says where it is.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

import { freePort, until } from "./waiting.mjs";

const RUNS = 5;
const FIRST_FIGURE_RUNS = 3;
// As the Overview names it (src/pages/overview/month.rs).
const FIRST_FIGURE = "adad:first-figure";
const ACCOUNT = "100217783";
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const CATEGORIES = ["performance", "accessibility", "best-practices"];

const { ADAD_BINARY, ADAD_PORTAL } = process.env;
const folder = mkdtempSync(join(tmpdir(), "adad-lighthouse-"));
const record = ["--database-url", `sqlite:${join(folder, "adad.db")}`];
execFileSync(ADAD_BINARY, ["seed", ...record], { stdio: "ignore" });

const listen = `127.0.0.1:${await freePort()}`;
const origin = `http://${listen}`;
const server = spawn(ADAD_BINARY, ["serve", "--demo", "--listen", listen, "--portal", ADAD_PORTAL, ...record]);
let printed = "";
server.stdout.on("data", (text) => (printed += text));
server.stderr.pipe(process.stderr);

try {
  const cookie = await signIn();
  const runs = [];
  for (let turn = 0; turn < RUNS; turn++) runs.push(await measure(cookie));
  const figure = await firstFigure(cookie);
  process.stdout.write(JSON.stringify({ ...medians(runs), firstFigureMs: figure }));
} finally {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}

async function signIn() {
  await until("the server", () => fetch(origin).catch(() => undefined));
  await post("/api/v1/sign-in/code", { account: ACCOUNT });
  const code = await until("a code", () => printed.match(new RegExp(`${ACCOUNT}: (\\d{6})`))?.[1]);
  const reply = await post("/api/v1/sign-in", { account: ACCOUNT, code });
  return reply.headers.get("set-cookie").match(/adad_session=[^;]+/)[0];
}

function post(path, body) {
  const headers = { "content-type": "application/json", origin };
  return fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** One run in a browser of its own, so that nothing is kept from the last. */
async function run(cookie, settings) {
  const chrome = await chromeLauncher.launch({ chromeFlags: FLAGS });
  try {
    const options = { port: chrome.port, output: "json", logLevel: "error", extraHeaders: { Cookie: cookie }, ...settings };
    const { lhr } = await lighthouse(`${origin}/`, options);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    await chrome.kill();
  }
}

async function measure(cookie) {
  const { categories, audits } = await run(cookie, { onlyCategories: CATEGORIES });
  tellFaults(categories, audits);
  return {
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)])),
    shift: audits["cumulative-layout-shift"].numericValue,
  };
}

/** To the console of whoever measures: what costs points outside performance. */
function tellFaults(categories, audits) {
  for (const name of CATEGORIES.slice(1)) {
    for (const { id, weight } of categories[name].auditRefs) {
      if (weight > 0 && audits[id].score === 0) process.stderr.write(`${name}: ${audits[id].title}\n`);
    }
  }
}

/** Milliseconds until the portal marks its first figure as painted, the line and the phone really slowed down. */
async function firstFigure(cookie) {
  const times = [];
  for (let turn = 0; turn < FIRST_FIGURE_RUNS; turn++) {
    const { audits } = await run(cookie, { onlyAudits: ["user-timings"], throttlingMethod: "devtools" });
    const mark = audits["user-timings"].details?.items.find(({ name }) => name === FIRST_FIGURE);
    if (!mark) throw new Error(`the portal set no mark ${FIRST_FIGURE}`);
    times.push(mark.startTime);
  }
  return Math.round(median(times));
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

function medians(runs) {
  return {
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, median(runs.map(({ scores }) => scores[name]))])),
    // To three decimals, as Lighthouse itself shows it.
    layoutShift: Math.max(...runs.map(({ shift }) => shift)).toFixed(3),
  };
}
