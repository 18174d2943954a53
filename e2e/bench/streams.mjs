// Two thousand open live streams on one process: what each takes of its memory, and how long until one event has
// reached all. An account has at most 32 streams, so they are of 63 accounts that one holder has.

import { readFileSync } from "node:fs";
import { Agent, get } from "node:http";

import { onServer } from "./made_up_server.mjs";
import { until } from "./waiting.mjs";

const STREAMS = 2_000;
const OF_AN_ACCOUNT = 32;
const ACCOUNTS = Math.ceil(STREAMS / OF_AN_ACCOUNT);
/** At a time, so that the backlog of new connections does not overflow. */
const OPENED_AT_ONCE = 50;
const ROUNDS = 5;

await onServer(ACCOUNTS, async (server) => {
  const cookie = await signIn(server);
  // The newest reading of each meter is what a stream begins with.
  await feed(server, -20);
  const before = resident(server.pid);
  const streams = [];
  for (let at = 0; at < STREAMS; at += OPENED_AT_ONCE) {
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, STREAMS - at) }, (_, next) =>
      open(server, cookie, server.meters[Math.floor((at + next) / OF_AN_ACCOUNT)].account),
    );
    streams.push(...(await Promise.all(some)));
  }
  await until("the first event of each stream", () => streams.every((stream) => stream.events >= 1));
  const after = resident(server.pid);
  const reached = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const begun = performance.now();
    await feed(server, -20 + round);
    await until("an event on all streams", () => streams.every((stream) => stream.events >= 1 + round));
    reached.push(Math.round(Math.max(...streams.map((stream) => stream.last)) - begun));
  }
  streams.forEach((stream) => stream.request.destroy());
  const worst = Math.max(...reached);
  return { streams: STREAMS, bytesEach: Math.round((after - before) / STREAMS), reachedMs: worst };
});

async function signIn({ origin, meters, console }) {
  const account = meters[0].account;
  const post = (path, body) =>
    fetch(origin + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  await post("/api/v1/sign-in/code", { account });
  const code = await until("a code", () => console().match(new RegExp(`${account}: (\\d{6})`))?.[1]);
  const reply = await post("/api/v1/sign-in", { account, code });
  return reply.headers.get("set-cookie").split(";")[0];
}

/** One second of each meter, `at` seconds from the server's time. */
function feed({ ask, now, meters }, at) {
  const readings = meters.map(({ service_point }) => ({ service_point, start: now + at, seconds: 1, usage: "0.001" }));
  return ask("POST", "/api/v1/readings", JSON.stringify({ readings }));
}

function open({ origin }, cookie, account) {
  return new Promise((resolve, reject) => {
    const stream = { events: 0, last: 0 };
    const address = `${origin}/api/v1/accounts/${account}/live`;
    stream.request = get(address, { agent: new Agent({ keepAlive: false }), headers: { cookie } }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`${address}: ${reply.statusCode}`));
      reply.on("error", () => {});
      reply.setEncoding("utf8");
      reply.on("data", (text) => {
        stream.events += text.split("event: reading").length - 1;
        stream.last = performance.now();
      });
      resolve(stream);
    });
    stream.request.on("error", reject);
  });
}

/** Bytes of the process in memory. */
function resident(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) * 1024;
}
