import type { Page } from "@playwright/test";

import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import { Words } from "../words";

const ARABIC = { language: "ar", direction: "rtl", own: "العربية" } as const;
const ENGLISH = { language: "en", direction: "ltr", own: "English" } as const;

/** A page that was loaded again has lost what was left in its window. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { journeyMark: "left" }));
}

async function marked(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as unknown as { journeyMark?: string }).journeyMark);
}

test("language and digits change where they stand, and are kept @english", async ({
  page,
  language,
  settings,
  frame,
  overview,
  signedInAs,
}) => {
  const [from, to] = language === "ar" ? [ARABIC, ENGLISH] : [ENGLISH, ARABIC];
  const [words, others] = [new Words(from.language), new Words(to.language)];
  const root = page.locator("html");
  await signedInAs(FLAT);
  await settings.open();
  await mark(page);
  await expect(root).toHaveAttribute("lang", from.language);
  await expect(root).toHaveAttribute("dir", from.direction);
  await expect(frame.named("nav_settings")).toBeVisible();

  await settings.choose(to.own);
  await expect(root).toHaveAttribute("lang", to.language);
  await expect(root).toHaveAttribute("dir", to.direction);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(others.say("nav_settings"));
  await expect(page).toHaveTitle(others.match("page_title", { page: others.say("nav_settings") }));
  await expect(page.getByText(words.say("settings_sign_out"))).toHaveCount(0);

  await settings.choose("١٢٣");
  await page.getByRole("link", { name: others.say("nav_overview"), exact: true }).click();
  const due = page.locator("section", { has: page.getByRole("heading", { name: others.say("overview_due_title"), exact: true, level: 2 }) }).last();
  await expect(due).toContainText(/[٠-٩]+٫[٠-٩]{3}/);
  await expect(page.getByRole("main")).not.toContainText(/[0-9]+\.[0-9]{3}/);
  expect(await marked(page)).toBe("left");

  await page.reload();
  await expect(root).toHaveAttribute("lang", to.language);
  await expect(due).toContainText(/[٠-٩]+٫[٠-٩]{3}/);
  await page.getByRole("link", { name: others.say("nav_more"), exact: true }).click();
  await settings.choose(from.own);
  await settings.choose("123");
  await frame.way("nav_overview").click();
  await expect(overview.due).toContainText(/[0-9]+\.[0-9]{3}/);
});

test("the theme that is chosen goes before the device's", async ({ page, settings, words, signedInAs }) => {
  const luminance = () =>
    page.evaluate(() => {
      const channels = getComputedStyle(document.documentElement).backgroundColor.match(/[\d.]+/g) ?? [];
      return channels.slice(0, 3).reduce((sum, channel) => sum + Number(channel), 0) / (3 * 255);
    });
  await signedInAs(FLAT);
  await page.emulateMedia({ colorScheme: "light" });
  await settings.open();
  expect(await luminance()).toBeGreaterThan(0.8);
  await settings.choose(words.say("settings_theme_dark"));
  await expect.poll(luminance).toBeLessThan(0.2);
  await page.reload();
  await settings.signOut.waitFor();
  expect(await luminance()).toBeLessThan(0.2);

  await page.emulateMedia({ colorScheme: "dark" });
  await settings.choose(words.say("settings_theme_light"));
  await expect.poll(luminance).toBeGreaterThan(0.8);
  await settings.choose(words.say("settings_theme_system"));
  await expect.poll(luminance).toBeLessThan(0.2);
});
