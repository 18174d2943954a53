import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export type Span = "consumption_day" | "consumption_month" | "consumption_year";
export type Commodity = "commodity_electricity" | "commodity_water";

export class ConsumptionPage {
  readonly chart: Locator;
  readonly table: Locator;
  readonly previous: Locator;
  readonly next: Locator;

  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {
    this.chart = page.getByRole("main").getByRole("img");
    this.table = page.getByRole("main").getByRole("table");
    this.previous = page.getByRole("button", { name: words.say("consumption_previous") });
    this.next = page.getByRole("button", { name: words.say("consumption_next") });
  }

  async open(): Promise<void> {
    await this.page.goto("/consumption");
    await this.chart.first().waitFor();
  }

  async show(key: Span | Commodity | "consumption_as_table" | "consumption_as_chart"): Promise<void> {
    await this.page.getByRole("radio", { name: this.words.say(key), exact: true }).check({ force: true });
  }
}
