import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class OwnReadingPage {
  readonly content: Locator;
  readonly register: Locator;
  readonly photo: Locator;
  readonly shownPhoto: Locator;
  readonly send: Locator;
  readonly confirm: Locator;
  readonly wrong: Locator;
  readonly taken: Locator;

  constructor(
    private readonly page: Page,
    words: Words,
  ) {
    this.content = page.getByRole("main");
    this.register = page.getByRole("textbox", { name: words.say("reading_field") });
    // Two ways to a photo: taken now, or chosen.
    this.photo = this.content.locator('input[type="file"]').last();
    this.shownPhoto = this.content.getByRole("img", { name: words.say("reading_photo_chosen") });
    this.send = page.getByRole("button", { name: words.say("reading_send") });
    this.confirm = page.getByRole("button", { name: words.say("reading_confirm") });
    this.wrong = this.content.getByRole("alert");
    this.taken = this.content.locator(".list-row");
  }

  async open(service = "electricity"): Promise<void> {
    await this.page.goto(`/readings/new?service=${service}`);
    await this.register.waitFor();
  }
}
