import { createHash } from "node:crypto";

import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import { arabicDigits } from "../words";

const UNKNOWN = "999999999";
const REFUSED = /status of 422/;

test("only the right code of a real account opens it, in either shape of digits @english", async ({
  page,
  server,
  signInPage,
  overview,
  watch,
  words,
}) => {
  watch.expect(REFUSED);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
  await signInPage.heading.waitFor();

  await signInPage.askForCode("ABC");
  await expect(page.getByText(words.match("signin_account_invalid")).first()).toBeVisible();

  // An unknown account is not told from a known one until a code is asked of it.
  await signInPage.askForCode(UNKNOWN);
  await signInPage.enter("123456");
  await expect(page.getByText(words.say("error_code_wrong")).first()).toBeVisible();

  await signInPage.otherAccount.click();
  let before = server.console.length;
  await signInPage.askForCode(FLAT);
  const code = await server.codeFor(FLAT, before);
  await signInPage.enter(code === "000000" ? "000001" : "000000");
  await expect(page.getByText(words.say("error_code_wrong")).first()).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);

  await signInPage.otherAccount.click();
  before = server.console.length;
  await signInPage.askForCode(arabicDigits(FLAT));
  await signInPage.enter(arabicDigits(await server.codeFor(FLAT, before)));
  await expect(overview.due).toBeVisible();
  await expect(page).toHaveURL("/");
});

test("signing out ends the session for the server too @english", async ({
  page,
  context,
  server,
  settings,
  signInPage,
  watch,
  words,
}) => {
  watch.expect(/net::ERR_FAILED/);
  // A session of its own: the one that journeys share goes on.
  const session = await server.signIn(FLAT);
  await context.addCookies([{ name: "adad_session", value: session, url: server.origin }]);
  await settings.open();
  await page.route("**/api/v1/session", (route) => (route.request().method() === "DELETE" ? route.abort() : route.continue()));
  await settings.signOut.click();
  await expect(page.getByRole("main")).toContainText(words.say("settings_sign_out_failed"));
  await page.unroute("**/api/v1/session");
  await settings.signOut.click();
  await expect(signInPage.signedOut).toBeVisible();

  const asked = await fetch(`${server.origin}/api/v1/session`, { headers: { cookie: `adad_session=${session}` } });
  expect(asked.status).toBe(401);
  await page.goto("/bills");
  await expect(signInPage.heading).toBeVisible();
});

test("a session that ended leads to sign-in and back to the same page", async ({
  page,
  context,
  server,
  frame,
  bills,
  overview,
  signInPage,
  watch,
  words,
}) => {
  watch.expect(/status of 401/);
  const session = await server.signIn(FLAT);
  await context.addCookies([{ name: "adad_session", value: session, url: server.origin, httpOnly: true }]);
  await overview.open();
  // What the Overview fetches after its figures must have come, or it asks for the sign-in before the click does.
  await expect(overview.seal).toContainText(words.say("overview_checked"));
  await expect(overview.now.getByRole("img")).toBeVisible();
  const hash = createHash("sha256").update(session).digest("hex");
  const ended = server.record((record) => record.prepare("delete from session where token_hash = ?").run(hash));
  expect(ended.changes).toBe(1);

  await frame.way("nav_bills").click();
  await expect(signInPage.heading).toBeVisible();
  const before = server.console.length;
  await signInPage.askForCode(FLAT);
  await signInPage.enter(await server.codeFor(FLAT, before));
  await expect(bills.bills.first()).toBeVisible();
  await expect(page).toHaveURL("/bills");
});
