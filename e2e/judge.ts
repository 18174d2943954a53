// What several journeys ask of a page and of an amount.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe-core objects to. */
export async function findings(page: Page): Promise<string[]> {
  // Colours that are on their way from one to another have the contrast of neither.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}

/** An amount in whole minor units. */
export function minor(amount: string): bigint {
  return BigInt(amount.replace(".", ""));
}

/** The sheets that a page is printed on. */
export async function printed(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
