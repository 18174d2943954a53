import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class ProjectionPage {
  /** The end of the period, as things are or with changes. */
  readonly end: Locator;
  readonly stairs: Locator;
  readonly cooling: Locator;
  readonly away: Locator;
  readonly prepaid: Locator;
  readonly content: Locator;

  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {
    this.content = page.getByRole("main");
    this.end = this.content.locator(".projection__end");
    this.stairs = this.content.locator(".projection__stairs");
    this.cooling = page.getByRole("slider", { name: words.say("projection_setpoint"), exact: true });
    this.away = page.getByRole("slider", { name: words.say("projection_away"), exact: true });
    this.prepaid = page.getByRole("switch", { name: words.say("projection_prepaid"), exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto("/projection");
    await this.end.locator(".amount").first().waitFor();
  }

  /** The step up of the slider of this name. */
  more(slider: string): Locator {
    return this.page.getByRole("button", { name: this.words.match("slider_more", { what: this.words.say(slider) }) });
  }
}
