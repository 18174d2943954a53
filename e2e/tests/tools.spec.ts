import { expect, test } from "../fixtures";
import { asRead } from "../words";

// Nobody is signed in here. Every figure is worked out by hand from rules.md or a golden case of the engine.

test("the calculators are open to anybody, and a limit follows the days @english", async ({ page, ruleForm, words, frame }) => {
  await page.goto("/tools");
  await frame.settled();
  await ruleForm.content.getByRole("link", { name: words.say("tools_tier_limits") }).click();
  await expect(frame.named("tools_tier_limits")).toBeVisible();
  await page.getByRole("combobox").selectOption("sa.electricity.residential");
  // TAR-5: 6,000 × 31 ÷ 30, then × 62 ÷ 30, typed in the other digits.
  await expect(ruleForm.answer).toContainText("6,200");
  await ruleForm.field("days").fill("٦٢");
  await expect(ruleForm.answer).toContainText("12,400");
  await ruleForm.answer.locator("summary").click();
  const how = async () => asRead(await ruleForm.answer.innerText());
  await expect.poll(how).toContain("6,000 × 62 ÷ 30");
  expect(await how()).toContain("TAR-5");
});

test("limits that do not rise are refused at their field, and the refusal goes when it is mended", async ({ page, ruleForm, words }) => {
  await ruleForm.open("/tools/tier-limits?tariff=own&days=24");
  await expect(ruleForm.answer).toContainText("1,600");
  await ruleForm.field("limits.1").fill("2000");
  await expect(ruleForm.below("limits.1")).toContainText(words.say("error_limits_not_rising"));
  await expect(ruleForm.field("limits.1")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert")).toHaveCount(1);
  await ruleForm.field("limits.1").fill("4000");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(ruleForm.answer).toContainText("3,200");
});

test("loads without a meter: ten lamps of 150 W in 31 nights use 558 kWh @english", async ({ ruleForm, words }) => {
  await ruleForm.open("/tools/unmetered?days=31");
  await expect(ruleForm.answer).toContainText("558");
  await ruleForm.press("tools_load_add");
  await expect(ruleForm.field("loads.1.watts")).toBeFocused();
  await ruleForm.field("loads.1.watts").fill("100");
  await ruleForm.field("loads.1.count").fill("5");
  // (1,500 + 500) W × 12 h × 31 ÷ 1000, and round the clock twice as much.
  await expect(ruleForm.answer).toContainText("744");
  await ruleForm.choose("tools_use_continuous");
  await expect(ruleForm.answer).toContainText("1,488");
  await ruleForm.field("days").fill("32");
  await expect(ruleForm.below("days")).toContainText(words.match("error_out_of_range"));
});

const AUGUST = "from=2026-08-01&to=2026-08-31&on=2026-10-01";

test("a fast meter is in the customer's favour, a slow one in the provider's @english", async ({ ruleForm, words }) => {
  await ruleForm.open(`/tools/meter-accuracy?${AUGUST}&recorded=1040&error_percent=4`);
  // BIL-6: 1,040 × 100 ÷ 104 = 1,000; 40 kWh × 0.18 = 7.20, with 15 % tax 8.28.
  await expect(ruleForm.answer).toContainText("8.28");
  expect(asRead(await ruleForm.answer.innerText())).toContain("1,000");
  await expect(ruleForm.answer).toContainText(words.match("tools_favour_customer"));
  await ruleForm.choose("tools_runs_slow");
  await expect(ruleForm.answer).toContainText(words.match("tools_favour_provider"));
  await ruleForm.field("error_percent").fill("١٠٠");
  await expect(ruleForm.below("error_percent")).toContainText(words.match("error_out_of_range"));
  await ruleForm.choose("tools_runs_stopped");
  await expect(ruleForm.field("past_usage")).toBeVisible();
  await expect(ruleForm.answer).toContainText(words.say("assumed_badge"));
});

test("100 dinars in 18 instalments: ten of 5.556 and eight of 5.555 @english", async ({ ruleForm, words }) => {
  await ruleForm.open("/tools/instalments?amount=100&months=18&first_due=2026-01-31");
  await expect(ruleForm.answer).toContainText("5.556");
  const plan = asRead(await ruleForm.answer.innerText());
  expect(plan.match(/5\.556(?! د\.ك)/g)?.length).toBeGreaterThanOrEqual(10);
  expect(plan).toContain("5.555");
  expect(plan).toContain("100.000");
  await expect(ruleForm.answer).toContainText(words.match("plan_remainder"));
  await expect(ruleForm.answer).toContainText(words.say("assumed_badge"));
  await ruleForm.field("months").fill("19");
  await expect(ruleForm.below("months")).toContainText(words.match("error_too_many_months"));
});

test("another tariff costs what the engine says, and the address holds what was typed @english", async ({ page, ruleForm, words }) => {
  await ruleForm.open("/tools/schedules?from=2026-07-28&to=2026-08-27");
  await ruleForm.field("usage").fill("٣٬٠٠٠");
  // 3,000 × 0.005; on the law's tiers 5.167 + 10.333 + 14.000.
  await expect(ruleForm.answer).toContainText("29.500");
  const compared = asRead(await ruleForm.answer.innerText());
  expect(compared).toContain("15.000");
  expect(compared).toContain("14.500");
  await ruleForm.field("other").selectOption("sa.electricity.residential");
  await ruleForm.field("breaker_amps").fill("100");
  await expect(ruleForm.answer).toContainText(words.say("tools_two_currencies"));
  // 3,000 × 0.18 = 540, the fee of 15, 15 % on both.
  await expect(ruleForm.answer).toContainText("638.25");
  await expect(page).toHaveURL(/usage=%D9%A3/);
  await page.reload();
  await expect(ruleForm.answer).toContainText("638.25");
  await ruleForm.field("usage").fill("1,5");
  await expect(ruleForm.below("usage")).toContainText(words.match("error_not_a_decimal"));
});

test("a calculator that is opened by its address stands as it does from the list, and an answer that is gone is not heard", async ({ page, ruleForm }) => {
  await ruleForm.open("/tools/unmetered?days=31");
  await expect(ruleForm.answer).toContainText("558");
  const form = page.locator(".rule-form");
  await expect(form).toHaveCSS("display", "grid");
  const heard = page.locator("p.heard[role=status]");
  await expect(heard).toContainText("558");
  await ruleForm.field("days").fill("");
  await expect(heard).toHaveText("");
});

const DIGITS_28 = "9".repeat(28);

test("what no calculator can take is said at its field, and goes when it is mended", async ({ ruleForm, words }) => {
  for (const [path, field, wrong] of [
    ["/tools/tier-limits?tariff=sa.electricity.residential&days=31", "days", { "-1": "error_negative", [DIGITS_28]: "error_number_too_long", "1e3": "error_not_a_decimal", "٣١ يوما": "error_not_a_decimal" }],
    ["/tools/tier-limits?tariff=sa.electricity.residential&days=31", "on", { "0001-01-01": "error_no_tariff_in_force" }],
    [`/tools/meter-accuracy?${AUGUST}&recorded=1040&error_percent=4`, "recorded", { "-1": "error_negative", [DIGITS_28]: "error_number_too_long", "1e3": "error_not_a_decimal" }],
    [`/tools/meter-accuracy?${AUGUST}&recorded=1040&error_percent=4`, "to", { "2017-01-01": "error_period_reversed" }],
    ["/tools/schedules", "from", { "2017-01-01": "error_no_tariff_in_force" }],
    ["/tools/instalments", "amount", { "-1": "error_negative", [`0.${"0".repeat(27)}1`]: "error_number_too_long" }],
  ] as const) {
    await ruleForm.open(path);
    const right = await ruleForm.field(field).inputValue();
    for (const [value, sentence] of Object.entries(wrong)) {
      await ruleForm.field(field).fill(value);
      await expect(ruleForm.below(field)).toContainText(words.match(sentence));
      await expect(ruleForm.field(field)).toHaveAttribute("aria-invalid", "true");
    }
    await ruleForm.field(field).fill(right);
    await expect(ruleForm.field(field)).not.toHaveAttribute("aria-invalid", "true");
    await expect(ruleForm.answer).toBeVisible();
  }
});
