// What every journey starts with: a server, a reader's language, and a page that is watched.

import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { type Page, test as base, expect } from "@playwright/test";

import { BillPage } from "./pages/bill";
import { BillsPage } from "./pages/bills";
import { ComplaintPage } from "./pages/complaint";
import { ConsumptionPage } from "./pages/consumption";
import { Frame } from "./pages/frame";
import { HafezPage } from "./pages/hafez";
import { MeterFilePage } from "./pages/meter_file";
import { OverviewPage } from "./pages/overview";
import { OwnReadingPage } from "./pages/own_reading";
import { ProjectionPage } from "./pages/projection";
import { RuleForm } from "./pages/rule_form";
import { SettingsPage } from "./pages/settings";
import { SignInPage } from "./pages/sign_in";
import { Server } from "./server";
import { type Language, Words } from "./words";

export { expect };

export interface Options {
  language: Language;
}

/** What a page must never do; looked at when its test ends. */
export interface Watch {
  /** A fault that this test brings about itself. */
  expect(fault: RegExp): void;
}

interface Fixtures {
  words: Words;
  watch: Watch;
  /** Makes the browser that of a holder who has signed in. */
  signedInAs: (account: string) => Promise<void>;
  frame: Frame;
  signInPage: SignInPage;
  overview: OverviewPage;
  consumption: ConsumptionPage;
  bills: BillsPage;
  bill: BillPage;
  complaint: ComplaintPage;
  meterFile: MeterFilePage;
  ownReading: OwnReadingPage;
  hafez: HafezPage;
  projection: ProjectionPage;
  ruleForm: RuleForm;
  settings: SettingsPage;
}

interface WorkerFixtures {
  /** A file that changes what others look at names a record of its own: no other file runs on that server. */
  record: string;
  server: Server;
  /** Session cookies by account: signing in is limited, as it should be. */
  sessions: Map<string, string>;
}

// A visitor without a session is told so; the browser logs that answer by itself.
const NOBODY_SIGNED_IN = /status of 401 .*\/api\/v1\/session$/;
// The journeys look at what a canvas shows, again and again until it is there.
const PIXELS_READ = /willReadFrequently/;

/** A server alone, for what needs no browser. */
export const wire = base.extend<Options, WorkerFixtures>({
  language: ["ar", { option: true }],

  // Files of unlike options never share a worker, nor the server that belongs to it.
  record: ["demo", { option: true, scope: "worker" }],

  server: [
    async ({}, use, worker) => {
      const seeded = process.env.ADAD_SEEDED ?? "";
      // A folder of its own: the server keeps its head-end's key beside the record.
      const folder = join(dirname(seeded), `worker-${worker.workerIndex}`);
      mkdirSync(folder);
      const database = join(folder, "adad.db");
      copyFileSync(seeded, database);
      const server = await Server.start(database);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  sessions: [async ({}, use) => use(new Map()), { scope: "worker" }],
});

export const test = wire.extend<Fixtures>({
  baseURL: async ({ server }, use) => use(server.origin),

  words: async ({ language }, use) => use(new Words(language)),

  watch: [
    async ({ context, page, language, server }, use) => {
      const faults: string[] = [];
      const expected = [NOBODY_SIGNED_IN, PIXELS_READ];
      await context.addInitScript(chooseLanguage, language);
      watchPage(page, server.origin, faults);
      await use({ expect: (fault) => void expected.push(fault) });
      expect(faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],

  signedInAs: async ({ context, server, sessions }, use) => {
    await use(async (account) => {
      const session = sessions.get(account) ?? (await server.signIn(account));
      sessions.set(account, session);
      await context.addCookies([{ name: "adad_session", value: session, url: server.origin, httpOnly: true }]);
    });
  },

  frame: async ({ page, words }, use) => use(new Frame(page, words)),
  signInPage: async ({ page, words }, use) => use(new SignInPage(page, words)),
  overview: async ({ page, words }, use) => use(new OverviewPage(page, words)),
  consumption: async ({ page, words }, use) => use(new ConsumptionPage(page, words)),
  bills: async ({ page, words }, use) => use(new BillsPage(page, words)),
  bill: async ({ page, words }, use) => use(new BillPage(page, words)),
  complaint: async ({ page, words }, use) => use(new ComplaintPage(page, words)),
  meterFile: async ({ page, words }, use) => use(new MeterFilePage(page, words)),
  ownReading: async ({ page, words }, use) => use(new OwnReadingPage(page, words)),
  hafez: async ({ page, words }, use) => use(new HafezPage(page, words)),
  projection: async ({ page, words }, use) => use(new ProjectionPage(page, words)),
  ruleForm: async ({ page, words }, use) => use(new RuleForm(page, words)),
  settings: async ({ page, words }, use) => use(new SettingsPage(page, words)),
});

/** Arabic is the default, so only English is chosen, and only on a first visit. */
function chooseLanguage(language: string): void {
  const key = "adad.preferences";
  if (language !== "ar" && !localStorage.getItem(key)) {
    localStorage.setItem(key, JSON.stringify({ language, digits: "latin", theme: "auto" }));
  }
}

function watchPage(page: Page, origin: string, faults: string[]): void {
  page.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol !== "data:" && protocol !== "blob:") {
      faults.push(`left the origin: ${request.url()}`);
    }
  });
  // A breach of the content security policy is a console error too.
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      faults.push(`console ${message.type()}: ${message.text()} ${message.location().url}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
}
