// Bills a second with decimal.js, the peer of crates/billing/benches/bill.rs: the same tiers, fee and tax for the
// same usages, and no working. Prints one number.
import Decimal from "decimal.js";

const BILLS = 20_000;
const ROUNDS = 5;
const [limit, days, base] = [new Decimal(6000), new Decimal(31), new Decimal(30)];
const [low, high, fee, rate] = [new Decimal("0.18"), new Decimal("0.30"), new Decimal(15), new Decimal("0.15")];
const round = (amount) => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

function bill(text) {
  const usage = new Decimal(text);
  const bound = limit.times(days).div(base);
  const first = round(Decimal.min(usage, bound).times(low));
  const second = round(Decimal.max(usage.minus(bound), 0).times(high));
  const subtotal = first.plus(second).plus(round(fee));
  const tax = round(subtotal.times(rate));
  return { first, second, subtotal, tax, total: subtotal.plus(tax) };
}

if (bill("6300").total.toFixed(2) !== "1335.15") throw new Error("the peer gives another bill");
const usages = Array.from({ length: 3000 }, (_, i) => ((5_000_000_000 + i * 1_000_123) / 1e6).toFixed(6));
let best = 0;
let sink = 0;
for (let turn = 0; turn < ROUNDS; turn += 1) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < BILLS; i += 1) sink += bill(usages[i % usages.length]).total.e;
  const nanoseconds = Number(process.hrtime.bigint() - start);
  best = Math.max(best, Math.floor((BILLS * 1e9) / nanoseconds));
}
if (sink === 0) throw new Error("nothing was calculated");
console.log(best);
