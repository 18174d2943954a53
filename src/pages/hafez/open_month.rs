//! What the rest of the open month would bring, and measures that fit the household's own days (HAF-6).

use api::accounts::{Overview, ServicePoint};
use api::hafez::HafezService;
use billing::bill::{self, BillFacts};
use billing::error::Refusal;
use billing::fraction::Fraction;
use billing::hafez::incentive::{HafezMonth, HafezRequest, Interpretation, hafez};
use billing::hafez::{self as rule};
use billing::money::Currency;
use billing::number::Number;
use billing::projection::{Projection, ProjectionFacts, project};
use leptos::prelude::*;
use words::codes::finding_message;

use super::curve::enough;
use super::measures::{self, Measure};
use crate::client::{Loading, Outcome};
use crate::components::card::Card;
use crate::components::icon::IconName;
use crate::components::list_row::ListRow;
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::overview::figures::local_day;
use crate::pages::reader::{Reader, say};

/// The card; it waits for the days without a word.
pub fn card(service: &HafezService, now: i64, overview: Loading<Overview>) -> AnyView {
    let service = service.clone();
    let shown = move || {
        let reader = Reader::here();
        let text = |text: String| Some(view! { <p class="card__text">{text}</p> }.into_any());
        let Some(baseline) = service.open.baseline else {
            return text(words::hafez_open_no_baseline(reader.language).to_owned());
        };
        if !service.open.counts {
            return text(words::hafez_open_not_counted(reader.language).to_owned());
        }
        overview.outcome.with(|outcome| {
            let Outcome::Here(loaded) = outcome else { return None };
            let points = &loaded.reply.service_points;
            let point = points.iter().find(|point| point.id == service.service_point)?;
            let month = Month::of(&service, point, baseline, now, loaded.reply.utc_offset_seconds);
            match month {
                Some(month) => Some(month.view(reader)),
                None => {
                    let quantity = reader.quantity(&service.unit, &baseline.to_string());
                    text(words::hafez_open_by_reading(reader.language, &quantity))
                }
            }
        })
    };
    view! { <Card heading=say(words::hafez_open_title)>{shown}</Card> }.into_any()
}

/// The open month as the engine sees it.
struct Month<'a> {
    service: &'a HafezService,
    point: &'a ServicePoint,
    baseline: Number,
    projection: Projection,
    facts: ProjectionFacts,
}

impl<'a> Month<'a> {
    fn of(
        service: &'a HafezService,
        point: &'a ServicePoint,
        baseline: Number,
        now: i64,
        utc_offset_s: i32,
    ) -> Option<Self> {
        point.live.as_ref()?;
        let (today, day_passed_permille) = local_day(now, utc_offset_s)?;
        let before = usize::try_from((point.period.first() - point.daily_from.0).whole_days()).unwrap_or(0);
        let used = point.daily.iter().skip(before).flatten().map(|day| day.millionths()).sum();
        let facts = ProjectionFacts {
            tariff: point.tariff.clone(),
            breaker_amps: point.breaker_amps,
            period: point.period,
            today,
            used: Number::from_millionths(used),
            daily_from: point.daily_from.0,
            daily: point.daily.clone(),
            day_passed_permille,
        };
        let projection = project(&facts).ok()?;
        Some(Self { service, point, baseline, projection, facts })
    }

    /// What the month earns if it ends with so much use.
    fn reward(&self, usage: Number) -> Result<String, Refusal> {
        let (point, period) = (self.point, self.service.open.period);
        let bill =
            bill::calculate(&BillFacts::of_schedule(&point.tariff, period, usage, point.breaker_amps))?;
        let month = HafezMonth {
            month: self.service.open.month,
            baseline: self.baseline,
            actual: usage,
            bill: Number::parse(&bill.total.to_string())?,
            baseline_bill: None,
        };
        let commodity = rule::Commodity::Electricity;
        let request =
            HafezRequest { commodity, interpretation: Interpretation::Percent, months: vec![month] };
        Ok(hafez(&request, &finding_message)?.total)
    }

    /// The use that reaches the highest rate, and how much of it is left.
    fn target(&self) -> Option<(Number, Number)> {
        let share = Fraction::whole(1).minus(enough(self.service)?.fraction()).ok()?;
        let target = self.baseline.fraction().times(share).ok()?.to_number().ok()?;
        let left = target.millionths() - self.facts.used.millionths();
        (left > 0).then(|| (target, Number::from_millionths(left)))
    }

    fn view(&self, reader: Reader) -> AnyView {
        let language = reader.language;
        let quantity = |units: Number| reader.quantity(&self.service.unit, &units.to_string());
        let money = |usage: Number| match self.reward(usage) {
            Ok(reward) => reader.money(Currency::KWD, &reward),
            // A price that was never published earns nothing that could be told.
            Err(_) => words::value_none(language).to_owned(),
        };
        let expected = self.projection.middle.usage;
        let told = words::hafez_open_expected(
            language,
            &quantity(expected),
            &quantity(self.baseline),
            &money(expected),
        );
        let rest = match self.target() {
            Some((target, left)) => words::hafez_rest_of_month(language, &quantity(left), &money(target)),
            None => words::hafez_rest_gone(language).to_owned(),
        };
        let measures = measures::of(&self.facts, &self.projection);
        let row = |measure: &Measure| {
            let end = Number::from_millionths(expected.millionths() - measure.saved.millionths());
            let effect = words::hafez_measure_effect(language, &quantity(measure.saved), &money(end));
            let title = (measure.words)(language);
            view! { <ListRow title=title note=effect icon=IconName::Check /> }.into_any()
        };
        let rows: Vec<AnyView> = measures.iter().map(row).collect();
        let note = match rows.is_empty() {
            true => words::hafez_measures_none(language),
            false => words::hafez_measures_note(language),
        };
        view! {
            <p class="card__text">{told}</p>
            <Notice kind=NoticeKind::Good title=rest icon=IconName::Info />
            <h3 class="hafez-measures__title">{words::hafez_measures(language)}</h3>
            <div class="hafez-measures">{rows}</div>
            <p class="card__caption">{note}</p>
        }
        .into_any()
    }
}
