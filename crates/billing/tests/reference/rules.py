"""The rules of pricing and metering in exact fractions: a second opinion, written from the rules and the contract alone."""

import calendar
from datetime import date, timedelta
from fractions import Fraction as F
from math import floor

FEE = [(60, 10), (100, 15), (200, 21), (300, 22), (400, 25), (None, 30)]
SAUDI_VAT = [(date(2018, 1, 1), F("0.05")), (date(2020, 7, 1), F("0.15"))]
# First day, whole-unit limits, limits with prices.
SAUDI = {
    "residential": [
        (date(2016, 1, 1), True, [(2000, "0.05"), (4000, "0.10"), (6000, "0.20"), (None, "0.30")]),
        (date(2018, 1, 1), False, [(6000, "0.18"), (None, "0.30")]),
    ],
    "commercial": [
        (date(2016, 1, 1), True, [(4000, "0.16"), (8000, "0.24"), (None, "0.30")]),
        (date(2018, 1, 1), False, [(6000, "0.20"), (None, "0.30")]),
        (date(2026, 1, 30), False, [(6000, "0.22"), (None, "0.32")]),
    ],
    "agricultural": [(date(2018, 1, 1), False, [(6000, "0.16"), (None, "0.20")])],
    "industrial": [
        (date(2016, 1, 1), True, [(None, "0.18")]),
        (date(2018, 1, 1), False, [(None, "0.18")]),
    ],
}
STATUTORY = [(1000, "0.005"), (2000, "0.010"), (None, "0.015")]


def rounded(value, digits):
    """Half away from zero."""
    scaled = abs(F(value)) * 10**digits
    whole = floor(scaled) + (1 if scaled - floor(scaled) >= F(1, 2) else 0)
    return F(whole if value >= 0 else -whole, 10**digits)


def days(first, last):
    return (last - first).days + 1


def months_later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def meter_fee(amps):
    return F(next(fee for up_to, fee in FEE if up_to is None or amps <= up_to))


def tiers(prices, usage, in_days, digits=2, whole=False, share=F(1)):
    """Units and amounts of the tiers, with limits for the days."""
    lines, before = [], F(0)
    for up_to, price in prices:
        limit = None if up_to is None else F(up_to) * share * in_days / 30
        if whole and limit is not None:
            limit = rounded(limit, 0)
        top = usage if limit is None else min(usage, limit)
        if top > before:
            lines.append((top - before, rounded((top - before) * F(price), digits)))
        if limit is None or usage <= limit:
            return lines
        before = limit
    return lines


def segments(first, last, categories):
    """Days under one price list: `categories` are their first days with their names."""
    parts = []
    for at, (begins, name) in enumerate(categories):
        ends = categories[at + 1][0] - timedelta(1) if at + 1 < len(categories) else last
        begins, ends = max(begins, first), min(ends, last)
        versions = SAUDI[name]
        for place, (start, whole, prices) in enumerate(versions):
            stop = versions[place + 1][0] - timedelta(1) if place + 1 < len(versions) else last
            part = (max(begins, start), min(ends, stop))
            if days(*part) > 0:
                parts.append((*part, whole, prices))
    return parts


def saudi_bill(first, last, usage, amps, categories):
    """Subtotal and total of a period, whatever changes in it."""
    parts = segments(first, last, categories)
    in_all, fee = days(first, last), meter_fee(amps)
    subtotals, fees = [], F(0)
    for at, (begins, ends, whole, prices) in enumerate(parts):
        span = days(begins, ends)
        lines = tiers(prices, usage * span / in_all, span, whole=whole)
        part_fee = fee - fees if at + 1 == len(parts) else rounded(fee * span / in_all, 2)
        fees += part_fee
        subtotals.append(sum(amount for _, amount in lines) + part_fee)
    bases = {}
    for (begins, ends, _, _), subtotal in zip(parts, subtotals):
        changes = [begins] + [day for day, _ in SAUDI_VAT if begins < day <= ends]
        left = subtotal
        for at, start in enumerate(changes):
            stop = changes[at + 1] - timedelta(1) if at + 1 < len(changes) else ends
            rest = at + 1 == len(changes)
            base = left if rest else rounded(subtotal * days(start, stop) / days(begins, ends), 2)
            left -= base
            rate = max((rate for day, rate in SAUDI_VAT if day <= start), default=F(0))
            bases[rate] = bases.get(rate, F(0)) + base
    subtotal = sum(subtotals)
    return subtotal, subtotal + sum(rounded(base * rate, 2) for rate, base in bases.items())


def today(name, usage, in_days, amps, share=F(1), fees=1):
    """Subtotal and total at the newest prices."""
    lines = tiers(SAUDI[name][-1][2], usage, in_days, share=share)
    subtotal = sum(amount for _, amount in lines) + meter_fee(amps) * fees
    return subtotal, subtotal + rounded(subtotal * F("0.15"), 2)


def by_weight(minor, weights):
    """Rounded down; what is left over to the largest rests, of equal ones to the first."""
    whole = sum(weights)
    exact = [F(minor) * weight / whole for weight in weights]
    parts = [floor(part) for part in exact]
    order = sorted(range(len(weights)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: minor - sum(parts)]:
        parts[at] += 1
    return parts
