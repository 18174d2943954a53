"""NREL's utilityrate5 (PySAM) as a stranger's opinion on graduated monthly tiers.

`utilityrate5.py years COUNT SEED` prints random years, a month a line: the request of rule `bill`, then the charge of
each tier and the fee as utilityrate5 has them, apart by tabs. `utilityrate5.py speed` prints the total of the year of
crates/billing/benches/year.rs and the nanoseconds that its quickest run took.
"""

import calendar
import json
import random
import sys
import time
from decimal import Decimal

import PySAM.Utilityrate5 as utilityrate5

YEAR = 2026
DAYS = [calendar.monthrange(YEAR, month)[1] for month in range(1, 13)]
NAMES = [name.lower() for name in calendar.month_abbr[1:]]
HOURS = 24 * sum(DAYS)
NO_LIMIT = 1e38
ROUNDS = 50


def model(tiers, fee, load):
    """A year of hourly `load` in kWh; `tiers` are limits a month, the last None, with prices of a kWh."""
    rows = [[1, at + 1, NO_LIMIT if limit is None else float(limit), 0, float(price), 0] for at, (limit, price) in enumerate(tiers)]
    always = [[1] * 24] * 12
    off = dict.fromkeys(
        [
            "ur_metering_option", "ur_en_ts_buy_rate", "ur_en_ts_sell_rate", "ur_dc_enable", "ur_monthly_min_charge",
            "ur_annual_min_charge", "ur_nm_yearend_sell_rate", "ur_nm_credit_month", "ur_nm_credit_rollover", "ur_sell_eq_buy",
        ],
        0,
    )
    rates = {
        **off, "en_electricity_rates": 1, "ur_ec_sched_weekday": always, "ur_ec_sched_weekend": always, "ur_ec_tou_mat": rows,
        "ur_monthly_fixed_charge": float(fee), "rate_escalation": [0],
    }
    year = utilityrate5.new()
    year.assign(
        {
            "ElectricityRates": rates,
            "Lifetime": {"analysis_period": 1, "system_use_lifetime_output": 0, "inflation_rate": 0},
            "SystemOutput": {"degradation": [0], "gen": [0.0] * HOURS},
            "Load": {"load": [float(hour) for hour in load], "load_escalation": [0]},
        }
    )
    return year


def random_year(chance):
    """Tiers, fee, and hours in whole watt-hours, so that months sum up exactly."""
    limits = sorted(chance.sample(range(1, 6000), chance.randint(0, 5)))
    # Up to six decimals, and some prices fall.
    prices = [Decimal(chance.randint(0, 400_000)) / 1_000_000 for _ in range(len(limits) + 1)]
    tiers = list(zip([*map(Decimal, limits), None], prices))
    fee = Decimal(chance.randint(0, 30_000)) / 1000
    most = chance.choice([10, 1000, 5000, 20_000])
    return tiers, fee, [Decimal(chance.randint(0, most)) / 1000 for _ in range(HOURS)]


def years(count, seed):
    chance = random.Random(seed)
    for _ in range(count):
        tiers, fee, load = random_year(chance)
        year = model(tiers, fee, load)
        year.execute()
        schedule = {
            "currency": "KWD", "unit": "kWh",
            "bands": [{"tiers": [{"up_to": limit and str(limit), "price": str(price)} for limit, price in tiers]}],
            "fees": [{"code": "fixed", "amount": str(fee)}],
        }
        begin = 0
        for month, days in enumerate(DAYS):
            usage = sum(load[begin : begin + 24 * days])
            begin += 24 * days
            # The first row and column name tiers and periods, the last ones are sums. Year 0 is before the first.
            _, charged, _ = getattr(year.Outputs, f"charge_wo_sys_ec_{NAMES[month]}_tp")
            charges = {f"tier-{at}": charge for at, charge in enumerate(charged[1:-1], 1)}
            assert len(charges) == len(tiers)
            charges["fee.fixed"] = year.Outputs.charge_wo_sys_fixed_ym[1][month]
            period = {"from": f"{YEAR}-{month + 1:02}-01", "to": f"{YEAR}-{month + 1:02}-{days:02}"}
            request = {"tariff": {"schedule": schedule}, "period": period, "usage": str(usage)}
            print(json.dumps(request), json.dumps(charges), year.Outputs.utility_bill_wo_sys_ym[1][month], sep="\t")


def speed():
    tiers = [(1000, 0.005), (2000, 0.010), (None, 0.015)]
    year = model(tiers, 1.5, [(hour * 7919 % 3000 + 500) / 1000 for hour in range(HOURS)])
    best = None
    for _ in range(ROUNDS):
        begin = time.perf_counter_ns()
        year.execute()
        took = time.perf_counter_ns() - begin
        best = took if best is None else min(best, took)
    print(year.Outputs.utility_bill_wo_sys_year1, best)


if __name__ == "__main__":
    if sys.argv[1] == "years":
        years(int(sys.argv[2]), int(sys.argv[3]))
    else:
        speed()
