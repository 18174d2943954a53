import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

/** The figures of the second column, in millionths. */
function millionths(figures: string[]): bigint {
  return figures.reduce((sum, figure) => {
    const [whole = "0", part = ""] = asRead(figure).replace(/[^\d.]/g, "").split(".");
    return sum + BigInt(whole || "0") * 1_000_000n + BigInt(part.padEnd(6, "0").slice(0, 6));
  }, 0n);
}

for (const span of ["consumption_year", "consumption_month", "consumption_day"] as const) {
  test(`${span}: the table adds up to what the chart says @english`, async ({ consumption, words, signedInAs }) => {
    await signedInAs(FLAT);
    await consumption.open();
    await consumption.show(span);
    await consumption.previous.click();
    const summary = asRead((await consumption.chart.first().getAttribute("aria-label")) ?? "");
    await consumption.show("consumption_as_table");
    await expect(consumption.table).toBeVisible();
    await expect(consumption.chart).toHaveCount(0);
    const rows = consumption.table.locator("tbody tr");
    const cells = await rows.locator("td:nth-child(2)").allInnerTexts();
    const total = cells.pop();
    expect(cells.length).toBeGreaterThan(10);
    expect(millionths([total ?? ""])).toBe(millionths(cells));
    expect(summary).toContain(asRead(total ?? "no total"));
    await consumption.show("consumption_as_chart");
    await expect(consumption.chart.first()).toBeVisible();
    await expect(consumption.table).toHaveCount(0);
    expect(words.language).toBeTruthy();
  });
}
