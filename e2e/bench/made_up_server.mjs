// A server for release over made-up accounts with digital meters, for the benches that feed it.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort, until } from "./waiting.mjs";

/** Runs `measure` on a server with `accounts` made-up accounts, and prints what it gives as JSON. */
export async function onServer(accounts, measure) {
  const folder = mkdtempSync(join(tmpdir(), "adad-bench-"));
  const database = join(folder, "adad.db");
  const record = ["--database-url", `sqlite:${database}`];
  execFileSync(process.env.ADAD_BINARY, ["seed", "--accounts", `${accounts}`, "--digital", ...record], { stdio: "ignore" });
  const listen = `127.0.0.1:${await freePort()}`;
  const server = spawn(process.env.ADAD_BINARY, ["serve", "--demo", "--listen", listen, ...record]);
  let printed = "";
  server.stdout.on("data", (text) => (printed += text));
  server.stderr.on("data", (text) => (printed += text));
  const origin = `http://${listen}`;
  try {
    await until("the server", () => fetch(`${origin}/healthz`).then((reply) => reply.ok, () => false));
    const key = readFileSync(join(folder, "head-end.key"), "utf8").trim();
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const ask = async (method, path, body) => {
      const reply = await fetch(origin + path, { method, headers, body });
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
      return reply.json();
    };
    const { now, meters } = await ask("GET", "/api/v1/meters");
    const made = meters.filter(({ account }) => account.startsWith("9"));
    const figures = await measure({ origin, folder, pid: server.pid, ask, now, meters: made, console: () => printed });
    process.stdout.write(JSON.stringify(figures));
  } finally {
    server.kill("SIGTERM");
    await new Promise((resolve) => server.once("exit", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}
