import type { Locator, Page } from "@playwright/test";

import type { Words } from "../words";

export class BillPage {
  readonly seal: Locator;
  /** The lines; each opens on its working. */
  readonly lines: Locator;

  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {
    const results = ["bill_seal_checking", "bill_seal_match", "bill_seal_differs"].map((key) => words.say(key));
    this.seal = page.getByRole("status").filter({ hasText: new RegExp(results.join("|")) });
    this.lines = page.getByRole("main").locator("details.bill-line:not(.disclosure *)");
  }

  line(label: string | RegExp): Locator {
    return this.lines.filter({ has: this.page.locator("summary").filter({ hasText: label }) });
  }

  /** A question below the lines; it opens on its answer. */
  question(key: string): Locator {
    const label = this.page.locator("summary").filter({ hasText: this.words.say(key) });
    return this.page.locator("details.disclosure").filter({ has: label });
  }

  async ask(key: string): Promise<Locator> {
    const question = this.question(key);
    await question.locator("summary").first().click();
    return question;
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/bills/${id}`);
    await this.seal.filter({ hasNotText: this.words.say("bill_seal_checking") }).waitFor();
  }
}
