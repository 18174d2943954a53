// The Overview's request over a record of a hundred thousand accounts with a year of daily readings, asked by wrk for
// accounts in no order, once the bills of the month are made; beside it a fixed body of the same size from the same
// server, in the same run. Then payments from their start to their receipt, through the sandbox gateway. Once more with
// fewer accounts on PostgreSQL, if ADAD_BENCH_POSTGRES_URL names one.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import Database from "libsql";

import { withServer } from "./made_up_server.mjs";

const ON_SQLITE = Number(process.env.ADAD_BENCH_ACCOUNTS ?? 100_000);
const ON_POSTGRES = 10_000;
const FIRST = 900_000_000;
const DAYS = 365;
const SECONDS = 15;
const CONNECTIONS = 32;
const PAYMENTS = 200;
const AT_ONCE = 4;

const token = (account) => `bench-${account}`;
const account = (at) => `${FIRST + at}`;

/** A year of days of each made-up account, up to yesterday, as what its meter reported and as its sums. */
function year(today) {
  const days = `(with recursive d(day) as (select ${today - DAYS} union all select day + 1 from d where day < ${today - 1}) select day from d)`;
  const use = "5000000 + (d.day * 7919 + cast(s.facility as bigint) * 104729) % 40000000";
  const made = `from service_point s cross join ${days} d where s.facility >= '${FIRST}' and s.facility < '${FIRST + 99_999_999}'`;
  // Local midnight, three hours before UTC's.
  const start = "d.day * 86400 - 10800";
  const sequence = `(cast(s.facility as bigint) - ${FIRST}) * ${DAYS} + d.day - ${today - DAYS} + 1`;
  // The first row's days before the first that is known.
  const first = today - DAYS;
  const before = `case when day / 32 = ${Math.floor(first / 32)} then '${",".repeat(first % 32)}' else '' end`;
  return [
    `insert into daily_use (service_point, stretch, days) select id, day / 32, ${before} || string_agg(cast(used as text), ',' order by day) from (select s.id, d.day, ${use} as used ${made}) u group by id, day / 32`,
    `insert into interval (service_point, start, seconds, usage, quality, sequence) select s.id, ${start}, 86400, ${use}, 'actual', ${sequence} ${made}`,
  ];
}

/** Every account belongs to a holder of its own, who is signed in; the look at all accounts is another server's. */
function people(until) {
  return [
    `insert into holder (id, name_ar, name_en, citizen) select 'of ' || id, 'صاحب حساب', 'A holder', 0 from account where id >= '${FIRST}' and id < '${FIRST + 99_999_999}'`,
    `update account set holder = 'of ' || id where id >= '${FIRST}' and id < '${FIRST + 99_999_999}'`,
    `insert into lease (name, holder, ends_at) values ('watch', 'another server', ${until})`,
  ];
}

function sessions(accounts, until) {
  const row = (at) => {
    const hash = createHash("sha256").update(token(account(at))).digest("hex");
    return `('${hash}', 'of ${account(at)}', '${account(at)}', ${until})`;
  };
  const rows = Array.from({ length: accounts }, (_, at) => row(at));
  const inserts = [];
  while (rows.length) inserts.push(`insert into session (token_hash, holder, account, ends_at) values ${rows.splice(0, 500)}`);
  return inserts;
}

function prepare(accounts) {
  return ({ folder, database }) => {
    const ahead = "select value from setting where name = 'demo_ahead_s'";
    const write = database.startsWith("sqlite:") ? onSqlite(database.slice("sqlite:".length)) : onPostgres(database);
    const now = Math.floor(Date.now() / 1000) + Number(write.read(ahead) || 0);
    const today = Math.floor((now + 10_800) / 86_400);
    for (const sql of [...people(now + 86_400), ...sessions(accounts, now + 43_200), ...year(today)]) write.run(sql);
    // A server that finds a period without its bills makes them, for as long as all that is measured here takes. They
    // are issued on the 28th.
    const month = new Date((today - 27) * 86_400_000).toISOString().slice(0, 7);
    execFileSync(process.env.ADAD_BINARY, ["bill-run", "--period", month, "--database-url", database], { stdio: "ignore" });
    write.close();
    const portal = join(folder, "portal");
    mkdirSync(portal);
    writeFileSync(join(portal, "index.html"), "<!doctype html><title>bench</title>");
    return portal;
  };
}

function onSqlite(file) {
  const record = new Database(file);
  record.exec("pragma synchronous = off");
  record.exec("pragma cache_size = -262144");
  return {
    read: (sql) => record.prepare(sql).raw().get()?.[0],
    run: (sql) => record.exec(sql),
    close: () => {
      record.exec("pragma wal_checkpoint(truncate)");
      record.close();
    },
  };
}

function onPostgres(url) {
  const psql = (...words) => execFileSync("psql", ["-qAtX", "-v", "ON_ERROR_STOP=1", ...words, url], { encoding: "utf8" }).trim();
  return {
    read: (sql) => psql("-c", sql),
    run: (sql) => psql("-c", sql),
    close: () => psql("-c", "vacuum analyze"),
  };
}

/** What wrk tells: requests a second, and the 99th percentile in milliseconds. */
function wrk(folder, address, script, connections = CONNECTIONS) {
  const file = join(folder, "ask.lua");
  writeFileSync(file, script);
  const words = ["-t", "1", "-c", `${connections}`, "-d", `${SECONDS}s`, "--latency", "-s", file, address];
  const told = execFileSync("wrk", words, { encoding: "utf8" });
  const failed = told.match(/Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)/);
  if (failed) throw new Error(told);
  const [, p99, unit] = told.match(/99%\s+([\d.]+)(us|ms|s)/);
  const perSecond = Number(told.match(/Requests\/sec:\s+([\d.]+)/)[1]);
  return { perSecond: Math.round(perSecond), p99: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit] };
}

/** Asks for accounts in no order, each with its holder's cookie; waits `wait` milliseconds before each request. */
const asking = (accounts, wait = 0) => `
math.randomseed(20261128)
function request()
  local id = ${FIRST} + math.random(0, ${accounts - 1})
  return wrk.format("GET", "/api/v1/accounts/" .. id .. "/overview", { cookie = "adad_session=bench-" .. id })
end
${wait ? `function delay() return ${wait} end` : ""}
`;

const cookie = (id) => ({ cookie: `adad_session=${token(id)}` });

/** Milliseconds from the start of each of so many payments until it is settled, in order. */
async function payments({ origin }) {
  const took = [];
  const json = async (reply) => {
    if (!reply.ok) throw new Error(`${reply.url}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
  const pay = async (at) => {
    const id = account(at * 2);
    const begun = performance.now();
    const order = { request_id: "bench", amount: "1.000", ahead: true, bills: [], payer: "", language: "en" };
    const headers = { ...cookie(id), "content-type": "application/json" };
    const body = JSON.stringify(order);
    const { payment, page } = await fetch(`${origin}/api/v1/accounts/${id}/payments`, { method: "POST", headers, body }).then(json);
    const trandata = page.match(/trandata=([^&]*)/)[1];
    const paid = await fetch(`${new URL(page).origin}/kpg/pay`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `trandata=${trandata}&result=CAPTURED&manner=once`,
      redirect: "manual",
    });
    await paid.arrayBuffer();
    const { state } = await fetch(`${origin}/api/v1/payments/${payment}`).then(json);
    took.push(performance.now() - begun);
    if (state !== "captured") throw new Error(`a payment is ${state}`);
  };
  const left = Array.from({ length: PAYMENTS }, (_, at) => at).values();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (const at of left) await pay(at); }));
  return took.sort((one, other) => one - other)[Math.ceil(PAYMENTS * 0.99) - 1];
}

async function measure(accounts, url) {
  const bodyOf = ({ origin }) => fetch(`${origin}/api/v1/accounts/${account(0)}/overview`, { headers: cookie(account(0)) });
  const size = await withServer({ accounts: 1, prepare: prepare(1) }, async (server) => (await bodyOf(server).then((r) => r.arrayBuffer())).byteLength);
  const all = prepare(accounts);
  const withFixed = async (of) => {
    const portal = await all(of);
    writeFileSync(join(portal, "fixed.json"), "x".repeat(size));
    return portal;
  };
  return withServer({ accounts, url, prepare: withFixed }, async (server) => {
    const { origin, folder } = server;
    // Gigabytes were just written: the system has them on the disk before anything is measured.
    execFileSync("sync");
    wrk(folder, origin, asking(accounts));
    const fixed = wrk(folder, `${origin}/fixed.json`, "");
    const overview = wrk(folder, origin, asking(accounts));
    const half = wrk(folder, origin, asking(accounts, Math.round((CONNECTIONS * 2000) / overview.perSecond)));
    const paid = await payments(server);
    return { accounts, size, fixed: fixed.perSecond, overview: overview.perSecond, half: half.perSecond, p99: half.p99, paid };
  });
}

const sqlite = await measure(ON_SQLITE);
const url = process.env.ADAD_BENCH_POSTGRES_URL;
process.stdout.write(JSON.stringify({ sqlite, postgres: url ? await measure(ON_POSTGRES, url) : null }));
