import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class SettingsPage {
  readonly signOut: Locator;

  constructor(
    private readonly page: Page,
    words: Words,
  ) {
    this.signOut = page.getByRole("button", { name: words.say("settings_sign_out") });
  }

  async open(): Promise<void> {
    await this.page.goto("/settings");
    await this.signOut.waitFor();
  }

  /** A choice by its own words: the input itself lies unseen under its label. */
  async choose(label: string): Promise<void> {
    await this.page.getByRole("radio", { name: label, exact: true }).check({ force: true });
  }
}
