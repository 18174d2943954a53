import { FLAT, SHOP } from "../demo";
import { expect, test } from "../fixtures";
import type { Server } from "../server";
import { asRead } from "../words";

const POINT = "salmiya-electricity";

/** An event of the flat's meter, `ago` seconds before the server's time. */
async function happens(server: Server, id: string, ago: number, what: object): Promise<void> {
  const { now } = await server.asHeadEnd<{ now: number }>("GET", "/api/v1/meters");
  const events = [{ id, service_point: POINT, at: now - ago, what }];
  const taken = await server.asHeadEnd<{ added: number }>("POST", "/api/v1/meter-events", { events });
  expect(taken.added).toBe(1);
}

test("a cut by the voltage is told apart from a cut for debt @english", async ({ page, frame, server, signedInAs, words }) => {
  await signedInAs(FLAT);
  await happens(server, "high", 600, { kind: "voltage-high", volts: "271.5" });
  await page.goto("/meter");
  await expect(frame.content).toContainText(words.say("meter_cut_voltage"));
  await expect(frame.content).toContainText(words.match("why_met_2_high"));
  expect(asRead(await frame.content.innerText())).toContain("271.5");
  await expect(frame.content).not.toContainText(words.say("meter_cut_remote"));

  await happens(server, "steady", 500, { kind: "voltage-steady" });
  await happens(server, "debt", 400, { kind: "disconnected", reason: { kind: "debt", amount: "12.345" } });
  await page.reload();
  const cut = frame.content.locator(".notice").filter({ hasText: words.say("meter_cut_remote") });
  await expect(cut).toBeVisible();
  expect(asRead(await cut.innerText())).toContain("12.345");
  await expect(frame.content.locator(".notice").filter({ hasText: words.say("meter_cut_voltage") })).toHaveCount(0);
  await expect(frame.content).toContainText(words.match("meter_event_steady_why"));

  await happens(server, "connected", 300, { kind: "connected" });
  await page.reload();
  await expect(frame.content).toContainText(words.match("meter_event_connected_why"));
  await expect(cut).toHaveCount(0);
});

test("tampering is seen and disputed in the customer's own words", async ({ page, frame, server, signedInAs, words }) => {
  await signedInAs(FLAT);
  await happens(server, "tamper", 200, { kind: "tamper" });
  await page.goto("/meter");
  await expect(frame.content).toContainText(words.match("why_met_3"));
  const dispute = frame.content.locator("details").filter({ hasText: words.say("meter_note_dispute") }).first();
  await dispute.locator("summary").click();
  await dispute.getByRole("button", { name: words.say("meter_note_send") }).click();
  await expect(dispute.getByRole("alert")).toContainText(words.say("form_required"));
  await dispute.getByRole("textbox").fill("فتح الكهربائي الغطاء يوم تغيير القاطع");
  await dispute.getByRole("button", { name: words.say("meter_note_send") }).click();
  await expect(frame.content.locator(".list-row").filter({ hasText: "فتح الكهربائي" })).toBeVisible();
});

test("a fault is reported, with the number for what cannot wait @english", async ({ page, frame, signedInAs, words }) => {
  await signedInAs(SHOP);
  await page.goto("/meter");
  await expect(frame.content.locator('a[href="tel:152"]')).toBeVisible();
  await frame.content.getByRole("button", { name: words.say("fault_report") }).click();
  await frame.content.getByRole("combobox", { name: words.say("fault_kind") }).selectOption({ label: words.say("fault_kind_meter_stopped") });
  await frame.content.getByRole("textbox", { name: words.say("fault_text") }).fill("الشاشة مطفأة");
  await frame.content.getByRole("button", { name: words.say("fault_send") }).click();
  await expect(frame.content.getByRole("status")).toContainText(words.match("fault_sent"));
  const reported = frame.content.locator(".list-row").filter({ hasText: words.say("fault_kind_meter_stopped") });
  await expect(reported.first()).toContainText("الشاشة مطفأة");
});
