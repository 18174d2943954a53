//! The lines of a bill: tiers, charges on every unit, fees, discounts.

use std::borrow::Cow;

use super::bands::{chosen_band, scale};
use super::facts::{BillFacts, Method};
use super::segments::{Pricing, Segment};
use super::shares::Share;
use super::{Charge, Line, Steps};
use crate::error::{BillingError, Refusal, Result};
use crate::formula::Formula;
use crate::fraction::Fraction;
use crate::money::Money;
use crate::number::Number;
use crate::rulebook::{Band, Fee, FeeAmount, Tier};
use crate::working::Working;

pub(super) fn lines(
    facts: &BillFacts,
    pricing: &Pricing<'_>,
    shares: &[Share],
    working: &mut Working,
) -> Result<Vec<Line>, Refusal> {
    let bands: Vec<_> = (pricing.segments.iter())
        .map(|segment| chosen_band(facts, pricing, segment))
        .collect::<Result<_, _>>()?;
    let mut rater = Rater { facts, pricing, bands, working, lines: Vec::with_capacity(8) };
    for (place, share) in shares.iter().enumerate() {
        rater.tiers(place, share)?;
        rater.unit_charges(place, share)?;
        rater.fees(place)?;
    }
    rater.discounts()?;
    Ok(rater.lines)
}

struct Rater<'a> {
    facts: &'a BillFacts,
    pricing: &'a Pricing<'a>,
    bands: Vec<&'a Band>,
    working: &'a mut Working,
    lines: Vec<Line>,
}

/// A limit and the step that gave it.
#[derive(Clone, Copy)]
struct Limit {
    value: Fraction,
    step: Option<usize>,
}

impl<'a> Rater<'a> {
    fn tiers(&mut self, place: usize, share: &Share) -> Result<(), Refusal> {
        if !share.usage.is_positive() {
            return Ok(());
        }
        match self.bands[place].method {
            Method::Graduated => self.graduated(place, share),
            Method::WholeBlock => self.whole_block(place, share),
        }
    }

    fn graduated(&mut self, place: usize, share: &Share) -> Result<(), Refusal> {
        let mut before: Option<Limit> = None;
        let count = self.bands[place].tiers.len();
        for at in 0..count {
            if before.is_some_and(|before| share.usage <= before.value) {
                return Ok(());
            }
            let tier = self.bands[place].tiers[at];
            let limit = self.limit(place, at, tier, self.segment_days(place))?;
            let (quantity, step) = self.tier_quantity(place, share, before, limit)?;
            let reached = limit.map_or(share.usage, |limit| share.usage.min(limit.value));
            let printed = match before {
                Some(before) => reached.printed()?.minus(before.value.printed()?)?,
                None => reached.printed()?,
            };
            let steps = [share.step, before.and_then(|b| b.step), limit.and_then(|l| l.step), step, None];
            if quantity.is_positive() {
                self.charge(
                    place,
                    Charge { exact: quantity, printed, price: self.priced(place, tier)? },
                    at,
                    steps,
                )?;
            }
            before = limit;
        }
        match before {
            Some(last) if share.usage > last.value => Err(BillingError::UsageBeyondLastTier.at("/usage")),
            _ => Ok(()),
        }
    }

    fn tier_quantity(
        &mut self,
        place: usize,
        share: &Share,
        before: Option<Limit>,
        limit: Option<Limit>,
    ) -> Result<(Fraction, Option<usize>)> {
        let basis = self.pricing.basis("TAR-1", self.segment(place).version.source);
        let usage = share.usage;
        let quantity = match (before, limit) {
            (None, None) => return Ok((usage, None)),
            (None, Some(limit)) => self.working.step(basis, Formula::FirstTier, &[usage, limit.value])?,
            (Some(before), Some(limit)) => {
                let inputs = [usage, limit.value, before.value];
                self.working.step(basis, Formula::MiddleTier, &inputs)?
            }
            (Some(before), None) => self.working.step(basis, Formula::LastTier, &[usage, before.value])?,
        };
        Ok((quantity, Some(self.working.newest())))
    }

    /// All units at the price of the tier that the whole usage reaches.
    fn whole_block(&mut self, place: usize, share: &Share) -> Result<(), Refusal> {
        let whole = self.facts.usage.fraction();
        for at in 0..self.bands[place].tiers.len() {
            let tier = self.bands[place].tiers[at];
            let limit = self.limit(place, at, tier, self.pricing.period.days())?;
            if limit.is_none_or(|limit| whole <= limit.value) {
                let price = self.priced(place, tier)?;
                let charge = Charge { exact: share.usage, printed: share.usage.printed()?, price };
                let steps = [share.step, None, limit.and_then(|limit| limit.step), None, None];
                return Ok(self.charge(place, charge, at, steps)?);
            }
        }
        Err(BillingError::UsageBeyondLastTier.at("/usage"))
    }

    /// The tier's limit for `days`; none where it is open, as the last of a closed band is within a segment.
    fn limit(&mut self, place: usize, at: usize, tier: Tier, days: i64) -> Result<Option<Limit>> {
        let band = self.bands[place];
        let opened = self.pricing.is_split() && band.usage_up_to.is_some() && at + 1 == band.tiers.len();
        let Some(up_to) = tier.up_to.filter(|_| !opened) else { return Ok(None) };
        let segment = self.segment(place);
        let Some((formula, days, base)) = scale(self.pricing, segment, days) else {
            return Ok(Some(Limit { value: up_to.fraction(), step: None }));
        };
        let basis = self.pricing.basis("TAR-5", segment.version.proration_source);
        let value = self.working.step(basis, formula, &[up_to.fraction(), days, base])?;
        Ok(Some(Limit { value, step: Some(self.working.newest()) }))
    }

    fn charge(&mut self, place: usize, charge: Charge, tier: usize, steps: Steps) -> Result<()> {
        let code = match TIER_CODES.get(tier) {
            Some(code) => Cow::Borrowed(*code),
            None => Cow::Owned(format!("tier-{}", tier + 1)),
        };
        self.charged(place, code, charge, steps)
    }

    fn charged(&mut self, place: usize, code: Cow<'static, str>, charge: Charge, steps: Steps) -> Result<()> {
        let basis = self.pricing.basis("TAR-1", self.segment(place).version.source);
        let inputs = [charge.exact, charge.price.fraction(), self.digits()];
        let amount = self.working.step(basis, Formula::Charge, &inputs)?;
        self.line(place, code, Some(charge), amount, steps)
    }

    fn unit_charges(&mut self, place: usize, share: &Share) -> Result<()> {
        for unit_charge in self.pricing.unit_charges {
            let code = Cow::Owned(format!("unit.{}", unit_charge.code));
            let (exact, price) = (share.usage, unit_charge.price);
            let charge = Charge { exact, printed: exact.printed()?, price };
            self.charged(place, code, charge, [share.step, None, None, None, None])?;
        }
        Ok(())
    }

    fn fees(&mut self, place: usize) -> Result<(), Refusal> {
        let segment = self.segment(place);
        let band: &Band = self.bands[place];
        for fee in segment.version.prices.fees.iter().chain(band.fees.iter()) {
            let amount = self.fee_amount(fee)?;
            let code = fee.line_code.clone();
            let value = self.fee(place, fee, amount, &code)?;
            self.line(place, code, None, value, Steps::default())?;
        }
        Ok(())
    }

    fn fee_amount(&self, fee: &Fee) -> Result<Number, Refusal> {
        match fee.amount {
            FeeAmount::Fixed(amount) => Ok(amount),
            FeeAmount::ByBreaker(rows) => {
                let amps = self
                    .pricing
                    .breaker_amps
                    .ok_or_else(|| BillingError::BreakerMissing.at("/breaker_amps"))?;
                let row = rows.iter().find(|row| row.up_to.is_none_or(|up_to| amps <= up_to));
                Ok(row.map_or(Number::ZERO, |row| row.amount))
            }
        }
    }

    /// In full, by the base days, or by its segment's days; the last segment takes the remainder of a fee that
    /// all segments share.
    fn fee(&mut self, place: usize, fee: &Fee, amount: Number, code: &str) -> Result<Fraction> {
        let basis = self.pricing.basis("TAR-4", fee.source);
        let (days, amount) = (Fraction::count(self.segment_days(place)), amount.fraction());
        if fee.prorated {
            let base = Fraction::count(i64::from(self.segment(place).version.prices.base_days));
            return self.working.step(basis, Formula::ByDays, &[amount, days, base, self.digits()]);
        }
        let times = Fraction::count(self.pricing.fee_periods);
        let amount = match self.pricing.fee_periods {
            1 => amount,
            _ => self.working.step(basis, Formula::FeeTimes, &[amount, times, self.digits()])?,
        };
        if !self.pricing.is_split() {
            return self.working.step(basis, Formula::Fee, &[amount, self.digits()]);
        }
        if place + 1 == self.pricing.segments.len() && self.shared_by_all(fee) {
            let same = |line: &&Line| line.code.split('@').next() == Some(code);
            let earlier = (self.lines.iter().filter(same))
                .try_fold(Fraction::ZERO, |sum, line| sum.plus(line.amount.fraction()))?;
            let whole = self.working.step(basis, Formula::Fee, &[amount, self.digits()])?;
            return self.working.step(basis, Formula::Remainder, &[whole, earlier]);
        }
        let of_days = Fraction::count(self.pricing.period.days());
        self.working.step(basis, Formula::ByDays, &[amount, days, of_days, self.digits()])
    }

    fn shared_by_all(&self, fee: &Fee) -> bool {
        let has = |segment: &Segment| segment.version.prices.fees.contains(fee);
        self.pricing.segments.iter().all(has)
    }

    /// Only a caller's own schedule has discounts, and it is never split.
    fn discounts(&mut self) -> Result<()> {
        for discount in self.pricing.discounts {
            let left =
                (self.lines.iter()).try_fold(Fraction::ZERO, |sum, line| sum.plus(line.amount.fraction()))?;
            let inputs = [discount.amount.fraction(), self.digits(), left];
            let amount = self.working.step(self.pricing.sums, Formula::Relief, &inputs)?;
            self.line(0, Cow::Owned(format!("discount.{}", discount.code)), None, amount, Steps::default())?;
        }
        Ok(())
    }

    /// Writes a line down; the newest step is the one that gave its amount.
    fn line(
        &mut self,
        place: usize,
        code: Cow<'static, str>,
        charge: Option<Charge>,
        amount: Fraction,
        mut steps: Steps,
    ) -> Result<()> {
        steps[steps.len() - 1] = Some(self.working.newest());
        let code = if place == 0 { code } else { Cow::Owned(format!("{code}@{}", place + 1)) };
        let amount = Money::of_rounded(amount, self.pricing.currency)?;
        self.lines.push(Line { code, charge, amount, segment: place, steps });
        Ok(())
    }

    fn priced(&self, place: usize, tier: Tier) -> Result<Number, Refusal> {
        let tariff = || self.segment(place).tariff.to_owned();
        tier.price.ok_or_else(|| BillingError::PriceNotPublished { tariff: tariff() }.at("/usage"))
    }

    fn segment(&self, place: usize) -> &'a Segment {
        &self.pricing.segments[place]
    }

    fn segment_days(&self, place: usize) -> i64 {
        self.segment(place).days()
    }

    fn digits(&self) -> Fraction {
        Fraction::count(i64::from(self.pricing.currency.minor_digits()))
    }
}

const TIER_CODES: [&str; 4] = ["tier-1", "tier-2", "tier-3", "tier-4"];
