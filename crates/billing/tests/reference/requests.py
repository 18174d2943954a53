"""Prints random requests with what must come out, a line each: rule, request, expected values by JSON pointer, as JSON.

Run by `tests/reference.rs`; arguments: how many, and the seed.
"""

import json
import random
import sys
from datetime import date, timedelta
from fractions import Fraction as F

import rules

CHANCE = random.Random(int(sys.argv[2]))


def some(most, digits):
    """A decimal from 0 to `most` with at most `digits` decimals."""
    scale = 10 ** CHANCE.randint(0, digits)
    return F(CHANCE.randint(0, most * scale), scale)


def text(value):
    value = F(value)
    millionths = value * 10**6
    assert millionths.denominator == 1, value
    sign, size = "-" if millionths < 0 else "", abs(int(millionths))
    return f"{sign}{size // 10**6}.{size % 10**6:06}".rstrip("0").rstrip(".")


def some_day(first=date(2026, 2, 1), within=300):
    return first + timedelta(CHANCE.randint(0, within))


def period(first, last):
    return {"from": first.isoformat(), "to": last.isoformat()}


def some_period(first, longest=62):
    return first, first + timedelta(CHANCE.randint(1, longest) - 1)


def some_class():
    return CHANCE.choice(list(rules.SAUDI))


def some_amps():
    return CHANCE.choice([60, 61, 100, 101, 200, 300, 400, 401])


def tariff(name):
    return f"sa.electricity.{name}"


def saudi_bill():
    first, last = some_period(some_day(date(2016, 1, 1), 3800))
    name, usage, amps = CHANCE.choice(["residential", "commercial"]), some(20000, 3), some_amps()
    subtotal, total = rules.saudi_bill(first, last, usage, amps, [(date(2016, 1, 1), name)])
    request = {"tariff": {"id": tariff(name)}, "period": period(first, last), "usage": text(usage), "breaker_amps": amps}
    return "bill", request, {"/subtotal": subtotal, "/total": total}


def kuwaiti_bill():
    first, last = some_period(some_day())
    usage = some(9000, 3)
    lines = rules.tiers(rules.STATUTORY, usage, rules.days(first, last), digits=3)
    request = {"tariff": {"id": "kw.electricity.investment.statutory"}, "period": period(first, last), "usage": text(usage)}
    return "bill", request, {"/total": sum((amount for _, amount in lines), F(0))}


def tier_limits():
    limits = sorted(CHANCE.sample(range(1, 9000), 3))
    days, whole = CHANCE.randint(0, 400), CHANCE.random() < 0.5
    request = {"limits": [text(limit) for limit in limits], "days": days}
    if whole:
        request["tier_rounding"] = "whole_unit"
    digits = 0 if whole else 6
    return "tier-limits", request, {f"/limits/{at}": rules.rounded(F(limit * days, 30), digits) for at, limit in enumerate(limits)}


def category_change():
    first, last = some_period(some_day(date(2018, 1, 1), 3300))
    before, after, usage, amps = some_class(), some_class(), some(20000, 3), some_amps()
    reported, discovered = (some_day(first - timedelta(5), rules.days(first, last) + 10) for _ in range(2))
    start = min(reported, discovered)
    categories = [(date(2016, 1, 1), before), (start, after)] if start > first else [(date(2016, 1, 1), after)]
    subtotal, total = rules.saudi_bill(first, last, usage, amps, categories)
    request = {"before": tariff(before), "after": tariff(after), "reported": reported.isoformat(), "discovered": discovered.isoformat(),
               "period": period(first, last), "usage": text(usage), "breaker_amps": amps}
    return "category-change", request, {"/effective_from": start.isoformat(), "/bill/subtotal": subtotal, "/bill/total": total}


def mixed_use():
    first, last = some_period(some_day())
    cuts = sorted(CHANCE.sample(range(1, 10**6), CHANCE.randint(0, 3)))
    shares = [F(end - start, 10**6) for start, end in zip([0, *cuts], [*cuts, 10**6])]
    names, usage, amps = [some_class() for _ in shares], some(20000, 3), some_amps()
    usages = [F(int(usage * share * 10**6), 10**6) for share in shares[:-1]]
    usages.append(usage - sum(usages))
    subtotal = rules.meter_fee(amps)
    for name, share, part in zip(names, shares, usages):
        lines = rules.tiers(rules.SAUDI[name][-1][2], part, rules.days(first, last), share=share)
        subtotal += sum(amount for _, amount in lines)
    request = {"period": period(first, last), "usage": text(usage), "breaker_amps": amps,
               "shares": [{"tariff": tariff(name), "share": text(share)} for name, share in zip(names, shares)]}
    return "mixed-use", request, {"/subtotal": subtotal, "/total": subtotal + rules.rounded(subtotal * F("0.15"), 2)}


def some_loads():
    loads = [(some(500, 1), CHANCE.randint(0, 40)) for _ in range(CHANCE.randint(1, 4))]
    return [{"watts": text(watts), "count": count} for watts, count in loads], sum(watts * count for watts, count in loads)


def unmetered():
    loads, watts = some_loads()
    use, hours = CHANCE.choice([("street-lighting", 12), ("continuous", 24)])
    days = CHANCE.randint(1, 31)
    return "unmetered", {"loads": loads, "use": use, "days": days}, {"/kwh": rules.rounded(watts * hours * days / 1000, 6)}


def temporary_supply():
    loads, watts = some_loads()
    hours, amps, name = some(23, 2), some_amps(), some_class()
    first, last = some_period(some_day())
    usage = rules.rounded(watts * hours * rules.days(first, last) / 1000, 6)
    request = {"tariff": {"id": tariff(name)}, "period": period(first, last), "breaker_amps": amps,
               "declared": {"loads": loads, "hours_per_day": text(hours)}}
    return "temporary-supply", request, {"/usage": usage, "/bill/total": rules.today(name, usage, rules.days(first, last), amps)[1]}


def fixed_bill():
    name, amps, months, total = some_class(), some_amps(), [], F(0)
    for at in range(12):
        first = rules.months_later(date(2024, 9, 28), at)
        last = rules.months_later(date(2024, 9, 28), at + 1) - timedelta(1)
        usage = some(15000, 2)
        months.append({"period": period(first, last), "usage": text(usage)})
        total += rules.today(name, usage, rules.days(first, last), amps)[1]
    fixed, bills = some(1000, 2), [some(1000, 2) for _ in range(12)]
    more = sum(bills) - 12 * fixed
    request = {"tariff": {"id": tariff(name)}, "on": "2026-09-28", "breaker_amps": amps, "months": months,
               "settle": {"fixed": text(fixed), "bills": [text(bill) for bill in bills]}}
    expected = {"/fixed": rules.rounded(total / 12, 2), "/settlement/due": max(more, F(0)), "/settlement/credit": max(-more, F(0))}
    return "fixed-bill", request, expected


def closing_bill():
    first, last = some_period(some_day())
    name, usage, amps, deposit = some_class(), some(9000, 3), some_amps(), some(3000, 2)
    total = rules.today(name, usage, rules.days(first, last), amps)[1]
    request = {"tariff": {"id": tariff(name)}, "period": period(first, last), "usage": text(usage), "breaker_amps": amps, "deposit": text(deposit)}
    return "closing-bill", request, {"/due": max(total - deposit, F(0)), "/returned": max(deposit - total, F(0))}


def billing_calendar():
    issued = date(CHANCE.randint(2025, 2040), CHANCE.randint(1, 12), 28)
    before = rules.months_later(issued, -1)
    expected = {"/period/from": before.isoformat(), "/period/to": (issued - timedelta(1)).isoformat(), "/days": (issued - before).days}
    return "billing-calendar", {"month": issued.strftime("%Y-%m")}, expected


def consumption():
    registers, total, fallen = [], F(0), None
    for at in range(CHANCE.randint(1, 3)):
        previous = CHANCE.randint(0, 99999)
        current = CHANCE.randint(0, 99999) if CHANCE.random() < 0.2 else (previous + CHANCE.randint(0, 11000)) % 100000
        multiplier, digits = some(80, 2) + F(1, 100), CHANCE.random() < 0.8
        register = {"previous": str(previous), "current": str(current), "multiplier": text(multiplier)}
        if digits:
            register["digits"] = 5
        registers.append(register)
        across = current + 100000 - previous
        if current >= previous:
            total += (current - previous) * multiplier
        elif digits and across <= 10000:
            total += across * multiplier
        elif fallen is None:
            fallen = {"error": "reading-fell", "field": f"/registers/{at}/current"}
    return "consumption", {"registers": registers}, fallen or {"/usage": total}


def some_history(before):
    first, history = date(2024, 1, 28) + timedelta(CHANCE.randint(0, 27)), []
    while first < before - timedelta(40):
        last = first + timedelta(CHANCE.randint(27, 33))
        if CHANCE.random() < 0.7:
            history.append((first, last, some(3000, 2), CHANCE.choice(["actual", "actual", "customer", "estimated"])))
        first = last + timedelta(1)
    CHANCE.shuffle(history)
    return history, [{"period": period(first, last), "usage": text(usage), "quality": quality} for first, last, usage, quality in history]


def estimate():
    first, last = some_period(some_day(), 36)
    history, listed = some_history(first)
    real = [past for past in history if past[3] != "estimated"]
    start, end = rules.months_later(first, -12), rules.months_later(last, -12)
    common = [(max(0, rules.days(max(past[0], start), min(past[1], end))), past) for past in real]
    common = [(days, past) for days, past in common if 2 * days >= rules.days(start, end)]
    most = max((days for days, _ in common), default=0)
    used = [past for days, past in common if days == most][:1]
    basis = "last-year" if used else "recent"
    used = used or sorted((past for past in real if past[1] < first), key=lambda past: past[1])[-3:]
    request = {"missing": {"period": period(first, last), "history": listed}}
    if not used:
        return "estimate", request, {"error": "no-past-periods", "field": "/missing/history"}
    usage = sum(past[2] for past in used) * rules.days(first, last) / sum(rules.days(past[0], past[1]) for past in used)
    return "estimate", request, {"/estimate/basis": basis, "/estimate/usage": rules.rounded(usage, 3)}


def settlement():
    first, amps, bills, billed = some_day(), some_amps(), [], F(0)
    start = first
    for _ in range(CHANCE.randint(1, 4)):
        last, usage = start + timedelta(CHANCE.randint(19, 39)), some(9000, 2)
        bills.append({"period": period(start, last), "usage": text(usage)})
        billed += rules.today("residential", usage, rules.days(start, last), amps)[1]
        start = last + timedelta(1)
    last, usage = start + timedelta(CHANCE.randint(19, 39)), some(40000, 2)
    total = rules.today("residential", usage, rules.days(first, last), amps, fees=len(bills) + 1)[1]
    request = {"settle": {"tariff": {"id": tariff("residential")}, "breaker_amps": amps, "estimated": bills, "open": period(start, last), "usage": text(usage)}}
    return "estimate", request, {"/settlement/billed": billed, "/settlement/interval/total": total, "/settlement/difference": total - billed}


def pre_issue_check():
    first, last = some_period(some_day(), 36)
    history, listed = some_history(first)
    usage = some(6000, 2)
    real = [past for past in history if past[3] != "estimated" and past[1] < first]
    same = [past for past in real if past[1].month == last.month]
    if len(same) == 1:
        beside = [rules.months_later(same[0][1], months) for months in (-1, 1)]
        same += [past for past in real if any((past[1].year, past[1].month) == (day.year, day.month) for day in beside)]
    request = {"period": period(first, last), "usage": text(usage), "history": listed}
    if not same:
        return "pre-issue-check", request, {"/allowed": usage > 0}
    daily = sorted(past[2] / rules.days(past[0], past[1]) for past in same)
    middle = (daily[(len(daily) - 1) // 2] + daily[len(daily) // 2]) / 2
    low, high = (middle * factor * rules.days(first, last) for factor in (F("0.3"), F(2)))
    return "pre-issue-check", request, {"/allowed": low <= usage <= high and usage > 0, "/usual/low": rules.rounded(low, 6)}


def meter_correction():
    recorded, error, fast = some(99999, 3), some(90, 2), CHANCE.random() < 0.5
    actual = rules.rounded(recorded * 100 / (100 + error if fast else 100 - error), 3)
    request = {"recorded": text(recorded), "error_percent": text(error), "runs": "fast" if fast else "slow"}
    return "meter-correction", request, {"/actual": actual, "/difference": actual - recorded}


def rebill():
    on, amps = some_day(), some_amps()
    wrong, right = (some(50, 2) + F(1, 100) for _ in range(2))
    earliest, periods, net = rules.months_later(on, -12), [], F(0)
    for _ in range(CHANCE.randint(1, 4)):
        first = on - timedelta(CHANCE.randint(20, 420))
        last, usage = first + timedelta(CHANCE.randint(19, 39)), some(3000, 2)
        days = rules.days(first, last)
        new = rules.rounded(usage * right / wrong, 6)
        difference = rules.today("agricultural", usage, days, amps)[1] - rules.today("agricultural", new, days, amps)[1]
        within = max(0, rules.days(max(first, earliest), last))
        if difference < 0 and within < days:
            difference = rules.rounded(difference * within / days, 2)
        net += difference
        periods.append({"bill": {"tariff": {"id": tariff("agricultural")}, "period": period(first, last), "usage": text(usage), "breaker_amps": amps}})
    request = {"on": on.isoformat(), "correction": {"multiplier": {"wrong": text(wrong), "right": text(right)}}, "periods": periods}
    return "rebill", request, {"/owed": max(net, F(0)), "/claim": max(-net, F(0))}


def meter_test():
    last_test = some_day(date(2015, 1, 1), 4000)
    on, due = some_day(last_test, 3000), rules.months_later(last_test, 60)
    request = {"last_test": last_test.isoformat(), "on": on.isoformat()}
    return "meter-test", request, {"/next_test": due.isoformat(), "/overdue": on > due}


def instalments():
    minor, months, first_due = CHANCE.randint(1, 10**6), CHANCE.randint(1, 18), some_day()
    request = {"amount": text(F(minor, 1000)), "currency": "KWD", "months": months, "first_due": first_due.isoformat()}
    if months > minor:
        return "instalments", request, {"error": "too-many-months", "field": "/months"}
    least, more = divmod(minor, months)
    expected = {f"/instalments/{at}/amount": F(least + (at < more), 1000) for at in range(months)}
    expected[f"/instalments/{months - 1}/due"] = rules.months_later(first_due, months - 1).isoformat()
    return "instalments", request, expected


def split():
    minor, weights = CHANCE.randint(0, 10**7), [some(1000, 3) for _ in range(CHANCE.randint(1, 8))]
    weights[0] += F(1, 1000)
    request = {"currency": "KWD", "amount": text(F(minor, 1000)), "by": "heads", "parts": [{"name": "x", "weight": text(weight)} for weight in weights]}
    return "split", request, {f"/parts/{at}/amount": F(part, 1000) for at, part in enumerate(rules.by_weight(minor, weights))}


def allocation():
    receipt, debts = CHANCE.randint(0, 10**6), [(some_day(), CHANCE.randint(0, 10**5)) for _ in range(CHANCE.randint(0, 9))]
    left, expected = receipt, {}
    for at, (_, debt) in enumerate(sorted(debts, key=lambda debt: debt[0])):
        paid = min(left, debt)
        left -= paid
        expected[f"/allocations/{at}/paid"] = F(paid, 100)
        expected[f"/allocations/{at}/left"] = F(debt - paid, 100)
    expected["/remainder"] = F(left, 100)
    request = {"currency": "SAR", "receipt": text(F(receipt, 100)), "debts": [{"id": "x", "due": due.isoformat(), "amount": text(F(debt, 100))} for due, debt in debts]}
    return "allocation", request, expected


RULES = [saudi_bill, kuwaiti_bill, tier_limits, category_change, mixed_use, unmetered, temporary_supply, fixed_bill, closing_bill, billing_calendar,
         consumption, estimate, settlement, pre_issue_check, meter_correction, rebill, meter_test, instalments, split, allocation]


def main():
    for at in range(int(sys.argv[1])):
        rule, request, expected = RULES[at % len(RULES)]()
        shown = {place: f"{value.numerator}/{value.denominator}" if isinstance(value, F) else value for place, value in expected.items()}
        print(rule, json.dumps(request), json.dumps(shown), sep="\t")


main()
