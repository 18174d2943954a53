// A server for release over made-up accounts with digital meters, for the benches that ask and feed it.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { freePort, until } from "./waiting.mjs";

/** Runs `measure` on a server with `accounts` made-up accounts, and prints what it gives as JSON. */
export async function onServer(accounts, measure) {
  const figures = await withServer({ accounts }, async ({ origin, folder, pid, console }) => {
    const key = readFileSync(join(folder, "head-end.key"), "utf8").trim();
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const ask = async (method, path, body) => {
      const reply = await fetch(origin + path, { method, headers, body });
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
      return reply.json();
    };
    const { now, meters } = await ask("GET", "/api/v1/meters");
    const made = meters.filter(({ account }) => account.startsWith("9"));
    return measure({ origin, folder, pid, ask, now, meters: made, console });
  });
  process.stdout.write(JSON.stringify(figures));
}

/**
 * What `measure` gives of a server with `accounts` made-up accounts, once `prepare` has worked on its record: the database
 * at `url`, else SQLite.
 */
export async function withServer({ accounts, url, prepare = () => {} }, measure) {
  const folder = mkdtempSync(join(tmpdir(), "adad-bench-"));
  const database = url ?? `sqlite:${join(folder, "adad.db")}`;
  const record = ["--database-url", database];
  let server;
  try {
    execFileSync(process.env.ADAD_BINARY, ["seed", "--accounts", `${accounts}`, "--digital", ...record], { stdio: "ignore" });
    const portal = await prepare({ folder, database });
    const listen = `127.0.0.1:${await freePort()}`;
    const words = ["serve", "--demo", "--listen", listen, ...record, ...(portal ? ["--portal", portal] : [])];
    // Beside SQLite's file it lies by itself.
    const env = { ...process.env, ADAD_HEAD_END_KEY_FILE: join(folder, "head-end.key") };
    // In the folder that goes away: what it writes beside no file of the database lies where it is started.
    server = spawn(resolve(process.env.ADAD_BINARY), words, { env, cwd: folder });
    let printed = "";
    server.stdout.on("data", (text) => (printed += text));
    server.stderr.on("data", (text) => (printed += text));
    const origin = `http://${listen}`;
    await until("the server", () => fetch(`${origin}/healthz`).then((reply) => reply.ok, () => false));
    return await measure({ origin, folder, pid: server.pid, console: () => printed });
  } finally {
    server?.kill("SIGTERM");
    if (server) await new Promise((resolve) => server.once("exit", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}
