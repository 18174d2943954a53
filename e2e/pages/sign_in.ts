import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class SignInPage {
  readonly heading: Locator;
  readonly account: Locator;
  readonly code: Locator;
  readonly sendCode: Locator;
  readonly submit: Locator;
  readonly otherAccount: Locator;
  readonly signedOut: Locator;

  constructor(
    private readonly page: Page,
    words: Words,
  ) {
    const button = (key: string) => page.getByRole("button", { name: words.say(key), exact: true });
    this.heading = page.getByRole("heading", { level: 1, name: words.say("signin_title") });
    this.account = page.getByLabel(words.say("signin_account"), { exact: true });
    this.code = page.getByLabel(words.say("signin_code"), { exact: true });
    this.sendCode = button("signin_send_code");
    this.submit = button("signin_submit");
    this.otherAccount = button("signin_other_account");
    this.signedOut = page.getByText(words.say("signed_out"));
  }

  async open(): Promise<void> {
    await this.page.goto("/sign-in");
    await this.heading.waitFor();
  }

  async askForCode(account: string): Promise<void> {
    await this.account.fill(account);
    await this.sendCode.click();
  }

  async enter(code: string): Promise<void> {
    await this.code.fill(code);
    await this.submit.click();
  }
}
