//! What loads without a meter use (TAR-9).

use billing::error::Refusal;
use billing::metering::unmetered::{Load, LoadUse, UnmeteredRequest, unmetered as use_of};
use leptos::prelude::*;
use words::Language;
use words::codes::finding_message;
use words::names::{label, rule_name};

use super::form::{Answer, Field, Kind, Rows, Rule};
use super::grounds::{figure, findings, why};
use super::tool::tool;
use super::typed::Typed;
use crate::components::card::Card;
use crate::components::facts::{Fact, Facts};
use crate::pages::reader::Reader;

const STREET: &str = "street-lighting";
const USES: &[&str] = &[STREET, "continuous"];
const ROWS: Rows =
    Rows { name: "loads", add: words::tools_load_add, remove: words::tools_load_remove, most: 12 };

/// The page at `/tools/unmetered`.
#[cfg_attr(feature = "split", lazy)]
pub async fn unmetered() -> AnyView {
    let starts = Typed::of(&[
        ("use", STREET),
        ("days", "31"),
        ("loads", "1"),
        ("loads.0.watts", "150"),
        ("loads.0.count", "10"),
    ]);
    let rule = Rule { fields, rows: Some(ROWS), answer: Box::new(answer) };
    tool(words::tools_unmetered, words::tools_unmetered_help, starts, rule)
}

fn use_words(language: Language, value: &str) -> String {
    let words = if value == STREET { words::tools_use_street } else { words::tools_use_continuous };
    words(language).to_owned()
}

fn fields(typed: &Typed) -> Vec<Field> {
    let mut fields = vec![
        Field::new("use", words::tools_use, Kind::Few(USES, use_words)),
        Field::new("days", words::tools_period_days, Kind::Whole).of(words::unit_days).wide(),
    ];
    let rows = typed.rows(ROWS.name, ROWS.most);
    for row in 0..rows {
        let name = |part: &str| format!("{}.{row}.{part}", ROWS.name);
        let watts = Field::new(name("watts"), words::tools_watts, Kind::Decimal).of(words::unit_watt);
        let count = Field::new(name("count"), words::tools_count, Kind::Whole);
        fields.extend([watts, count].map(|field| if rows > 1 { field.at_place(row + 1) } else { field }));
    }
    fields
}

fn request(typed: &Typed) -> Result<UnmeteredRequest, Refusal> {
    let load = |row| {
        let name = |part: &str| format!("{}.{row}.{part}", ROWS.name);
        Ok(Load { watts: typed.number(&name("watts"))?, count: typed.whole(&name("count"))? })
    };
    let usage = if typed.text("use") == STREET { LoadUse::StreetLighting } else { LoadUse::Continuous };
    let loads: Result<Vec<_>, Refusal> = (0..typed.rows(ROWS.name, ROWS.most)).map(load).collect();
    Ok(UnmeteredRequest { loads: loads?, usage, days: typed.whole("days")? })
}

fn answer(reader: Reader, typed: &Typed) -> Result<Answer, Refusal> {
    let request = request(typed)?;
    let answer = use_of(&request, &finding_message)?;
    let language = reader.language;
    let kwh = reader.exact_quantity("kWh", &answer.kwh);
    let days = reader.counted(request.days.into(), words::count_days_gen);
    let title = words::tools_unmetered_result(language, &days);
    let power = format!("{}\u{a0}{}", reader.figure(&answer.watts), words::unit_watt(language));
    let rule = label(rule_name(language, "TAR-9").unwrap_or_default());
    let (used, hours) = (figure(kwh.clone()), reader.figure(&answer.hours));
    let view = view! {
        <Card heading=title.clone()>
            {used}
            <Facts>
                <Fact term=words::tools_unmetered_power(language)><bdi>{power}</bdi></Fact>
                <Fact term=words::tools_unmetered_hours(language)><bdi>{hours}</bdi></Fact>
            </Facts>
        </Card>
        {findings(reader, &answer.findings)}
        {why(reader, rule, &answer.working, None)}
    };
    Ok(Answer { said: format!("{title}: {kwh}"), view: view.into_any() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_asks_the_engine_what_was_typed() {
        // TAR-9, worked by hand: 10 × 150 W × 12 h × 31 days ÷ 1000 = 558 kWh.
        let mut typed = Typed::of(&[("use", STREET), ("days", "٣١"), ("loads", "1")]);
        typed.set("loads.0.watts", "150".to_owned());
        typed.set("loads.0.count", "١٠".to_owned());
        let kwh = |typed: &Typed| request(typed).and_then(|request| use_of(&request, &finding_message));
        assert_eq!(kwh(&typed).unwrap().kwh, "558");
        typed.set("days", "32".to_owned());
        let refused = kwh(&typed).unwrap_err();
        assert_eq!((refused.error.code(), refused.field.as_str()), ("out-of-range", "/days"));
        typed.set("loads.0.watts", "-1".to_owned());
        typed.set("days", "1".to_owned());
        assert_eq!(kwh(&typed).unwrap_err().field, "/loads/0/watts");
    }
}
