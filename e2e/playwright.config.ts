import { defineConfig } from "@playwright/test";

import type { Options } from "./fixtures";

// Software drawing, nothing asked of the network but the portal, and no sandbox, which root cannot have.
const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-quic",
  "--no-first-run",
];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

export default defineConfig<Options>({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./seed.ts",
  workers: 2,
  // A worker has a server and a database of its own, so files can run side by side; a file's tests run in turn.
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Each by its name, so that what was skipped is named too.
  reporter: [["list"]],
  use: {
    launchOptions: {
      executablePath: process.env.ADAD_CHROMIUM ?? "/usr/bin/chromium",
      args: BROWSER_FLAGS,
    },
    timezoneId: "Asia/Kuwait",
    trace: "retain-on-failure",
  },
  projects: [
    {
      name: "phone",
      use: { language: "ar", viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2, locale: "ar-KW" },
    },
    {
      name: "desktop",
      // What is seen in English too is marked so.
      grep: /@english/,
      use: { language: "en", viewport: DESKTOP, locale: "en-GB" },
    },
  ],
});
