//! The open period as it grows: used so far, expected, its margin and the same days of last year, over the tiers.

use api::accounts::ServicePoint;
use billing::bill::TierBounds;
use billing::money::Currency;
use billing::number::Number;
use leptos::prelude::*;

use super::course::{Course, course};
use super::figures::Month;
use super::plot::{HEIGHT, Spot, WIDTH, path};
use crate::components::chart::{ChartFigure, LegendEntry, LegendKey};
use crate::format::Unit;
use crate::pages::reader::{Reader, say};

/// What is drawn, and in what it is counted.
#[derive(Clone)]
pub struct Drawn {
    /// Where.
    pub point: ServicePoint,
    /// The open period.
    pub month: Memo<Option<Month>>,
    /// Of the bills.
    pub currency: Currency,
    /// Of the use.
    pub unit: Unit,
}

/// The chart of the period. It travels by itself, and only to where there is room for it.
#[cfg_attr(feature = "split", lazy)]
pub async fn month_chart(drawn: Drawn) -> AnyView {
    let chart = move || drawn.month.with(|month| month.as_ref().map(|month| chart(&drawn, month)));
    chart.into_any()
}

/// As much room as the chart takes.
pub fn room() -> AnyView {
    view! { <div class="month-chart month-chart--room" aria-hidden="true"></div> }.into_any()
}

fn chart(drawn: &Drawn, month: &Month) -> AnyView {
    let reader = Reader::here();
    let text = |number: Number| drawn.unit.text(&number.to_string(), reader.language, reader.digits);
    let [low, middle, high] = month.ends.each_ref().map(|end| text(end.usage));
    let summary = words::a11y_chart_projection(reader.language, &middle, &low, &high);
    let mut legend = vec![
        view! { <LegendEntry key=LegendKey::Now label=say(words::consumption_legend_now) /> }.into_any(),
        view! { <LegendEntry key=LegendKey::Expected label=say(words::consumption_legend_expected) /> }
            .into_any(),
        view! { <LegendEntry key=LegendKey::Margin label=say(words::consumption_legend_range) /> }.into_any(),
    ];
    let course = course(&drawn.point, month);
    if !course.last_year.is_empty() {
        let label = say(words::consumption_legend_last_year);
        legend.push(view! { <LegendEntry key=LegendKey::Past label=label /> }.into_any());
    }
    let plot = plot(reader, drawn, month, &course);
    view! {
        <ChartFigure summary=summary legend=legend>
            <div class="month-chart">{plot}</div>
        </ChartFigure>
    }
    .into_any()
}

/// Where things stand in the drawing.
struct Scale {
    days: i64,
    most: i64,
}

impl Scale {
    fn of(month: &Month, course: &Course) -> Self {
        let Course { days, last_year, .. } = course;
        let [_, _, high] = &month.ends;
        let highest = last_year.iter().copied().chain([high.usage.millionths()]).max().unwrap_or(0);
        Self { days: (*days).max(1), most: highest.saturating_mul(112) / 100 }
    }

    fn spot(&self, permille_of_days: i64, millionths: i64) -> Spot {
        let up = i128::from(millionths) * i128::from(HEIGHT) / i128::from(self.most.max(1));
        let y = HEIGHT - i64::try_from(up).unwrap_or(HEIGHT);
        Spot { x: permille_of_days * WIDTH / (self.days * 1000), y }
    }

    fn spots<'a>(&'a self, from_permille: i64, sums: &'a [i64]) -> impl Iterator<Item = Spot> + 'a {
        let day = move |place: usize| i64::try_from(place).unwrap_or(0) * 1000;
        sums.iter().enumerate().map(move |(place, sum)| {
            // Between two midnights stands only the first place: now.
            let at = if place == 0 { from_permille } else { from_permille / 1000 * 1000 + day(place) };
            self.spot(at, *sum)
        })
    }
}

fn plot(reader: Reader, drawn: &Drawn, month: &Month, course: &Course) -> AnyView {
    let scale = Scale::of(month, course);
    let now = scale.spot(course.now_permille, month.used.millionths());
    let [low, middle, high] = course.ahead.each_ref().map(|sums| scale.spots(course.now_permille, sums));
    let end = middle.last().unwrap_or(now);
    let expected = path(scale.spots(course.now_permille, &course.ahead[1]));
    let back: Vec<Spot> = high.collect();
    let margin = path(low.chain(back.into_iter().rev())) + "Z";
    let used = path(scale.spots(0, &course.used).chain([now]));
    let past = path(scale.spots(0, &course.last_year));
    let (width, height) = (WIDTH, HEIGHT);
    let figure = |number: Number| drawn.unit.figure(&number.to_string(), reader.digits);
    let [_, expected_end, _] = &month.ends;
    view! {
        {month.tiers.iter().filter_map(|tier| zone(reader, drawn, &scale, tier)).collect::<Vec<_>>()}
        <svg class="month-chart__drawing" viewBox=format!("0 0 {width} {height}") preserveAspectRatio="none" aria-hidden="true">
            <path class="month-chart__margin" d=margin />
            <path class="month-chart__past" d=past />
            <path class="month-chart__expected" d=expected />
            <path class="day-chart__line" d=used />
            <path class="day-chart__now" d=format!("M{} {}V{height}", now.x, now.y) />
        </svg>
        {spot("day-chart__spot", now)}
        {label("month-chart__label", now, figure(month.used))}
        {spot("day-chart__spot day-chart__spot--peak", end)}
        {label("month-chart__label month-chart__label--end", end, figure(expected_end.usage))}
    }
    .into_any()
}

fn spot(class: &'static str, at: Spot) -> AnyView {
    view! { <span class=class style:inset-inline-start=at.across() style:inset-block-start=at.down()></span> }
        .into_any()
}

fn label(class: &'static str, at: Spot, text: String) -> AnyView {
    view! {
        <span class=class aria-hidden="true" style:inset-inline-start=at.across() style:inset-block-start=at.down()>
            {text}
        </span>
    }
    .into_any()
}

/// The ground of a tier from its first unit up, with its price; none where the drawing does not reach it.
fn zone(reader: Reader, drawn: &Drawn, scale: &Scale, tier: &TierBounds) -> Option<AnyView> {
    let from = scale.spot(0, tier.from.to_number().ok()?.millionths());
    if from.y <= 0 {
        return None;
    }
    let price = tier.price.map(|price| reader.price(drawn.currency, price)).unwrap_or_default();
    let class = format!("month-chart__tier month-chart__tier--{}", tier.place.min(3));
    let limit = (tier.place > 1).then(|| {
        let limit = tier.from.to_number().unwrap_or_default().to_string();
        view! { <span class="month-chart__limit">{drawn.unit.figure(&limit, reader.digits)}</span> }
            .into_any()
    });
    let bottom = Spot { x: 0, y: HEIGHT - from.y }.down();
    Some(
        view! {
            <span class=class aria-hidden="true" style:inset-block-end=bottom>
                {limit}
                <span class="month-chart__price">
                    <bdi>{price}</bdi>
                </span>
            </span>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_and_now_stands_between() {
        let scale = Scale { days: 30, most: 1_000 };
        for (from, sums, spots) in [
            (0, vec![0, 500, 1_000], vec![(0, 1_000), (48, 500), (96, 0)]),
            (1_500, vec![500, 750], vec![(72, 500), (96, 250)]),
            (2_000, vec![500], vec![(96, 500)]),
        ] {
            let found: Vec<(i64, i64)> = scale.spots(from, &sums).map(|spot| (spot.x, spot.y)).collect();
            assert_eq!(found, spots, "{from}");
        }
    }
}
