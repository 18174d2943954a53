// Complaints: a bill disputed and what becomes of it, drafts that outlive the line, and medical need.

import type { APIRequestContext, Page } from "@playwright/test";

import { FLAT, HOUSE, RIYADH, SHOP } from "../demo";
import { drafts } from "../drafts";
import { expect, test } from "../fixtures";
import { findings } from "../judge";
import { PICTURE } from "../made_up";
import { asRead } from "../words";

// What is filed here stays on record.
test.use({ record: "complaints" });

interface Summary {
  id: string;
  state: string;
  protected: boolean;
  disputed?: string;
}

async function complaints(request: APIRequestContext, account: string): Promise<Summary[]> {
  const reply = await request.get(`/api/v1/accounts/${account}/complaints`);
  expect(reply.status()).toBe(200);
  return ((await reply.json()) as { complaints: Summary[] }).complaints;
}

async function kept(page: Page, text: string): Promise<void> {
  await expect.poll(async () => (await drafts(page)).join()).toContain(text);
}

test("the reading on the meter says what is in dispute of a Riyadh bill, and what was written is shown as text @english", async ({
  page,
  bills,
  bill,
  complaint,
  frame,
  signedInAs,
  words,
}) => {
  const script = `<script>alert("no")</script><img src=x onerror=alert(1)>`;
  await signedInAs(RIYADH);
  await bills.open();
  await bills.bills.first().click();
  await bill.lines.first().waitFor();
  await page.getByRole("link", { name: words.say("bill_dispute") }).click();
  await complaint.text.waitFor();
  // Without a reading the whole bill is in dispute.
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain("1,342.61");
  await complaint.register.fill("175000");
  // 5,346.207 kWh in 31 days, all in the first tier of 6,200: 962.32 and the fee of 15.00, and 15 % of both.
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain("1,123.92");
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain("218.69");
  await expect(frame.content).toContainText(words.say("complaint_protection_title"));
  await expect(frame.content).toContainText(words.match("why_com_1"));
  // A day that is struck out in the midst of the week says why.
  const holiday = words.say("holiday_national_day");
  await expect(frame.content).toContainText(words.match("complaint_clock_holiday_day", { holiday }));
  await complaint.text.fill(script);
  await complaint.photo.setInputFiles(PICTURE);
  await expect(complaint.photos).toHaveCount(1);
  await complaint.send.click();
  await expect(frame.content.getByRole("status")).toContainText(words.match("complaint_sent"));
  await expect(frame.content).toContainText(script);
  await expect(frame.content.locator("script, img[onerror]")).toHaveCount(0);
  const thumb = frame.content.getByRole("img", { name: words.match("complaint_photo_number") });
  await expect.poll(() => thumb.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const [filed] = await complaints(page.request, RIYADH);
  expect(filed).toMatchObject({ state: "received", protected: true, disputed: "218.69" });
  await expect.poll(() => drafts(page)).toEqual([]);
  // The undisputed rest is paid with its sum.
  await page.getByRole("link", { name: words.match("complaint_pay_undisputed") }).click();
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain("1,123.92");
  // Disputed again, it leads to the complaint that is open.
  await complaint.dispute(RIYADH, "2026-08");
  await page.getByRole("link", { name: words.match("complaint_open_link") }).click();
  await expect(complaint.steps).toHaveCount(1);
  // The list and the bill say so too.
  await bills.open();
  await expect(frame.content.getByText(words.say("bill_state_disputed"), { exact: true })).toHaveCount(1);
  await page.getByRole("link", { name: words.match("complaint_disputed") }).click();
  await expect(complaint.steps).toHaveCount(1);
  await page.goto(`/bills/${RIYADH}-2026-08`);
  await expect(frame.content).toContainText(words.say("complaint_open_already"));
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain("218.69");
  await expect(page.getByRole("link", { name: words.say("bill_dispute") })).toHaveCount(0);
  await page.getByRole("link", { name: words.match("complaint_open_link") }).click();
  await expect(complaint.steps).toHaveCount(1);
});

test("evidence is added to a complaint, and it is taken back @english", async ({ page, complaint, frame, signedInAs, words }) => {
  await signedInAs(RIYADH);
  await complaint.dispute(RIYADH, "2026-07");
  await complaint.text.fill("سؤال عن رسم");
  await complaint.kind.selectOption("fee");
  await expect(complaint.register).toHaveCount(0);
  await complaint.send.click();
  await expect(frame.content.getByRole("status")).toContainText(words.match("complaint_sent"));
  await frame.unfold("complaint_add");
  await page.getByRole("textbox", { name: words.say("complaint_add_text") }).fill("وهذه صورة العقد");
  await complaint.photo.setInputFiles(PICTURE);
  await page.getByRole("button", { name: words.say("complaint_add_send") }).click();
  await expect(complaint.steps).toHaveCount(2);
  await expect(frame.content).toContainText("وهذه صورة العقد");
  await frame.unfold("complaint_withdraw");
  await expect(frame.content).toContainText(words.say("complaint_withdraw_confirm"));
  await page.getByRole("button", { name: words.say("complaint_withdraw") }).click();
  await expect(frame.content).toContainText(words.say("complaint_state_withdrawn"));
  await expect(frame.content).not.toContainText(words.say("complaint_protection_title"));
});

test("a Kuwaiti's complaint is filed, and nothing is promised that no source promises @english", async ({
  complaint,
  frame,
  signedInAs,
  words,
}) => {
  await signedInAs(SHOP);
  await complaint.dispute(SHOP, "2026-08");
  // The whole bill is in dispute: nobody is told to pay an undisputed part that is not there.
  await expect(frame.content).toContainText(words.say("complaint_protection_none_whole"));
  await expect(frame.content).toContainText(words.match("why_com_1_kw"));
  await expect(frame.content).not.toContainText(words.say("complaint_protection_title"));
  await complaint.send.click();
  await expect(frame.content.getByRole("status")).toContainText(words.match("complaint_sent_undated"));
  await expect(frame.content).not.toContainText(words.say("complaint_protection_title"));
});

test("a request without a bill asks for words, and a meter test is asked for", async ({ page, complaint, frame, signedInAs, words }) => {
  await signedInAs(RIYADH);
  await page.goto("/complaints");
  await page.getByRole("link", { name: words.say("complaint_meter_test") }).click();
  await complaint.sendRequest.click();
  await expect(complaint.wrong).toContainText(words.say("complaint_tell_needed"));
  await complaint.text.fill("العداد يدور والكهرباء مفصولة");
  await complaint.sendRequest.click();
  await expect(frame.content.getByRole("status")).toContainText(words.match("request_sent"));
  await page.goto("/complaints");
  await expect(page.getByRole("link", { name: words.match("request_title") }).first()).toBeVisible();
});

test("who asks for something is not told of a complaint, and no card is empty @english", async ({ page, complaint, frame, signedInAs, words }) => {
  await signedInAs(SHOP);
  for (const kind of ["separate-meters", "joining", "change-of-activity", "meter-test"]) {
    await page.goto(`/complaints/new?kind=${kind}`);
    await complaint.text.waitFor();
    await expect(frame.content).toContainText(words.say("request_tell"));
    const empty = frame.content.locator(".card").filter({ hasNotText: /\S/ });
    await expect(empty).toHaveCount(0);
  }
  await page.goto("/complaints/new?kind=change-of-activity");
  await expect(frame.content).toContainText(words.say("report_activity_help"));
  await complaint.text.fill("صار المحل مخبزًا");
  await complaint.sendRequest.click();
  await expect(frame.content.getByRole("status")).toContainText(words.match("request_sent_undated"));
  await expect(frame.heading).toContainText(words.match("request_title"));
  await expect(frame.content).toContainText(words.say("request_step_filed"));
  await expect(frame.content.getByText(words.say("request_state_received"), { exact: true })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await frame.unfold("request_withdraw");
  await expect(frame.content).toContainText(words.say("request_withdraw_ask"));
  await page.getByRole("button", { name: words.say("request_withdraw") }).click();
  await expect(frame.content).toContainText(words.say("request_step_withdrawn"));
});

test("twenty photos are refused, and what was written stays", async ({ complaint, signedInAs, words }) => {
  await signedInAs(HOUSE);
  await complaint.dispute(HOUSE, "2026-08");
  await complaint.text.fill("صور كثيرة");
  const photo = (at: number) => ({ ...PICTURE, name: `${at}.png` });
  await complaint.photo.setInputFiles(Array.from({ length: 20 }, (_, at) => photo(at)));
  await expect(complaint.wrong).toContainText(words.match("photo_too_many"));
  await expect(complaint.photos).toHaveCount(0);
  await complaint.photo.setInputFiles([photo(1), photo(2)]);
  await expect(complaint.photos).toHaveCount(2);
  await expect(complaint.wrong).toHaveCount(0);
  await complaint.photo.setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
  await expect(complaint.wrong).toContainText(words.say("error_photo_kind"));
  await expect(complaint.text).toHaveValue("صور كثيرة");
});

test("a draft with its photo outlives closing and the loss of the network, is sent once by itself, and goes at sign-out", async ({
  page,
  context,
  complaint,
  frame,
  settings,
  signedInAs,
  watch,
  words,
}) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED/);
  await signedInAs(FLAT);
  const before = await complaints(page.request, FLAT);
  await complaint.dispute(FLAT, "2026-08");
  await complaint.text.fill("هذا الاستهلاك ليس لي");
  await complaint.photo.setInputFiles(PICTURE);
  await expect(complaint.photos).toHaveCount(1);
  await kept(page, "ليس لي");
  await page.reload();
  await expect(complaint.text).toHaveValue("هذا الاستهلاك ليس لي");
  await expect(complaint.photos).toHaveCount(1);
  // The photo itself is seen again, not only that there is one.
  const opaque = (canvas: HTMLCanvasElement) => canvas.getContext("2d")?.getImageData(0, 0, 1, 1).data[3];
  await expect.poll(() => complaint.photos.evaluate(opaque as (node: SVGElement | HTMLElement) => unknown)).toBeGreaterThan(0);
  // Of several drafts each names its bill.
  const another = await page.context().newPage();
  await another.goto("/complaints");
  const reason = words.say("complaint_reason_reading");
  await expect(another.getByRole("link", { name: words.match("complaint_of_month", { reason }) }).first()).toContainText("2026");
  await another.close();

  await context.setOffline(true);
  await complaint.send.click();
  await expect(frame.content).toContainText(words.say("complaint_waiting"));
  await kept(page, `"to_send":true`);
  // The portal is closed, and opened again elsewhere when the line is back.
  await page.goto("about:blank");
  await context.setOffline(false);
  await page.goto("/bills");
  await expect.poll(async () => (await complaints(page.request, FLAT)).length).toBe(before.length + 1);
  await expect.poll(() => drafts(page)).toEqual([]);

  await complaint.dispute(FLAT, "2026-07");
  await complaint.text.fill("مسودة");
  await kept(page, "مسودة");
  await settings.open();
  await page.route("**/api/v1/session", (route) =>
    route.request().method() === "DELETE" ? route.fulfill({ status: 204 }) : route.continue(),
  );
  await settings.signOut.click();
  await expect.poll(() => drafts(page)).toEqual([]);
});

test("the line breaks in the middle: the open page sends it once when it is back", async ({
  page,
  context,
  complaint,
  frame,
  signedInAs,
  watch,
  words,
}) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED/);
  await signedInAs(FLAT);
  const before = await complaints(page.request, FLAT);
  await complaint.dispute(FLAT, "2026-06");
  await complaint.text.fill("انقطع الاتصال");
  await context.setOffline(true);
  await complaint.send.click();
  await expect(frame.content).toContainText(words.say("complaint_waiting"));
  await context.setOffline(false);
  await expect(frame.content.getByRole("status")).toContainText(words.match("complaint_sent_undated"));
  expect(await complaints(page.request, FLAT)).toHaveLength(before.length + 1);
  // Left while it waited, it is sent from the list.
  await complaint.dispute(FLAT, "2026-05");
  await complaint.text.fill("ثم عاد");
  await context.setOffline(true);
  await complaint.send.click();
  await kept(page, `"to_send":true`);
  await page.goto("about:blank");
  await context.setOffline(false);
  await page.goto("/complaints");
  await expect(page.getByRole("link", { name: words.match("complaint_title") })).toHaveCount(before.length + 2);
  await expect.poll(() => drafts(page)).toEqual([]);
});

test("a medical need is registered with its report, protects once that is proven, and Kuwait is promised none @english", async ({
  page,
  complaint,
  frame,
  server,
  signedInAs,
  words,
}) => {
  await signedInAs(RIYADH);
  await page.goto("/settings");
  await page.getByRole("link", { name: words.say("settings_medical_title") }).click();
  const register = page.getByRole("button", { name: words.say("settings_medical_send"), exact: true });
  // An emergency counts on its holder's word for some days; how many was never published, and the page says so.
  await page.getByRole("radio", { name: words.say("settings_medical_emergency"), exact: true }).check();
  await page.getByRole("button", { name: words.say("settings_medical_send_word") }).click();
  await expect(frame.content.getByRole("status")).toContainText(words.say("settings_medical_sent_word"));
  await expect(frame.content).toContainText(words.match("settings_medical_word_protects"));
  await expect(frame.content).toContainText(words.match("why_dis_5_emergency"));
  await expect(frame.content).toContainText(words.say("assumed_badge"));
  await page.reload();
  await complaint.photo.setInputFiles(PICTURE);
  await register.click();
  await expect(complaint.wrong).toContainText(words.say("settings_medical_until_needed"));
  await page.getByLabel(words.say("settings_medical_until_label")).fill("2027-03-01");
  await register.click();
  await expect(frame.content.getByRole("status")).toContainText(words.say("settings_medical_sent"));
  await expect(frame.content).toContainText(words.say("settings_medical_waiting"));
  await expect(frame.content).toContainText(words.say("settings_medical_protects_not_yet"));
  // Until somebody looks at the report the word goes on to count.
  await expect(frame.content).toContainText(words.match("why_dis_5_emergency"));
  const reply = await page.request.get(`/api/v1/accounts/${RIYADH}/dire-need`);
  const { needs } = (await reply.json()) as { needs: { id: string }[] };
  server.adad("case", "review-need", "--need", needs[0]?.id ?? "", "--outcome", "yes", "--by", "هدى");
  await page.reload();
  await expect(frame.content).toContainText(words.say("settings_medical_proven"));
  await expect(frame.content).toContainText(words.match("settings_medical_until"));
  await expect(frame.content).toContainText(words.match("why_dis_5"));
  await signedInAs(FLAT);
  await page.goto("/settings/medical-need");
  await expect(frame.content).toContainText(words.say("settings_medical_none"));
});

test("a medical report that is refused registers nothing, sends nothing twice, and leaves what was written @english", async ({
  page,
  complaint,
  frame,
  signedInAs,
  watch,
  words,
}) => {
  watch.expect(/status of 422 .*\/photos$|ERR_FAILED|Failed to fetch/);
  await signedInAs(RIYADH);
  const needs = async () => {
    const reply = await page.request.get(`/api/v1/accounts/${RIYADH}/dire-need`);
    return ((await reply.json()) as { needs: object[] }).needs.length;
  };
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(new URL(request.url()).pathname.split("/").at(-1) ?? "");
  });
  const before = await needs();
  await page.goto("/settings/medical-need");
  await page.getByLabel(words.say("settings_medical_until_label")).fill("2027-03-01");
  await page.getByLabel(words.say("settings_medical_text")).fill("جهاز أكسجين");
  const register = page.getByRole("button", { name: words.say("settings_medical_send"), exact: true });
  const refused = async () => {
    await register.click();
    await expect(frame.content).toContainText(words.say("settings_medical_report_needed"));
    await expect(page.getByLabel(words.say("settings_medical_until_label"))).toHaveValue("2027-03-01");
    await expect(page.getByLabel(words.say("settings_medical_text"))).toHaveValue("جهاز أكسجين");
    expect(await needs()).toBe(before);
  };
  // Equipment without a report protects nobody, so there is no way to register it so.
  await expect(page.getByRole("button", { name: words.say("settings_medical_send_word") })).toHaveCount(0);
  await refused();
  await complaint.photo.setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
  await expect(complaint.wrong.first()).toContainText(words.say("error_photo_kind"));
  await refused();
  expect(sent).toEqual([]);
  // The server may refuse what the device took.
  const message = { ar: "ليست صورة.", en: "No picture." };
  const problem = { type: "urn:adad:problem:photo-kind", title: message.en, code: "photo-kind", status: 422, message };
  await page.route("**/photos", (route) => route.fulfill({ status: 422, json: problem }));
  await complaint.photo.setInputFiles(PICTURE);
  await refused();
  await refused();
  expect(sent).toEqual(["photos"]);
  await page.unroute("**/photos");
  // An answer that is lost: the photo stays, is not handed over again, and the need counts once.
  await complaint.photo.setInputFiles(PICTURE);
  await page.route("**/dire-need", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await register.click();
  await expect(complaint.wrong).toContainText(words.say("meter_send_failed"));
  await expect(complaint.photos).toHaveCount(1);
  await page.unroute("**/dire-need");
  await register.click();
  await expect(frame.content.getByRole("status")).toContainText(words.say("settings_medical_sent"));
  expect(await needs()).toBe(before + 1);
  expect(sent).toEqual(["photos", "photos", "dire-need", "dire-need"]);
});

test("a late answer after a meter test: the bill is corrected, the rest paid back, and the delay made good @english", async ({
  page,
  complaint,
  frame,
  server,
  signedInAs,
  words,
}) => {
  await signedInAs(RIYADH);
  const number = await complaint.file(RIYADH, "2026-06");
  // It came a month ago: its ten working days are over.
  server.record((record) => record.prepare("update complaint set filed_at = filed_at - 2592000 where id = ?").run(number));
  await complaint.open(number);
  await expect(frame.content).toContainText(words.match("complaint_late"));
  await expect(frame.content).toContainText(words.say("complaint_protection_title"));
  server.orderTest(number, "implausible-bill");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.say("complaint_state_meter_test"));
  await expect(frame.content).toContainText(words.match("complaint_step_test_free"));
  server.acceptAfterTest(number, "fast");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.match("complaint_step_corrected_owed"));
  await expect(frame.content).toContainText(words.say("complaint_step_accepted"));
  await expect(frame.content).toContainText(words.match("refund_notice"));
  await expect(frame.content).toContainText(words.say("compensation_title"));
  await expect(frame.content).not.toContainText(words.say("complaint_protection_title"));
  await frame.content.locator("summary", { hasText: words.say("action_why") }).click();
  await expect(frame.content.locator(".working")).toContainText("COM-2");
  // No sum is published for a late answer: the staff type it.
  server.asStaff(number, "compensate", "--amount", "100");
  server.asStaff(number, "close");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.match("complaint_step_compensated"));
  await expect(frame.content).toContainText(words.say("complaint_state_closed"));
  await page.getByRole("link", { name: words.match("complaint_to_new_bill") }).first().click();
  await expect(page).toHaveURL(new RegExp(`/bills/${RIYADH}-2026-06-2$`));
});

test("after a cut over the bill, a proven error restores the service at once", async ({
  page,
  complaint,
  frame,
  server,
  signedInAs,
  words,
}) => {
  await signedInAs(RIYADH);
  const number = await complaint.file(RIYADH, "2026-05");
  const { now } = await server.asHeadEnd<{ now: number }>("GET", "/api/v1/meters");
  const what = { kind: "disconnected", reason: { kind: "debt", amount: "1342.61" } };
  const event = { id: "cut", service_point: "malqa-electricity", at: now, what };
  await server.asHeadEnd("POST", "/api/v1/meter-events", { events: [event] });
  server.asStaff(number, "accept");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.say("why_dis_4"));
  server.asStaff(number, "restore");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.say("complaint_step_restored"));
});

test("a rejected complaint goes on to the regulator, and protects until that is decided @english", async ({
  page,
  complaint,
  frame,
  server,
  signedInAs,
  words,
}) => {
  await signedInAs(RIYADH);
  const number = await complaint.file(RIYADH, "2026-04");
  server.asStaff(number, "--note", "<b>لا خطأ</b>", "reject");
  await complaint.open(number);
  await expect(frame.content).toContainText(words.say("complaint_state_rejected"));
  await expect(frame.content).toContainText("<b>لا خطأ</b>");
  await expect(frame.content).not.toContainText(words.say("complaint_protection_title"));
  await frame.content.locator("summary", { hasText: words.match("complaint_appeal") }).click();
  await page.getByRole("button", { name: words.match("complaint_appeal") }).click();
  await expect(frame.content).toContainText(words.match("complaint_step_appealed"));
  await expect(frame.content).toContainText(words.say("complaint_protection_title"));
  await expect(frame.content).toContainText(words.say("assumed_badge"));
});

test("one complaint has nothing that axe-core objects to", async ({ page, complaint, frame, signedInAs }) => {
  await signedInAs(RIYADH);
  const [newest] = await complaints(page.request, RIYADH);
  for (const path of [`/complaints/${newest?.id}`, "/complaints", "/settings/medical-need"]) {
    await page.goto(path);
    await frame.settled();
    expect(await findings(page), path).toEqual([]);
  }
  await complaint.dispute(RIYADH, "2026-03");
  expect(await findings(page)).toEqual([]);
});
