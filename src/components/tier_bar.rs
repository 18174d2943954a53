//! Where you are and where you will end, on the tiers' own scale.

use leptos::prelude::*;

/// One tier of the bar.
#[derive(Clone, Debug)]
pub struct BarTier {
    /// Its last unit, in millionths; the last tier has none.
    pub ceiling: Option<i64>,
    /// Its price: "5 fils".
    pub price: String,
    /// Where it ends: "up to 1,000".
    pub limit: String,
}

/// Where use stands, in millionths of the unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BarUse {
    /// So far.
    pub used: i64,
    /// Expected by the end of the period.
    pub expected: i64,
    /// The lower end of its margin.
    pub low: i64,
    /// The upper end of its margin.
    pub high: i64,
}

/// The tier bar: solid to the needle, soft from there to the expected end, its margin bracketed below.
#[component]
pub fn TierBar(
    /// The same in a sentence, for those who do not see it.
    summary: String,
    /// The tiers, from the first.
    tiers: Vec<BarTier>,
    /// Where use stands.
    position: BarUse,
    /// "Now 1,486", before the needle.
    now: String,
    /// "Expected 2,290", at the end.
    expected: String,
) -> impl IntoView {
    let ceilings: Vec<_> = tiers.iter().map(|tier| tier.ceiling).collect();
    let scale = Scale::of(&ceilings, position);
    let tracks: Vec<AnyView> = (0..tiers.len()).map(|at| track_view(at, &scale, position)).collect();
    let legend = |(at, tier)| legend_view(at, tier, &scale);
    let legend: Vec<AnyView> = tiers.into_iter().enumerate().map(legend).collect();
    let margin = (position.high > position.low).then(|| {
        view! {
            <span
                class="tier-bar__bracket"
                style:inset-inline-start=scale.at(position.low)
                style:inset-inline-end=scale.after(position.high)
            ></span>
        }
        .into_any()
    });
    view! {
        <div class="tier-bar" role="img" aria-label=summary>
            <div class="tier-bar__labels">
                <span class="tier-bar__label" style:flex-basis=scale.at(position.used)>
                    {now}
                </span>
                <span class="tier-bar__label tier-bar__label--expected">{expected}</span>
            </div>
            <div class="tier-bar__track">
                {tracks}
                <span class="tier-bar__needle" style:inset-inline-start=scale.at(position.used)></span>
            </div>
            <div class="tier-bar__margin">{margin}</div>
            <div class="tier-bar__legend">{legend}</div>
        </div>
    }
}

/// The ground of the tier at place `at`, from 0, filled to where use stands.
pub fn track_view(at: usize, scale: &Scale, position: BarUse) -> AnyView {
    view! {
        <div
            class=format!("tier-bar__tier tier-{}", (at + 1).min(3))
            style:flex-grow=scale.width(at).to_string()
        >
            <span class="tier-bar__expected" style:inline-size=scale.share_of_tier(at, position.expected)></span>
            <span class="tier-bar__used" style:inline-size=scale.share_of_tier(at, position.used)></span>
        </div>
    }
    .into_any()
}

fn legend_view(at: usize, tier: BarTier, scale: &Scale) -> AnyView {
    view! {
        <div class="tier-bar__tier-words" style:flex-grow=scale.width(at).to_string()>
            <span class="tier-bar__price">{tier.price}</span>
            <span class="tier-bar__limit">{tier.limit}</span>
        </div>
    }
    .into_any()
}

/// Where the tiers begin, and where the bar ends. Only the drawing is rounded, to a thousandth of its width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The first unit of each tier, and the end of the bar.
    bounds: Vec<i64>,
}

impl Scale {
    /// The bar ends a little behind all that it shows, and leaves the last tier room for its words.
    pub fn of(ceilings: &[Option<i64>], position: BarUse) -> Self {
        let last = ceilings.iter().flatten().copied().max().unwrap_or_default();
        let shown = last.max(position.used).max(position.expected).max(position.high).max(1);
        let end = shown.saturating_add(shown / 8).max(last.saturating_add(last / 4));
        let bounds =
            std::iter::once(0).chain(ceilings.iter().map(|ceiling| ceiling.unwrap_or(end))).collect();
        Self { bounds }
    }

    /// How many tiers there are.
    pub fn tiers(&self) -> usize {
        self.bounds.len() - 1
    }

    /// The end of the bar.
    pub fn end(&self) -> i64 {
        self.bounds.last().copied().unwrap_or(1).max(1)
    }

    /// The same tiers on a bar that ends at `end`, where that is not before its last tier.
    pub fn ending_at(mut self, end: i64) -> Self {
        if let Some(last) = self.bounds.last_mut() {
            *last = end.max(*last);
        }
        self
    }

    /// The tier's width in thousandths of the bar, never nothing.
    pub fn width(&self, at: usize) -> i64 {
        let from = self.bounds.get(at).copied().unwrap_or_default();
        let to = self.bounds.get(at + 1).copied().unwrap_or(from);
        thousandths(to - from, self.end()).max(1)
    }

    /// How much of a tier lies before `units`.
    pub fn share_of_tier(&self, at: usize, units: i64) -> String {
        let from = self.bounds.get(at).copied().unwrap_or_default();
        let to = self.bounds.get(at + 1).copied().unwrap_or(from);
        percent(thousandths(units - from, to - from))
    }

    /// Where `units` stand.
    pub fn at(&self, units: i64) -> String {
        percent(thousandths(units, self.end()))
    }

    /// What of the bar lies behind `units`.
    pub fn after(&self, units: i64) -> String {
        percent(1_000 - thousandths(units, self.end()))
    }
}

fn thousandths(part: i64, whole: i64) -> i64 {
    let whole = i128::from(whole.max(1));
    let share = i128::from(part) * 1_000 / whole;
    i64::try_from(share.clamp(0, 1_000)).unwrap_or_default()
}

fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIERS: [Option<i64>; 3] = [Some(1_000), Some(2_000), None];

    fn scale() -> Scale {
        Scale::of(&TIERS, BarUse { used: 1_486, expected: 2_290, low: 2_180, high: 2_400 })
    }

    #[test]
    fn the_bar_ends_behind_the_margin() {
        assert_eq!(scale().bounds, [0, 1_000, 2_000, 2_700]);
        assert_eq!(Scale::of(&[None], BarUse::default()).bounds, [0, 1]);
        let early = BarUse { used: 80, expected: 900, low: 800, high: 1_000 };
        assert_eq!(Scale::of(&TIERS, early).bounds, [0, 1_000, 2_000, 2_500]);
    }

    #[test]
    fn a_tier_is_filled_to_where_use_stands() {
        for (tier, units, share) in [
            (0, 1_486, "100.0%"),
            (1, 1_486, "48.6%"),
            (2, 1_486, "0.0%"),
            (2, 2_290, "41.4%"),
            (1, 2_000, "100.0%"),
            (2, 2_000, "0.0%"),
        ] {
            assert_eq!(scale().share_of_tier(tier, units), share, "tier {tier} at {units}");
        }
    }

    #[test]
    fn a_place_on_the_bar_is_a_share_of_it() {
        assert_eq!((scale().at(1_350), scale().after(2_025)), ("50.0%".into(), "25.0%".into()));
        assert_eq!(scale().at(i64::MAX), "100.0%");
    }
}
