import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class ComplaintPage {
  readonly content: Locator;
  readonly kind: Locator;
  readonly register: Locator;
  readonly text: Locator;
  readonly photo: Locator;
  readonly photos: Locator;
  readonly send: Locator;
  readonly sendRequest: Locator;
  readonly wrong: Locator;
  readonly steps: Locator;

  constructor(
    private readonly page: Page,
    words: Words,
  ) {
    this.content = page.getByRole("main");
    this.kind = page.getByRole("combobox", { name: words.say("complaint_what") });
    this.register = page.getByRole("textbox", { name: words.say("complaint_meter_reading") });
    // What happened, or what is asked for.
    const tell = ["complaint_tell", "request_tell"].map((key) => words.say(key)).join("|");
    this.text = page.getByRole("textbox", { name: new RegExp(tell) });
    // Two ways to a photo: taken now, or chosen.
    this.photo = this.content.locator('input[type="file"]').last();
    this.photos = this.content.getByRole("img", { name: words.match("complaint_photo_number") });
    this.send = page.getByRole("button", { name: words.say("complaint_send") });
    this.sendRequest = page.getByRole("button", { name: words.say("complaint_send_request") });
    this.wrong = this.content.getByRole("alert");
    this.steps = this.content.getByRole("listitem");
  }

  /** Opens the form about a bill of this month of 2026. */
  async dispute(account: string, month: string): Promise<void> {
    await this.page.goto(`/complaints/new?bill=${account}-${month}`);
    await this.text.waitFor();
  }

  /** Disputes the whole bill; gives the complaint's number. */
  async file(account: string, month: string): Promise<string> {
    await this.dispute(account, month);
    await this.send.click();
    await this.page.waitForURL(/\/complaints\/[^/]+\?sent$/);
    return new URL(this.page.url()).pathname.split("/").at(-1) ?? "";
  }

  async open(number: string): Promise<void> {
    await this.page.goto(`/complaints/${number}`);
    await this.steps.first().waitFor();
  }
}
