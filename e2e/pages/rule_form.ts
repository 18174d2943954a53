// The form of a calculator, and of the household split: its fields by the names that the address keeps them under.

import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class RuleForm {
  readonly content: Locator;
  readonly answer: Locator;

  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {
    this.content = page.getByRole("main");
    this.answer = this.content.locator(".rule-answer");
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.locator(".rule-form").waitFor();
  }

  field(name: string): Locator {
    return this.content.locator(`[id="${name}"]`);
  }

  /** What stands below the field: what was understood, or what is wrong. */
  below(name: string): Locator {
    return this.content.locator(`[id="${name}-below"]`);
  }

  async choose(key: string): Promise<void> {
    await this.content.getByRole("radio", { name: this.words.say(key), exact: true }).check();
  }

  async press(key: string): Promise<void> {
    await this.content.getByRole("button", { name: this.words.say(key), exact: true }).click();
  }
}
