// Cases that need more than one hand: a grievance in Kuwait, two of the staff at once, a holder of several properties,
// and a home in Riyadh that is overdue.

import { DEBTOR, RESIDENT, RIYADH } from "../demo";
import { expect, test } from "../fixtures";
import { findings } from "../judge";
import { asRead } from "../words";

// What is decided here stays on record.
test.use({ record: "cases" });

interface Summary {
  id: string;
  state: string;
}

test("a grievance in Kuwait follows a refusal, has its days, and is decided @english", async ({ page, complaint, frame, server, signedInAs, words }) => {
  await signedInAs(DEBTOR);
  const number = await complaint.file(DEBTOR, "2026-08");
  server.asStaff(number, "--note", "القراءة صحيحة", "reject");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.say("complaint_state_rejected"));
  await frame.unfold("complaint_grievance");
  await expect(frame.content).toContainText(words.say("complaint_appeal_body"));
  await page.getByRole("button", { name: words.say("complaint_grievance") }).click();
  await expect(frame.content).toContainText(words.say("complaint_step_grievance"));
  // The button is gone: the keyboard goes on from how it stands now.
  await expect(page.locator(":focus")).toContainText(words.say("complaint_stands"));
  // Thirty days to answer, thirty to sue; and no protection that Kuwait does not give.
  await expect(frame.content).toContainText(words.say("complaint_grievance_due"));
  await expect(frame.content).toContainText(words.say("complaint_suit_until"));
  await expect(frame.content).not.toContainText(words.say("complaint_protection_title"));
  expect(await findings(page)).toEqual([]);
  server.asStaff(number, "decide-appeal", "--outcome", "no");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.say("complaint_state_decided"));
  await expect(frame.content).toContainText(words.say("complaint_step_appeal_lost"));
});

test("two of the staff answer at once: one answer stands, the other is told, and the customer sees one", async ({
  page,
  complaint,
  frame,
  server,
  signedInAs,
  words,
}) => {
  await signedInAs(RIYADH);
  const number = await complaint.file(RIYADH, "2026-08");
  const answer = async (name: string, accepted: boolean): Promise<number> => {
    const key = server.adad("case", "add-staff", name, "--role", "officer").trim().split("\n").at(-1);
    const headers = { authorization: `Bearer ${key}` };
    const data = { request_id: name, after: 1, step: { kind: "answer", accepted } };
    return (await page.request.post(`/api/v1/staff/complaints/${number}/steps`, { headers, data })).status();
  };
  const told = await Promise.all([answer("huda", true), answer("salem", false)]);
  expect(told.sort()).toEqual([200, 409]);
  await complaint.open(number);
  await expect(complaint.steps).toHaveCount(2);
  const reply = await page.request.get(`/api/v1/accounts/${RIYADH}/complaints`);
  const { complaints } = (await reply.json()) as { complaints: Summary[] };
  expect(["accepted", "rejected"]).toContain(complaints.find(({ id }) => id === number)?.state);
});

test("what is overdue on several properties of a holder counts together, and is said by property @english", async ({
  page,
  frame,
  server,
  signedInAs,
  words,
}) => {
  // The flat in Farwaniya becomes the citizen's, and its bill was due in August.
  server.record((record) => {
    record.prepare("update account set holder = (select holder from account where id = ?) where id = ?").run(DEBTOR, RESIDENT);
    record.prepare("update bill set due_on = '2026-08-31' where account = ?").run(RESIDENT);
  });
  await signedInAs(DEBTOR);
  const reply = await page.request.get(`/api/v1/accounts/${DEBTOR}/standing`);
  const { overdue, government } = (await reply.json()) as {
    overdue: string;
    government: { request: { debt: string }; debts: { debt: string }[] };
  };
  const owed = government.debts.map(({ debt }) => Number(debt)).filter((debt) => debt > 0);
  expect(owed).toHaveLength(2);
  expect(Number(government.request.debt)).toBeGreaterThan(Number(overdue));
  await page.goto("/debt");
  await frame.settled();
  await expect(frame.content).toContainText(words.say("debt_properties"));
  // That they count together is taken for granted nowhere, and said to be assumed.
  await expect(frame.content).toContainText(words.say("assumed_badge"));
  expect(await findings(page)).toEqual([]);
});

test("that another window chose first is said of that property, and not of the next @english", async ({
  page,
  context,
  frame,
  server,
  signedInAs,
  watch,
  words,
}) => {
  watch.expect(/status of 422 .*\/plan-offer/);
  server.record((record) => {
    record.prepare("update account set holder = (select holder from account where id = ?) where id = ?").run(DEBTOR, RESIDENT);
  });
  await signedInAs(DEBTOR);
  // Without loading the portal anew, which would forget all.
  const choose = async (account: string) => {
    await frame.way("nav_overview").click();
    await page.getByRole("combobox", { name: words.say("account_switch") }).selectOption(account);
    await frame.way("nav_more").click();
    await page.getByRole("link", { name: words.say("nav_debt") }).click();
    await expect(frame.named("nav_debt")).toBeVisible();
    await frame.settled();
  };
  await page.goto("/");
  await choose(DEBTOR);
  const read = page.getByRole("button", { name: words.say("plan_read") });
  await read.waitFor();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole("button", { name: words.say("plan_read") }).click();
  await expect(other.locator(":focus")).toContainText(words.say("plan_sign_title"));
  await other.getByRole("switch", { name: words.match("acknowledgement_confirm") }).check();
  await other.getByLabel(words.say("plan_name")).fill("بدر الهاجري");
  await other.getByRole("button", { name: words.say("plan_sign") }).click();
  await expect(other.locator("main")).toContainText(words.say("plan_state_kept"));
  await other.close();
  await read.click();
  const told = frame.content.getByText(words.say("debt_moved_on_title"));
  await expect(told).toBeVisible();
  await choose(RESIDENT);
  await expect(frame.content.getByRole("button", { name: words.say("certificate_get") }).first()).toBeVisible();
  await expect(told).toHaveCount(0);
  // Nor again of the first, whose plan stands there by now.
  await choose(DEBTOR);
  await expect(frame.content).toContainText(words.say("plan_state_kept"));
  await expect(told).toHaveCount(0);
});

test("a home in Riyadh that is overdue sees its ladder, the forbidden times and how the supply returns @english", async ({
  page,
  frame,
  server,
  signedInAs,
  words,
}) => {
  server.record((record) => {
    record.prepare("update bill set due_on = '2026-07-30' where id = ?").run(`${RIYADH}-2026-08`);
  });
  await signedInAs(RIYADH);
  await page.goto("/debt");
  await frame.settled();
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain("1,342.61");
  await expect(frame.content).toContainText(words.say("cut_not_now"));
  await frame.unfold("cut_ladder");
  await expect(frame.content).toContainText(words.say("ladder_not_served"));
  await frame.unfold("cut_way_back");
  await expect(frame.content).toContainText(words.match("cut_restored_sa"));
  await expect(frame.content).not.toContainText(words.say("cut_stations_title"));
  expect(await findings(page)).toEqual([]);
  for (const [id, step, day] of [
    ["n-1", "notice", "2026-08-01"],
    ["n-2", "final-notice", "2026-09-10"],
  ] as const) {
    server.adad("case", "notice", "--id", id, "--account", RIYADH, "--step", step, "--served-on", day);
  }
  await page.reload();
  await frame.settled();
  await frame.unfold("cut_ladder");
  await expect(frame.content).toContainText(words.match("ladder_served"));
  await frame.unfold("action_why");
  await expect(frame.content).toContainText(words.match("why_dis_6"));
});
