import type { APIRequestContext } from "@playwright/test";

import { HOUSE, FLAT, RIYADH, SHOP } from "../demo";
import { drafts } from "../drafts";
import { expect, test } from "../fixtures";
import { asFile, PICTURE } from "../made_up";
import { asRead } from "../words";

interface Reading {
  register: string;
}
interface OwnReadings {
  last_actual: Reading;
  readings: { reading: Reading; photo?: string; unlikely: boolean }[];
}

function path(account: string, point: string): string {
  return `/api/v1/accounts/${account}/service-points/${point}/own-readings`;
}

async function own(request: APIRequestContext, account: string, point: string): Promise<OwnReadings> {
  const reply = await request.get(path(account, point));
  expect(reply.status()).toBe(200);
  return (await reply.json()) as OwnReadings;
}

/** What a register showed, and more. */
function later(reading: Reading, by: number): string {
  return String(Math.trunc(Number(reading.register)) + by);
}

test("after an estimate a holder reads the meter, with a photo, and sees it in the list @english", async ({
  page,
  bills,
  frame,
  ownReading,
  signedInAs,
  words,
}) => {
  await signedInAs(RIYADH);
  await page.goto(`/bills/${RIYADH}-2025-11`);
  await expect(frame.content).toContainText(words.say("quality_estimated"));
  await frame.way("nav_more").click();
  await page.getByRole("link", { name: words.say("reading_title") }).click();
  await ownReading.register.waitFor();
  const before = await own(page.request, RIYADH, "malqa-electricity");
  const number = later(before.last_actual, 3_000);
  await ownReading.register.fill(number);
  // 2,999.571 kWh in 21 days, all in the first tier: 539.92 and the fee of 15.00, and 15 % of both.
  expect(before.last_actual.register).toBe("175975.429");
  await expect.poll(async () => asRead(await frame.content.innerText())).toContain("638.16");
  await ownReading.photo.setInputFiles(PICTURE);
  await expect(ownReading.shownPhoto).toBeVisible();
  await ownReading.send.click();
  await expect(frame.content.getByRole("status")).toContainText(words.match("reading_sent"));
  await expect(frame.content.getByRole("status")).toContainText(words.say("reading_next_reports"));
  const after = await own(page.request, RIYADH, "malqa-electricity");
  expect(after.readings).toHaveLength(before.readings.length + 1);
  expect(after.readings[0]?.reading.register).toBe(number);
  await expect(ownReading.taken).toHaveCount(after.readings.length);
  const thumb = ownReading.taken.first().getByRole("img");
  await expect.poll(() => thumb.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

test("a mechanical meter's factor counts, and one reading sent is a draft no more", async ({
  page,
  frame,
  ownReading,
  signedInAs,
  words,
}) => {
  await signedInAs(SHOP);
  await ownReading.open();
  const { last_actual } = await own(page.request, SHOP, "mubarakiya-electricity");
  await ownReading.register.fill(later(last_actual, 100));
  // 100 of the register, times 20.
  await expect.poll(async () => asRead(await frame.content.innerText())).toMatch(/\b2,000\b/);
  await ownReading.photo.setInputFiles(PICTURE);
  await ownReading.send.click();
  await expect(frame.content.getByRole("status")).toContainText(words.say("reading_next"));
  await page.reload();
  await ownReading.register.waitFor();
  await expect(ownReading.register).toHaveValue("");
});

test("what is no picture is said at once, and nothing typed is lost @english", async ({
  page,
  ownReading,
  signedInAs,
  words,
}) => {
  await signedInAs(HOUSE);
  await ownReading.open("water");
  await ownReading.register.fill("123");
  for (const [name, mimeType, bytes] of [
    ["meter.jpg", "image/jpeg", Buffer.from("%PDF-1.7 no picture")],
    ["cut.png", "image/png", PICTURE.buffer.subarray(0, 30)],
    ["empty.jpg", "image/jpeg", Buffer.alloc(0)],
    ["meter.gif", "image/gif", Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=", "base64")],
  ] as const) {
    await ownReading.photo.setInputFiles({ ...asFile(bytes), name, mimeType });
    await expect(page.locator("#photo-below").getByRole("alert"), name).toContainText(words.say("error_photo_kind"));
    await expect(ownReading.shownPhoto).toHaveCount(0);
  }
  const large = { name: "large.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc((8 << 20) + 1, 0xff) };
  await ownReading.photo.setInputFiles(large);
  await expect(page.locator("#photo-below").getByRole("alert")).toContainText(words.match("reading_photo_too_large"));
  await ownReading.photo.setInputFiles(PICTURE);
  await expect(page.locator("#photo-below").getByRole("alert")).toHaveCount(0);
  await expect(ownReading.shownPhoto).toBeVisible();
  await expect(ownReading.register).toHaveValue("123");
});

test("a reading below the last, or no number, is said at its field and not sent @english", async ({
  page,
  ownReading,
  signedInAs,
  words,
}) => {
  const sent: string[] = [];
  await signedInAs(FLAT);
  await ownReading.open();
  const { last_actual } = await own(page.request, FLAT, "salmiya-electricity");
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await ownReading.send.click();
  await expect(ownReading.wrong).toContainText(words.say("form_required"));
  await ownReading.register.fill("12,3");
  await expect(ownReading.wrong).toContainText(words.match("form_number_invalid"));
  await ownReading.register.fill(later(last_actual, -1));
  await expect(ownReading.wrong).toContainText(words.match("error_reading_fell"));
  await expect(ownReading.register).toHaveAttribute("aria-invalid", "true");
  await ownReading.send.click();
  // Half a number is on its way to a whole one.
  await ownReading.register.fill("3");
  await expect(ownReading.wrong).toHaveCount(0);
  await ownReading.register.fill(later(last_actual, 50));
  await expect(ownReading.wrong).toHaveCount(0);
  expect(sent).toEqual([]);
});

test("a reading far from the usual asks for the holder's word, and his word is taken", async ({
  page,
  frame,
  ownReading,
  signedInAs,
  watch,
}) => {
  watch.expect(/status of 422/);
  await signedInAs(FLAT);
  await ownReading.open();
  const { last_actual } = await own(page.request, FLAT, "salmiya-electricity");
  await ownReading.register.fill(later(last_actual, 90_000));
  await ownReading.send.click();
  await ownReading.confirm.click();
  await expect(frame.content.getByRole("status")).toBeVisible();
  const { readings } = await own(page.request, FLAT, "salmiya-electricity");
  expect(readings[0]?.unlikely).toBe(true);
});

test("a draft outlives a reload and the loss of the network, is sent once by itself, and goes at sign-out", async ({
  page,
  context,
  frame,
  ownReading,
  settings,
  signedInAs,
  watch,
  words,
}) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED/);
  await signedInAs(HOUSE);
  await ownReading.open("water");
  const before = await own(page.request, HOUSE, "yarmouk-water");
  const number = later(before.last_actual, 2_000);
  await ownReading.register.fill(number);
  await ownReading.photo.setInputFiles(PICTURE);
  await expect(ownReading.shownPhoto).toBeVisible();
  await kept(page, number);
  await page.reload();
  // Without a service in the address, the meter with a draft is the one that is shown.
  await page.goto("/readings/new");
  await expect(ownReading.register).toHaveValue(number);
  await expect(ownReading.shownPhoto).toBeVisible();

  await context.setOffline(true);
  await ownReading.send.click();
  await expect(frame.content).toContainText(words.say("reading_waiting"));
  await expect(ownReading.register).toHaveValue(number);
  await context.setOffline(false);
  await expect(frame.content.getByRole("status")).toContainText(words.match("reading_sent"));
  const after = await own(page.request, HOUSE, "yarmouk-water");
  expect(after.readings.length).toBe(before.readings.length + 1);

  await ownReading.open("water");
  await ownReading.register.fill("777");
  await kept(page, "777");
  await settings.open();
  await page.route("**/api/v1/session", (route) =>
    route.request().method() === "DELETE" ? route.fulfill({ status: 204 }) : route.continue(),
  );
  await settings.signOut.click();
  await expect.poll(() => drafts(page)).toEqual([]);
});

test("a closed window says its days, keeps the draft and sends nothing", async ({ page, frame, ownReading, signedInAs, words }) => {
  await signedInAs(HOUSE);
  await page.route(`**${path(HOUSE, "yarmouk-electricity")}`, async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, json: { ...(await reply.json()), open: false } });
  });
  await ownReading.open();
  await expect(frame.content).toContainText(words.match("reading_window_later"));
  await expect(ownReading.send).toHaveCount(0);
});

async function kept(page: import("@playwright/test").Page, typed: string): Promise<void> {
  await expect.poll(async () => (await drafts(page)).join()).toContain(`"typed":"${typed}"`);
}
