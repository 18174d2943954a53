import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class HafezPage {
  readonly total: Locator;
  readonly months: Locator;
  readonly join: Locator;
  readonly leave: Locator;

  constructor(
    private readonly page: Page,
    words: Words,
  ) {
    this.total = page.locator(".hafez-total");
    // The last row is their sum.
    this.months = page.locator(".hafez-month:not(.hafez-month--total)");
    this.join = page.getByRole("button", { name: words.say("hafez_join") });
    this.leave = page.getByRole("button", { name: words.say("hafez_leave") });
  }

  async open(): Promise<void> {
    await this.page.goto("/hafez");
  }
}
