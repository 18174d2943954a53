// What stands around every page of a holder.

import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export type Way = "nav_overview" | "nav_consumption" | "nav_bills" | "nav_pay" | "nav_more";

export class Frame {
  readonly navigation: Locator;
  readonly skipLink: Locator;
  readonly content: Locator;
  readonly heading: Locator;
  readonly failure: Locator;
  readonly retry: Locator;

  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {
    this.navigation = page.getByRole("navigation", { name: words.say("a11y_main_navigation") });
    this.skipLink = page.getByRole("link", { name: words.say("skip_to_content") });
    this.content = page.getByRole("main");
    this.heading = page.getByRole("heading", { level: 1 });
    this.failure = page.getByRole("alert").filter({ hasText: words.say("state_error_title") });
    this.retry = this.failure.getByRole("button", { name: words.say("action_retry") });
  }

  way(to: Way): Locator {
    return this.navigation.getByRole("link", { name: this.words.say(to), exact: true });
  }

  /** The page's name, in its heading. */
  named(key: string): Locator {
    return this.page.getByRole("heading", { level: 1, name: this.words.say(key), exact: true });
  }

  /** Opens what is folded under these words. */
  async unfold(key: string): Promise<void> {
    await this.content.locator("summary", { hasText: this.words.say(key) }).click();
  }

  /** The portal has started and no skeleton stands any more. */
  async settled(): Promise<void> {
    await this.page.locator("html[data-portal=started]").waitFor();
    await this.page.waitForFunction(() => !document.querySelector("#portal [class*=skeleton]"));
  }
}
