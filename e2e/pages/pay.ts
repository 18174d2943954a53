import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";

import type { Words } from "../words";
import { asRead } from "../words";

/** What the sandbox's bank shall do. */
export type BankResult = "CAPTURED" | "NOT CAPTURED" | "CANCELED" | "HOST TIMEOUT, CAPTURED" | "HOST TIMEOUT, NOT CAPTURED";

export class PayPage {
  readonly amount: Locator;
  readonly button: Locator;
  readonly main: Locator;

  constructor(
    readonly page: Page,
    readonly words: Words,
  ) {
    this.amount = page.getByLabel(words.say("pay_amount"), { exact: true });
    this.button = page.locator("button[type=submit]");
    this.main = page.locator("main");
  }

  async open(): Promise<void> {
    await this.page.goto("/pay");
    await this.button.waitFor();
  }

  /** All that is due and what was paid, as the server knows it. */
  async known(account: string): Promise<{ due: string; credit: string; payments: { result: { payment: string; state: string; amount: string } }[] }> {
    const reply = await this.page.request.get(`/api/v1/accounts/${account}/payments`);
    return await reply.json();
  }

  /** Presses and waits for the gateway's page. */
  async goToBank(): Promise<void> {
    await this.button.click();
    await this.page.waitForURL(/\/kpg\//);
  }

  /** On the gateway's page: tells its bank what to do, and how we shall learn of it. */
  async atBank(result: BankResult, manner = "once"): Promise<void> {
    await this.page.locator("select[name=manner]").selectOption(manner);
    await this.page.locator(`button[value="${result}"]`).click();
  }

  async pay(result: BankResult, manner?: string): Promise<void> {
    await this.goToBank();
    await this.atBank(result, manner);
    await this.page.waitForURL(/\/pay\/result\//);
  }

  async says(key: string): Promise<void> {
    await expect(this.main).toContainText(this.words.match(key));
  }

  /** The payment's id, in the address of its result. */
  get payment(): string {
    return new URL(this.page.url()).pathname.split("/").at(-1) ?? "";
  }

  async text(): Promise<string> {
    return asRead(await this.main.innerText());
  }
}

/** The gateway is another origin, as it is in life, and has no icon. */
export const AT_BANK = /left the origin: http:\/\/127\.0\.0\.1:\d+\/(kpg\/|favicon)|status of 404 .*\/favicon\.ico$/;

/** A browser of somebody else: no session, no memory. */
export async function stranger(context: BrowserContext, language: string): Promise<Page> {
  const browser = context.browser();
  if (!browser) throw new Error("no browser");
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript((language) => {
    localStorage.setItem("adad.preferences", JSON.stringify({ language, digits: "latin", theme: "auto" }));
  }, language);
  return page;
}
