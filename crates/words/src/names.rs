//! The names of what the wire carries as codes: lines, tiers, tariffs, units, currencies, rules, documents.
//!
//! A name stands inside a sentence; where it stands alone, [`label`] gives it its capital.

use std::borrow::Cow;

use billing::audit::Place;
use billing::hafez::eligibility::HafezCondition;
use billing::money::Currency;
use billing::rulebook;

use crate::{Language, sentences as words};

/// `name` as it stands alone: English begins with a capital, but `kWh` and other names of mixed case stay.
#[must_use]
pub fn label(name: &str) -> String {
    let mut letters = name.chars();
    let (first, second) = (letters.next(), letters.clone().next());
    match (first, second) {
        (Some(first), Some(second)) if second.is_uppercase() => format!("{first}{}", letters.as_str()),
        (Some(first), _) => first.to_uppercase().chain(letters).collect(),
        (None, _) => String::new(),
    }
}

/// The tier at `place`, counted from 1: "tier 1".
#[must_use]
pub fn tier_name(language: Language, place: usize) -> Cow<'static, str> {
    let name = match place {
        1 => words::tier_1(language),
        2 => words::tier_2(language),
        3 => words::tier_3(language),
        4 => words::tier_4(language),
        5 => words::tier_5(language),
        6 => words::tier_6(language),
        7 => words::tier_7(language),
        8 => words::tier_8(language),
        9 => words::tier_9(language),
        10 => words::tier_10(language),
        _ => return words::tier_numbered(language, &place.to_string()).into(),
    };
    name.into()
}

/// The bill line of this code, as a label: `tier-1`, `unit.fuel`, `fee.meter`, `discount.support`, each with `@2` ...
/// from the second part of a split period on. What only a caller's own schedule names keeps that name.
#[must_use]
pub fn line_name(language: Language, code: &str) -> String {
    let (line, part) = code.split_once('@').map_or((code, None), |(line, part)| (line, Some(part)));
    let name = match line.split_once(['-', '.']) {
        Some(("tier", place)) => place.parse().map_or(line.into(), |place| tier_name(language, place)),
        Some(("unit", "fuel")) => words::bill_line_fuel(language).into(),
        Some(("unit", name)) => words::bill_line_unit_charge(language, name).into(),
        Some(("fee", "meter")) => words::bill_line_meter_fee(language).into(),
        Some(("fee", "customer")) => words::bill_line_customer_fee(language).into(),
        Some(("fee", name)) => words::bill_line_fee(language, name).into(),
        Some(("tax", _)) => words::input_tax(language).into(),
        Some(("discount", name)) => words::bill_line_relief(language, name).into(),
        _ => line.into(),
    };
    let name = label(&name);
    part.map_or(name.clone(), |part| words::bill_line_segment(language, &name, part))
}

/// The part of a bill where it first differs; `percent` writes a rate such as `0.15` for the reader.
#[must_use]
pub fn place_name(language: Language, place: &Place, percent: impl FnOnce(&str) -> String) -> String {
    match place {
        Place::Quantity(code) => words::bill_difference_quantity(language, &line_name(language, code)),
        Place::Price(code) => words::bill_difference_price(language, &line_name(language, code)),
        Place::Line(code) => line_name(language, code),
        Place::Subtotal => words::bill_line_subtotal(language).to_owned(),
        Place::Tax(rate) => words::bill_line_vat(language, &percent(rate)),
        Place::Total => words::bill_line_total(language).to_owned(),
        Place::Rest => words::bill_difference_rest(language).to_owned(),
    }
}

/// The schedule of this id; `None` if the rulebooks have none.
#[must_use]
pub fn tariff_name(language: Language, id: &str) -> Option<&'static str> {
    Some(match id {
        "kw.electricity.private" => words::tariff_kw_electricity_private(language),
        "kw.electricity.investment" => words::tariff_kw_electricity_investment(language),
        "kw.electricity.investment.statutory" => words::tariff_kw_electricity_investment_statutory(language),
        "kw.electricity.commercial" => words::tariff_kw_electricity_commercial(language),
        "kw.electricity.productive" => words::tariff_kw_electricity_productive(language),
        "kw.electricity.non-productive" => words::tariff_kw_electricity_non_productive(language),
        "kw.electricity.leisure" => words::tariff_kw_electricity_leisure(language),
        "kw.electricity.government" => words::tariff_kw_electricity_government(language),
        "kw.water.private" => words::tariff_kw_water_private(language),
        "kw.water.investment" => words::tariff_kw_water_investment(language),
        "kw.water.commercial" => words::tariff_kw_water_commercial(language),
        "kw.water.productive" => words::tariff_kw_water_productive(language),
        "kw.water.non-productive" => words::tariff_kw_water_non_productive(language),
        "kw.water.leisure" => words::tariff_kw_water_leisure(language),
        "kw.water.government" => words::tariff_kw_water_government(language),
        "sa.electricity.residential" => words::tariff_sa_electricity_residential(language),
        "sa.electricity.commercial" => words::tariff_sa_electricity_commercial(language),
        "sa.electricity.agricultural" => words::tariff_sa_electricity_agricultural(language),
        "sa.electricity.health-education" => words::tariff_sa_electricity_health_education(language),
        "sa.electricity.industrial" => words::tariff_sa_electricity_industrial(language),
        "sa.electricity.government" => words::tariff_sa_electricity_government(language),
        _ => return None,
    })
}

/// A condition of Hafez by its name.
#[must_use]
pub const fn hafez_condition(language: Language, condition: HafezCondition) -> &'static str {
    match condition {
        HafezCondition::Owner => words::hafez_condition_owner(language),
        HafezCondition::Year => words::hafez_condition_year(language),
        HafezCondition::Dues => words::hafez_condition_dues(language),
        HafezCondition::Readings => words::hafez_condition_readings(language),
    }
}

/// The category of customers that the schedule of this id prices; `None` if there is none.
#[must_use]
pub fn class_name(language: Language, tariff: &str) -> Option<&'static str> {
    Some(match tariff.split('.').nth(2)? {
        "private" => words::class_private_housing(language),
        "investment" => words::class_investment(language),
        "commercial" => words::class_commercial(language),
        "productive" => words::class_productive(language),
        "non-productive" => words::class_non_productive(language),
        "leisure" => words::class_leisure(language),
        "government" => words::class_government(language),
        "residential" => words::class_residential(language),
        "agricultural" => words::class_agricultural_charity(language),
        "health-education" => words::class_health_education(language),
        "industrial" => words::class_industrial(language),
        _ => return None,
    })
}

/// The unit that the wire calls `kWh`, `kW` or `imp gal`; another keeps its name.
#[must_use]
pub fn unit_name(language: Language, unit: &str) -> &str {
    match unit {
        "kWh" => words::unit_kwh(language),
        "kW" => words::unit_kw(language),
        "imp gal" => words::unit_imp_gal(language),
        other => other,
    }
}

/// The sign of a currency: "KD".
#[must_use]
pub const fn currency_sign(language: Language, currency: Currency) -> &'static str {
    match currency {
        Currency::KWD => words::currency_kwd(language),
        Currency::BHD => words::currency_bhd(language),
        Currency::OMR => words::currency_omr(language),
        Currency::JOD => words::currency_jod(language),
        Currency::SAR => words::currency_sar(language),
        Currency::AED => words::currency_aed(language),
        Currency::QAR => words::currency_qar(language),
        Currency::EGP => words::currency_egp(language),
        Currency::MYR => words::currency_myr(language),
    }
}

/// The smallest part of a currency: "fils".
#[must_use]
pub const fn minor_unit_name(language: Language, currency: Currency) -> &'static str {
    match currency {
        Currency::KWD | Currency::BHD | Currency::JOD | Currency::AED => words::minor_fils(language),
        Currency::OMR => words::minor_baisa(language),
        Currency::SAR => words::minor_halala(language),
        Currency::QAR => words::minor_dirham(language),
        Currency::EGP => words::minor_piastre(language),
        Currency::MYR => words::minor_sen(language),
    }
}

/// The rule of this id: "tier limits by days" for `TAR-5`; `None` if no page shows it.
#[must_use]
pub fn rule_name(language: Language, id: &str) -> Option<&'static str> {
    Some(match id {
        "TAR-1" => words::rule_tar_1(language),
        "TAR-2" => words::rule_tar_2(language),
        "TAR-3" => words::rule_tar_3(language),
        "TAR-4" => words::rule_tar_4(language),
        "TAR-5" => words::rule_tar_5(language),
        "TAR-6" => words::rule_tar_6(language),
        "TAR-7" => words::rule_tar_7(language),
        "TAR-8" => words::rule_tar_8(language),
        "TAR-9" => words::rule_tar_9(language),
        "TAR-10" => words::rule_tar_10(language),
        "TAR-11" => words::rule_tar_11(language),
        "TAR-12" => words::rule_tar_12(language),
        "TAR-13" => words::rule_tar_13(language),
        "BIL-1" => words::rule_bil_1(language),
        "BIL-2" => words::rule_bil_2(language),
        "BIL-3" => words::rule_bil_3(language),
        "BIL-4" => words::rule_bil_4(language),
        "BIL-5" => words::rule_bil_5(language),
        "BIL-6" => words::rule_bil_6(language),
        "BIL-7" => words::rule_bil_7(language),
        "BIL-8" => words::rule_bil_8(language),
        "BIL-9" => words::rule_bil_9(language),
        "BIL-10" => words::rule_bil_10(language),
        "BIL-11" => words::rule_bil_11(language),
        "BIL-12" => words::rule_bil_12(language),
        "BIL-13" => words::rule_bil_13(language),
        "DEB-5" => words::rule_deb_5(language),
        "allocation" => words::rule_allocation(language),
        "split" => words::rule_split(language),
        "MET-6" => words::rule_met_6(language),
        "PRE-1" => words::rule_pre_1(language),
        "PRE-2" => words::rule_pre_2(language),
        "PRE-4" => words::rule_pre_4(language),
        "HAF-1" => words::rule_haf_1(language),
        "HAF-2" => words::rule_haf_2(language),
        "HAF-3" => words::rule_haf_3(language),
        "HAF-4" => words::rule_haf_4(language),
        "PRO-1" => words::rule_pro_1(language),
        "PRO-2" => words::rule_pro_2(language),
        "PRO-3" => words::rule_pro_3(language),
        _ => return None,
    })
}

/// The document of this id; `None` if the rulebooks have none.
#[must_use]
pub fn source_name(language: Language, id: &str) -> Option<&'static str> {
    rulebook::instrument(id).map(|document| language.choose(document.title_ar, document.title_en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tariff_of_the_rulebooks_has_its_words() {
        for schedule in rulebook::schedules() {
            for language in Language::ALL {
                assert!(tariff_name(language, schedule.id).is_some(), "{}", schedule.id);
                assert!(class_name(language, schedule.id).is_some(), "{}", schedule.id);
            }
            assert_ne!(unit_name(Language::Arabic, schedule.unit), schedule.unit, "{}", schedule.id);
        }
        assert_eq!(tariff_name(Language::Arabic, "kw.electricity"), None);
        assert_eq!(class_name(Language::English, "kw.electricity.x"), None);
    }

    #[test]
    fn every_rule_of_the_engine_has_its_words() {
        for rule in billing::rules::RULES {
            let of_debt = || crate::debt::debt_rule_name(Language::Arabic, rule.id);
            assert!(rule_name(Language::Arabic, rule.id).or_else(of_debt).is_some(), "{}", rule.id);
        }
    }

    #[test]
    fn a_line_has_a_name() {
        for (code, arabic, english) in [
            ("tier-1", "الشريحة الأولى", "Tier 1"),
            ("tier-10", "الشريحة العاشرة", "Tier 10"),
            ("tier-11", "الشريحة رقم \u{2068}11\u{2069}", "Tier \u{2068}11\u{2069}"),
            (
                "tier-2@3",
                "\u{2068}الشريحة الثانية\u{2069}، الجزء \u{2068}3\u{2069} من الفترة",
                "\u{2068}Tier 2\u{2069}, part \u{2068}3\u{2069} of the period",
            ),
            ("unit.fuel", "كلفة الوقود", "Fuel charge"),
            ("fee.meter", "رسم خدمة العداد", "Meter service fee"),
            ("fee.night", "رسم: \u{2068}night\u{2069}", "Fee: \u{2068}night\u{2069}"),
            ("discount.support", "تخفيض: \u{2068}support\u{2069}", "Relief: \u{2068}support\u{2069}"),
            ("unheard", "Unheard", "Unheard"),
            ("", "", ""),
        ] {
            assert_eq!(line_name(Language::Arabic, code), arabic, "{code}");
            assert_eq!(line_name(Language::English, code), english, "{code}");
        }
    }

    #[test]
    fn a_label_begins_with_a_capital() {
        for (name, shown) in
            [("tier 1", "Tier 1"), ("kWh", "kWh"), ("KD", "KD"), ("x", "X"), ("سكني", "سكني"), ("", "")]
        {
            assert_eq!(label(name), shown);
        }
    }
}
