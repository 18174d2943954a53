import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

/** Fils, of amounts with three decimals. */
function fils(text: string): number[] {
  return [...text.matchAll(/([\d,]+)\.(\d{3})/g)].map(([, whole, part]) => Number(whole.replaceAll(",", "") + part));
}

test("a bill among three adds up to the last fils, and the names stay on the device @english", async ({ page, ruleForm, words, signedInAs }) => {
  await signedInAs(FLAT);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url() + (request.postData() ?? "")));
  await ruleForm.open("/split");
  await ruleForm.press("split_person_add");
  await ruleForm.field("people.0.name").fill("Noura");
  await ruleForm.field("people.1.name").fill("سعاد");
  await expect(ruleForm.answer.locator(".bill-line")).toHaveCount(3);
  const text = async () => fils(asRead(await page.locator(".share-text").innerText()));
  const [one, two, three, total] = await text();
  expect(one + two + three).toBe(total);
  expect(Math.max(one, two, three) - Math.min(one, two, three)).toBeLessThanOrEqual(1);
  const bill = fils(asRead(await page.locator("main select option").first().innerText()));
  expect([total]).toEqual(bill);
  await ruleForm.answer.locator("summary").first().click();
  await expect.poll(async () => asRead(await ruleForm.answer.innerText())).toContain("÷ 3");

  await ruleForm.choose("split_by_percent");
  for (const [row, share] of ["50", "٣٠", "10"].entries()) await ruleForm.field(`people.${row}.share`).fill(share);
  await expect(ruleForm.below("people.2.share")).toContainText(words.match("error_shares_not_whole"));
  await ruleForm.field("people.2.share").fill("20");
  await expect.poll(async () => (await text()).slice(0, 3).reduce((sum, part) => sum + part)).toBe(total);

  // Kept once the fingers rest.
  await page.waitForTimeout(1_000);
  await page.reload();
  await expect(ruleForm.field("people.1.name")).toHaveValue("سعاد");
  await expect(ruleForm.field("people.1.share")).toHaveValue("٣٠");
  expect(sent.filter((request) => request.includes("Noura"))).toEqual([]);
});

test("fixed sums come first, and what they leave is shared or said", async ({ page, ruleForm, words, signedInAs }) => {
  await signedInAs(FLAT);
  await ruleForm.open("/split");
  await ruleForm.choose("split_by_sums");
  await ruleForm.field("people.0.share").fill("1");
  await expect.poll(async () => fils(asRead(await page.locator(".share-text").innerText()))[0]).toBe(1_000);
  const [first, second, total] = fils(asRead(await page.locator(".share-text").innerText()));
  expect(first + second).toBe(total);
  await ruleForm.field("people.1.share").fill("1");
  await expect(ruleForm.answer).toContainText(words.match("split_left"));
  await ruleForm.field("people.1.share").fill("100000");
  await expect(ruleForm.below("people.1.share")).toContainText(words.match("error_out_of_range"));
});
