//! How the reward follows from the share saved, with the cap drawn and each month on it (HAF-3).

use api::accounts::Commodity;
use api::hafez::HafezService;
use billing::hafez::incentive::HafezEarned;
use billing::number::Number;
use billing::rulebook;
use leptos::prelude::*;

use crate::components::card::Card;
use crate::format::to_places;
use crate::pages::reader::{Reader, say};

/// The drawing's edges, in its own units.
const START: i64 = 40;
const END: i64 = 310;
const FLOOR: i64 = 150;
const CAP: i64 = 40;

/// The highest rate of a service.
pub fn cap_of(service: &HafezService) -> Option<Number> {
    let id = match service.commodity {
        Commodity::Electricity => "kw.hafez-electricity-cap",
        Commodity::Water => "kw.hafez-water-cap",
    };
    rulebook::newest_term(id).map(|term| term.value)
}

/// The share saved that reaches the highest rate.
pub fn enough(service: &HafezService) -> Option<Number> {
    let multiple = rulebook::newest_term("kw.hafez-multiple")?.value.fraction();
    cap_of(service)?.fraction().divided_by(multiple).ok()?.to_number().ok()
}

/// A share in percent, to one place.
pub fn percent(reader: Reader, share: &str) -> String {
    let Ok(share) = Number::parse(share) else { return share.to_owned() };
    let percent = Number::from_millionths(share.millionths().saturating_mul(100)).to_string();
    let rounded = to_places(&percent, 1);
    format!("{}%", reader.figure(rounded.strip_suffix(".0").unwrap_or(&rounded)))
}

/// The card with the drawing.
pub fn card(reader: Reader, service: &HafezService) -> AnyView {
    let (Some(cap), Some(enough)) = (cap_of(service), enough(service)) else { return ().into_any() };
    let capped = percent(reader, &cap.to_string());
    let sentence = words::hafez_curve(reader.language, &capped);
    let scale = Scale { enough: enough.millionths().max(1), cap: cap.millionths().max(1) };
    let months = service.earned.iter().flat_map(|earned| &earned.months);
    let points: Vec<AnyView> = months.filter_map(|month| point(&scale, month)).collect();
    let bend = START + (END - START) * 2 / 3;
    let line = format!("M{START} {FLOOR}L{bend} {CAP}H{END}");
    let axis = format!("M{START} {FLOOR}H{END}M{START} {FLOOR}V20");
    let beyond = format!("M{bend} {CAP}L{} 12", bend + (END - bend) / 2);
    let fall = format!("M{bend} {CAP}V{FLOOR}");
    let zero = percent(reader, "0");
    let at_bend = percent(reader, &enough.to_string());
    let name = sentence.clone();
    view! {
        <Card heading=say(words::hafez_reward_how)>
            <p class="card__text">{sentence}</p>
            <svg class="hafez-curve" viewBox="0 0 320 180" role="img" aria-label=name dir="ltr">
                <path class="hafez-curve__axis" d=axis />
                <path class="hafez-curve__beyond" d=fall />
                <path class="hafez-curve__beyond" d=beyond />
                <path class="hafez-curve__line" d=line />
                {points}
                <text class="hafez-curve__text" x=START - 6 y=CAP + 4 text-anchor="end">{capped}</text>
                <text class="hafez-curve__text" x=START - 6 y=FLOOR text-anchor="end">{zero}</text>
                <text class="hafez-curve__text" x=bend y=FLOOR + 18 text-anchor="middle">{at_bend}</text>
            </svg>
            <p class="card__caption">{say(words::hafez_axis)}</p>
        </Card>
    }
    .into_any()
}

struct Scale {
    enough: i64,
    cap: i64,
}

impl Scale {
    /// The drawing reaches half as far again as what earns the highest rate.
    fn x(&self, saved: i64) -> i64 {
        let width = (END - START) * 2 / 3;
        (START + saved.saturating_mul(width) / self.enough).clamp(START, END)
    }

    fn y(&self, rate: i64) -> i64 {
        FLOOR - rate.saturating_mul(FLOOR - CAP) / self.cap
    }
}

fn point(scale: &Scale, month: &HafezEarned) -> Option<AnyView> {
    let saved = Number::parse(&month.saving_rate).ok()?.millionths();
    let rate = Number::parse(month.incentive_rate.as_deref()?).ok()?.millionths();
    Some(view! { <circle class="hafez-curve__point" cx=scale.x(saved) cy=scale.y(rate) r="5" /> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_bends_where_the_cap_is_reached() {
        let scale = Scale { enough: 200_000, cap: 400_000 };
        for (saved, rate, x, y) in [
            (0, 0, 40, 150),
            (100_000, 200_000, 130, 95),
            (200_000, 400_000, 220, 40),
            (900_000, 400_000, 310, 40),
        ] {
            assert_eq!((scale.x(saved), scale.y(rate)), (x, y), "{saved}");
        }
    }
}
