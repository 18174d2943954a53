// Interval readings a second into a durable SQLite record over HTTP: batches of a thousand, one quarter of an hour of
// each of a thousand meters, sent by two connections. Beside it the same rows inserted bare, a thousand a transaction,
// with the same tables and the same `synchronous = full`, in the same run.

import { join } from "node:path";

import Database from "libsql";

import { onServer } from "./made_up_server.mjs";

const METERS = 1_000;
const BATCHES = 60;
const WARM_UP = 10;
const AT_ONCE = 2;
const SPAN_S = 900;

await onServer(METERS, async ({ folder, ask, now, meters }) => {
  const begins = now - (now % SPAN_S) - (WARM_UP + BATCHES) * SPAN_S;
  const batches = Array.from({ length: WARM_UP + BATCHES }, (_, at) =>
    meters.map(({ service_point }, meter) => ({
      service_point,
      start: begins + at * SPAN_S,
      seconds: SPAN_S,
      usage: `0.${String(100_000 + meter).padStart(6, "0")}`,
    })),
  );
  const bodies = batches.map((readings) => JSON.stringify({ readings }));
  const send = async (bodies) => {
    const left = bodies.values();
    const sender = async () => {
      for (const body of left) {
        const { added } = await ask("POST", "/api/v1/readings", body);
        if (added !== METERS) throw new Error(`${added} of ${METERS} readings were added`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
  };
  await send(bodies.slice(0, WARM_UP));
  const begun = performance.now();
  await send(bodies.slice(WARM_UP));
  const ours = perSecond(begun);
  return { ours, bare: bare(join(folder, "bare.db"), batches) };
});

function perSecond(begun) {
  return Math.round((BATCHES * METERS * 1000) / (performance.now() - begun));
}

function bare(file, batches) {
  const record = new Database(file);
  record.exec("pragma journal_mode = wal");
  record.exec("pragma synchronous = full");
  record.exec(
    "create table interval (service_point text not null, start bigint not null, seconds bigint not null, " +
      "usage bigint not null, quality text not null, sequence bigint not null, primary key (service_point, start))",
  );
  record.exec("create index interval_sequence on interval (service_point, sequence)");
  record.exec("create index interval_arrival on interval (sequence) where sequence > 0");
  const insert = record.prepare("insert into interval values (?, ?, ?, ?, 'actual', ?)");
  let sequence = 0;
  const add = record.transaction((readings) => {
    for (const { service_point, start, seconds, usage } of readings) {
      sequence += 1;
      insert.run(service_point, start, seconds, Math.round(Number(usage) * 1e6), sequence);
    }
  });
  batches.slice(0, WARM_UP).forEach((readings) => add(readings));
  const begun = performance.now();
  batches.slice(WARM_UP).forEach((readings) => add(readings));
  const speed = perSecond(begun);
  record.close();
  return speed;
}
