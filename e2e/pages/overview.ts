import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class OverviewPage {
  readonly due: Locator;
  readonly now: Locator;
  readonly month: Locator;
  readonly explain: Locator;
  readonly seal: Locator;

  constructor(
    private readonly page: Page,
    words: Words,
  ) {
    const card = (key: string) => {
      const heading = page.getByRole("heading", { level: 2, name: words.say(key), exact: true });
      return page.locator("section, .card").filter({ has: heading }).last();
    };
    this.due = card("overview_due_title");
    this.now = card("consumption_power_now");
    this.month = card("overview_month_title");
    this.explain = this.due.getByRole("link", { name: words.say("overview_explain") });
    this.seal = this.due.getByRole("status");
  }

  async open(): Promise<void> {
    await this.page.goto("/");
    await this.due.waitFor();
  }
}
