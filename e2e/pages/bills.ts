import type { Locator, Page } from "@playwright/test";

export class BillsPage {
  /** One a bill, the latest first. */
  readonly bills: Locator;

  constructor(private readonly page: Page, _words: unknown) {
    this.bills = page.getByRole("main").locator('a[href^="/bills/"]');
  }

  async open(): Promise<void> {
    await this.page.goto("/bills");
    await this.bills.first().waitFor();
  }
}
