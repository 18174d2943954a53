// What a stranger is told of a code with which nothing was found: decided by it whether a paper is trusted.

import { expect, test } from "../fixtures";
import { findings } from "../judge";

// Whoever tries too many codes waits.
test.use({ record: "codes" });

const CERTIFICATE = "0".repeat(32);
const RECEIPT = `r${"0".repeat(32)}`;
const ROUTES = "**/api/v1/{certificates,receipts}/*";

test("a code that no paper has is said to be none, with what to do, and not to try again @english", async ({ page, frame, watch, words }) => {
  watch.expect(/status of 404 .*\/(certificates|receipts)\/r?0+$/);
  for (const code of [CERTIFICATE, RECEIPT]) {
    await page.goto(`/verify/${code}`);
    await expect(frame.content).toContainText(words.say("verify_unknown_title"));
    await expect(frame.content).toContainText(words.say("verify_unknown_check"));
    await expect(frame.content).toContainText(words.say("verify_unknown_ask"));
    await expect(frame.failure).toHaveCount(0);
    // Nothing to try again, and nothing to print.
    for (const key of ["action_retry", "action_print"]) {
      await expect(frame.content.getByRole("button", { name: words.say(key) })).toHaveCount(0);
    }
    expect(await findings(page)).toEqual([]);
  }
});

test("without a connection a code is said to be unchecked, neither true nor false @english", async ({ page, frame, watch, words }) => {
  watch.expect(/net::ERR_FAILED|status of 404/);
  for (const code of [CERTIFICATE, RECEIPT]) {
    await page.route(ROUTES, (route) => route.abort());
    await page.goto(`/verify/${code}`);
    await expect(frame.content).toContainText(words.say("verify_offline_title"));
    await expect(frame.content).toContainText(words.say("verify_offline_body"));
    await expect(frame.failure).toHaveCount(0);
    expect(await findings(page)).toEqual([]);
    await page.unroute(ROUTES);
    await frame.content.getByRole("button", { name: words.say("action_retry") }).click();
    await expect(frame.content).toContainText(words.say("verify_unknown_title"));
  }
});

test("who tried too many codes is told to wait, and nothing of the paper @english", async ({ page, frame, watch, words }) => {
  watch.expect(/status of (404|429)/);
  await page.goto(`/verify/${RECEIPT}`);
  for (let tries = 0; tries < 20; tries++) {
    await page.request.get(`/api/v1/receipts/${RECEIPT}`);
  }
  for (const code of [CERTIFICATE, RECEIPT]) {
    await page.goto(`/verify/${code}`);
    await expect(frame.content).toContainText(words.say("verify_limit_title"));
    await expect(frame.content).toContainText(words.match("error_too_many_requests"));
    await expect(frame.content).not.toContainText(words.say("verify_unknown_title"));
    await expect(frame.failure).toHaveCount(0);
    expect(await findings(page)).toEqual([]);
  }
});
