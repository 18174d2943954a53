import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class MeterFilePage {
  readonly heading: Locator;
  readonly choose: Locator;
  readonly content: Locator;
  readonly tariff: Locator;
  readonly otherTariff: Locator;

  constructor(
    private readonly page: Page,
    words: Words,
  ) {
    this.heading = page.getByRole("heading", { level: 1, name: words.say("meter_file_title") });
    this.content = page.getByRole("main");
    this.tariff = this.content.getByRole("combobox").first();
    this.otherTariff = this.content.getByRole("combobox").nth(1);
    this.choose = this.content.locator('input[type="file"]');
  }

  async open(): Promise<void> {
    await this.page.goto("/tools/meter-file");
    await this.heading.waitFor();
  }
}
