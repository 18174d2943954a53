// The server under test: the real binary on a database of its own.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";

import Database from "libsql";

const ROOT = join(__dirname, "..");
export const BINARY = process.env.ADAD_BINARY ?? join(ROOT, "target", "debug", "adad");
export const PORTAL = process.env.ADAD_PORTAL ?? join(ROOT, "dist");

const PATIENCE_MS = 60_000;

export class Server {
  /** All that the server has printed. */
  console = "";

  private constructor(
    readonly origin: string,
    readonly database: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(database: string): Promise<Server> {
    for (const path of [BINARY, PORTAL, database]) {
      if (!existsSync(path)) throw new Error(`${path} is missing`);
    }
    const listen = `127.0.0.1:${await freePort()}`;
    const args = ["serve", "--demo", "--sign-in-codes", "100", "--listen", listen, "--database-url", `sqlite:${database}`, "--portal", PORTAL];
    const process = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
    const server = new Server(`http://${listen}`, database, process);
    process.stdout.on("data", (text) => (server.console += text));
    process.stderr.on("data", (text) => (server.console += text));
    await server.answers();
    return server;
  }

  async stop(): Promise<void> {
    await ended(this.process);
  }

  /** The one-time code that is printed for `account` after `before` characters of the console. */
  async codeFor(account: string, before: number): Promise<string> {
    return until(`a code for ${account}`, () => {
      const lines = this.console.slice(before).split("\n").slice(0, -1);
      const line = lines.findLast((line) => line.includes(account));
      return line?.replace(account, "").match(/\b\d{6}\b/)?.[0];
    });
  }

  /** Signs in without a browser; gives the session's cookie. */
  async signIn(account: string): Promise<string> {
    const before = this.console.length;
    await this.post("/api/v1/sign-in/code", { account });
    const code = await this.codeFor(account, before);
    const reply = await this.post("/api/v1/sign-in", { account, code });
    const cookie = reply.headers.get("set-cookie")?.match(/adad_session=([^;]+)/)?.[1];
    if (!cookie) throw new Error(`signing in as ${account}: ${reply.status} ${await reply.text()}`);
    return cookie;
  }

  /** Readings into this server, as from a meter. Ends with the function that is returned. */
  feed(account: string, ...more: string[]): () => Promise<void> {
    const args = ["feed", "--account", account, "--server", this.origin, "--database-url", `sqlite:${this.database}`];
    const feeding = spawn(BINARY, [...args, ...more], { stdio: ["ignore", "pipe", "pipe"] });
    feeding.stderr.on("data", (text) => (this.console += text));
    return () => ended(feeding);
  }

  /** Speaks as the head-end does, with the key that lies beside the record. */
  async asHeadEnd<T>(method: string, path: string, body?: object): Promise<T> {
    const key = readFileSync(join(dirname(this.database), "head-end.key"), "utf8").trim();
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const reply = await fetch(this.origin + path, { method, headers, body: body && JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  }

  /** What staff do from the command line, on this server's record; gives what is printed. */
  adad(...words: string[]): string {
    const env = { ...process.env, ADAD_DATABASE_URL: `sqlite:${this.database}` };
    return execFileSync(BINARY, words, { encoding: "utf8", env });
  }

  /** Takes a step of a complaint, as the staff do. */
  asStaff(complaint: string, ...step: string[]): void {
    this.adad("case", "step", "--complaint", complaint, "--by", "هدى", ...step);
  }

  /** Takes a complaint up and has its meter tested. */
  orderTest(complaint: string, trigger: "customer-asked" | "implausible-bill"): void {
    this.asStaff(complaint, "take-up");
    this.asStaff(complaint, "order-test", "--trigger", trigger);
  }

  /** The meter is 5 % off since 28 May, and the complaint is accepted for it. */
  acceptAfterTest(complaint: string, result: "fast" | "slow"): void {
    const tested = ["--on", "2026-09-18", "--result", result, "--error-percent", "5", "--since", "2026-05-28"];
    this.asStaff(complaint, "enter-test", ...tested);
    this.asStaff(complaint, "accept");
  }

  /** The record, open beside the server. */
  record<T>(use: (record: Database.Database) => T): T {
    const record = new Database(this.database);
    try {
      record.pragma("busy_timeout = 5000");
      return use(record);
    } finally {
      record.close();
    }
  }

  private post(path: string, body: object): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return fetch(this.origin + path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  private async answers(): Promise<void> {
    await until(`an answer of ${BINARY}; it says: ${this.console}`, async () => {
      if (this.process.exitCode !== null) throw new Error(`the server ended: ${this.console}`);
      const health = await fetch(`${this.origin}/healthz`).catch(() => undefined);
      return health?.ok || undefined;
    });
  }
}

/** Asks until there is an answer. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    process.once("exit", () => resolve());
    process.kill("SIGTERM");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}
