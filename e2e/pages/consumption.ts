import { expect, type Locator, type Page } from "@playwright/test";

import type { Words } from "../words";

type Choice =
  | `consumption_${"day" | "month" | "year" | "years" | "chart" | "curve" | "table"}`
  | `commodity_${"electricity" | "water"}`;

export class ConsumptionPage {
  readonly content: Locator;
  /** What moves over the chart, and what it says of the chosen place. */
  readonly bar: Locator;
  readonly place: Locator;
  readonly drawing: Locator;
  readonly chart: Locator;
  readonly table: Locator;
  readonly rows: Locator;
  readonly shown: Locator;
  readonly earlier: Locator;
  readonly later: Locator;

  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {
    const content = page.getByRole("main");
    this.content = content;
    this.bar = content.locator(".zoom-bar");
    this.place = this.bar.getByRole("status").locator("span");
    this.chart = content.getByRole("img");
    this.drawing = this.chart.locator("canvas");
    this.table = content.getByRole("table");
    this.rows = this.table.locator("tbody tr");
    // The name of the days that are shown, and a button on either side of it.
    this.shown = content.getByRole("heading", { level: 2 }).first();
    this.earlier = content.locator(".stepper").getByRole("button").nth(0);
    this.later = content.locator(".stepper").getByRole("button").nth(1);
  }

  async open(): Promise<void> {
    await this.page.goto("/consumption");
    await this.chart.first().waitFor();
  }

  /** The input itself lies unseen under its label. What is chosen stands once the page has taken it. */
  async choose(key: Choice): Promise<void> {
    await this.choice(key).click({ force: true });
    await expect(this.choice(key)).toBeChecked();
  }

  choice(key: Choice): Locator {
    return this.page.getByRole("radio", { name: this.words.say(key), exact: true });
  }

  /** The chart in a sentence. */
  async summary(): Promise<string> {
    return (await this.chart.first().getAttribute("aria-label")) ?? "";
  }

  /** The second column, the first after each row's name. */
  async figures(): Promise<string[]> {
    return this.rows.locator("td:nth-of-type(1)").allInnerTexts();
  }
}
