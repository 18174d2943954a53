import { DEBTOR, FLAT, HAWALLI, HOUSE, RIYADH } from "../demo";
import { expect, test } from "../fixtures";
import { findings } from "../judge";
import { asFile, madeUpFile } from "../made_up";

const PAGES = [
  "/",
  "/alerts",
  "/consumption",
  "/pay",
  "/pay/channels",
  "/pay/links",
  "/pay/receipts",
  "/debt",
  "/hafez",
  "/bills",
  "/complaints",
  `/complaints/new?bill=${FLAT}-2026-08`,
  "/complaints/new?kind=meter-test",
  "/prepaid",
  "/projection",
  "/readings/new",
  "/meter",
  "/split",
  "/tools",
  "/tools/schedules",
  "/tools/tier-limits",
  "/tools/meter-accuracy",
  "/tools/instalments",
  "/tools/unmetered",
  "/tools/meter-file",
  "/settings",
  "/no/such/page",
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`${colorScheme} @english`, () => {
    test.beforeEach(({ page }) => page.emulateMedia({ colorScheme, reducedMotion: "reduce" }));

    for (const path of PAGES) {
      test(`${path} has nothing that axe-core objects to`, async ({ page, frame, signedInAs }) => {
        await signedInAs(FLAT);
        await page.goto(path);
        await frame.settled();
        expect(await findings(page)).toEqual([]);
      });
    }

    for (const [path, account] of [
      ["/debt", DEBTOR],
      ["/hafez", HOUSE],
      ["/prepaid", HAWALLI],
      [`/complaints/new?bill=${RIYADH}-2026-08`, RIYADH],
      ["/settings/medical-need", RIYADH],
    ] as const) {
      test(`${path} with its figures has nothing that axe-core objects to`, async ({ page, frame, signedInAs }) => {
        await signedInAs(account);
        await page.goto(path);
        await frame.settled();
        expect(await findings(page)).toEqual([]);
      });
    }

    test("a meter with events has nothing that axe-core objects to", async ({ page, frame, server, signedInAs }) => {
      await signedInAs(FLAT);
      const { now } = await server.asHeadEnd<{ now: number }>("GET", "/api/v1/meters");
      const event = (id: string, what: object) => ({ id: `${id}-${colorScheme}`, service_point: "salmiya-electricity", at: now - 60, what });
      const events = [event("tamper", { kind: "tamper" }), event("high", { kind: "voltage-high", volts: "271.5" }), event("steady", { kind: "voltage-steady" })];
      await server.asHeadEnd("POST", "/api/v1/meter-events", { events });
      await page.goto("/meter");
      await frame.settled();
      expect(await findings(page)).toEqual([]);
    });

    test("a bill with an open line has nothing that axe-core objects to", async ({ page, bills, bill, frame, signedInAs }) => {
      await signedInAs(FLAT);
      await bills.open();
      await bills.bills.first().click();
      await bill.lines.first().locator("summary").click();
      await bill.lines.first().locator(".working__result").first().waitFor();
      await frame.settled();
      expect(await findings(page)).toEqual([]);
    });

    test("a table and a meter file have nothing that axe-core objects to", async ({
      page,
      consumption,
      meterFile,
      signedInAs,
      words,
    }) => {
      await signedInAs(FLAT);
      await consumption.open();
      await consumption.choose("consumption_table");
      await consumption.table.waitFor();
      expect(await findings(page)).toEqual([]);
      await meterFile.open();
      await meterFile.choose.setInputFiles(asFile(madeUpFile([1500, 250])));
      await expect(meterFile.content).toContainText(words.say("meter_file_priced"));
      expect(await findings(page)).toEqual([]);
    });

    test("the curve of a year has nothing that axe-core objects to", async ({ page, consumption, signedInAs }) => {
      await signedInAs(FLAT);
      await consumption.open();
      await consumption.choose("consumption_curve");
      await consumption.bar.focus();
      await page.keyboard.press("+");
      await page.locator("canvas").waitFor();
      expect(await findings(page)).toEqual([]);
    });

    test("a calculator with its working open and a field refused has nothing that axe-core objects to", async ({ page, ruleForm }) => {
      await ruleForm.open("/tools/meter-accuracy");
      await ruleForm.answer.locator("summary").first().click();
      await ruleForm.answer.locator(".working__result").first().waitFor();
      expect(await findings(page)).toEqual([]);
      await ruleForm.field("recorded").fill("x");
      await page.getByRole("alert").first().waitFor();
      expect(await findings(page)).toEqual([]);
    });

    test("sign-in has nothing that axe-core objects to, with an error shown too", async ({ page, signInPage }) => {
      await signInPage.open();
      expect(await findings(page)).toEqual([]);
      await signInPage.askForCode("ABC");
      await page.getByRole("alert").first().waitFor();
      expect(await findings(page)).toEqual([]);
    });
  });
}

test("with more contrast asked for, axe-core objects to nothing", async ({ page, frame, signedInAs }) => {
  // Every page in one test.
  test.slow();
  await page.emulateMedia({ contrast: "more", reducedMotion: "reduce" });
  await signedInAs(FLAT);
  for (const path of PAGES) {
    await page.goto(path);
    await frame.settled();
    expect(await findings(page), path).toEqual([]);
  }
});

test("the keyboard alone reaches the content, every way, and each page's heading @english", async ({
  page,
  frame,
  overview,
  signedInAs,
}) => {
  await signedInAs(FLAT);
  await overview.open();
  await frame.settled();
  // Whoever opens the portal begins at its beginning.
  await page.keyboard.press("Tab");
  await expect(frame.skipLink).toBeFocused();
  await expect(frame.skipLink).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(frame.content).toBeFocused();

  await frame.skipLink.focus();
  const ways = ["nav_overview", "nav_consumption", "nav_bills", "nav_pay", "nav_more"] as const;
  const reached: string[] = [];
  for (let presses = 0; presses < 8 && reached.length < ways.length; presses += 1) {
    await page.keyboard.press("Tab");
    for (const way of ways) {
      if (await frame.way(way).evaluate((link) => link === document.activeElement)) reached.push(way);
    }
  }
  expect(reached).toEqual(ways);

  for (const [way, title] of [
    ["nav_bills", "nav_bills"],
    ["nav_consumption", "nav_consumption"],
    ["nav_more", "nav_settings"],
  ] as const) {
    await frame.way(way).focus();
    await page.keyboard.press("Enter");
    await expect(frame.named(title)).toBeFocused();
  }
});

test("a bill's line opens with the keyboard", async ({ page, bills, bill, signedInAs }) => {
  await signedInAs(FLAT);
  await bills.open();
  await bills.bills.first().focus();
  await page.keyboard.press("Enter");
  const head = bill.lines.first().locator("summary");
  await head.focus();
  await page.keyboard.press("Enter");
  await expect(bill.lines.first()).toHaveAttribute("open", "");
});
