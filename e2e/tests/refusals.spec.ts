// What the wire says to a caller that does not behave. No browser takes part.

import { request } from "node:http";

import { RIYADH, FLAT } from "../demo";
import { expect, wire } from "../fixtures";

interface Ask {
  method?: string;
  path: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  kind: string;
  body: string;
}

/** As a program would ask that keeps to no rules: fetch refuses to send some of this. */
function ask(origin: string, { method = "GET", path, body, headers }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(origin + path, { method, headers }, (reply) => {
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => parts.push(part));
      reply.on("end", () =>
        resolve({
          status: reply.statusCode ?? 0,
          kind: reply.headers["content-type"] ?? "",
          body: Buffer.concat(parts).toString(),
        }),
      );
      reply.on("close", () => asked.destroy());
    });
    asked.on("error", reject);
    // What is only announced is not sent: the answer comes before it.
    if (headers?.["content-length"]) asked.flushHeaders();
    else asked.end(body);
  });
}

const JSON_BODY = { "content-type": "application/json" };
const SECRET = "SECRET-OF-A-CUSTOMER";

const REFUSALS: [name: string, ask: Ask, status: number, code: string][] = [
  ["an unknown account", { path: "/api/v1/accounts/000000000/overview" }, 404, "account-not-found"],
  ["another holder's account", { path: `/api/v1/accounts/${RIYADH}/bills` }, 404, "account-not-found"],
  ["an account that is none", { path: "/api/v1/accounts/%00'--/bills" }, 404, "account-not-found"],
  ["a path that is no text", { path: "/api/v1/accounts/%ff/bills" }, 404, "not-found"],
  ["a bill that is none", { path: `/api/v1/accounts/${FLAT}/bills/..%2f..` }, 404, "not-found"],
  ["an unknown path", { path: "/api/v1/nothing" }, 404, "not-found"],
  ["the wrong method", { method: "DELETE", path: `/api/v1/accounts/${FLAT}/bills` }, 405, "method-not-allowed"],
  ["a body of the wrong kind", { method: "POST", path: "/api/v1/sign-in", body: "account=1" }, 415, "content-type"],
  ["no JSON", { method: "POST", path: "/api/v1/sign-in", headers: JSON_BODY, body: "{" }, 400, "body-malformed"],
  [
    "bytes that are no text",
    { method: "POST", path: "/api/v1/sign-in", headers: JSON_BODY, body: Buffer.from([0x22, 0xff, 0xfe, 0x22]) },
    400,
    "body-malformed",
  ],
  [
    "a value of the wrong type",
    { method: "POST", path: "/api/v1/sign-in", headers: JSON_BODY, body: `{"account":1,"code":"${SECRET}"}` },
    422,
    "value-invalid",
  ],
  [
    "an oversize body",
    { method: "POST", path: "/api/v1/sign-in", headers: { ...JSON_BODY, "content-length": String(2 << 20) } },
    413,
    "body-too-large",
  ],
  [
    "a page of another origin",
    {
      method: "POST",
      path: "/api/v1/sign-in/code",
      headers: { ...JSON_BODY, origin: "https://elsewhere.example" },
      body: `{"account":"${FLAT}"}`,
    },
    403,
    "foreign-origin",
  ],
  [
    "days that are none",
    { path: `/api/v1/accounts/${FLAT}/service-points/none/consumption?from=2026-02-30&to=x&step=week` },
    422,
    "value-invalid",
  ],
  [
    "readings without the head-end's key",
    { method: "POST", path: "/api/v1/readings", headers: JSON_BODY, body: '{"readings":[]}' },
    401,
    "key-wrong",
  ],
  [
    "an unknown rule",
    { method: "POST", path: "/api/v1/compute/nothing", headers: JSON_BODY, body: "{}" },
    404,
    "unknown-rule",
  ],
];

for (const [name, asked, status, code] of REFUSALS) {
  wire(`${name} is refused with ${status} ${code}, in both languages`, async ({ server, sessions }) => {
    const session = sessions.get(FLAT) ?? (await server.signIn(FLAT));
    sessions.set(FLAT, session);
    const headers = { ...asked.headers, cookie: `adad_session=${session}` };
    const answer = await ask(server.origin, { ...asked, headers });
    expect(answer.kind).toBe("application/problem+json");
    const problem = JSON.parse(answer.body);
    expect({ status: answer.status, code: problem.code }).toEqual({ status, code });
    expect(problem.status).toBe(status);
    expect(problem.type).toMatch(/^\w+:/);
    expect(problem.title).toBeTruthy();
    expect(problem.message.ar).toMatch(/^[\u0600-\u06ff«]/);
    expect(problem.message.en).toMatch(/^[A-Z0-9]/);
    expect(answer.body).not.toContain(SECRET);
    // Nothing of the caller's is kept in a log, and the server goes on.
    for (const secret of [session, SECRET, "panic"]) expect(server.console).not.toContain(secret);
    expect((await ask(server.origin, { path: "/healthz" })).status).toBe(200);
  });
}

wire("every route of an account asks for a session", async ({ server }) => {
  for (const path of ["overview", "bills", "bills/x", "live", "service-points/x/consumption"]) {
    const answer = await ask(server.origin, { path: `/api/v1/accounts/${FLAT}/${path}` });
    expect(answer.status, path).toBe(401);
    expect(JSON.parse(answer.body).code, path).toBe("sign-in-required");
  }
});
