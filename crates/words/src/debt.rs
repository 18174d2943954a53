//! Debts, cuts, complaints and compensation in words. They stand apart from the other findings, so that a page that
//! shows none of them links none of these sentences.

use billing::disconnection::times::ForbiddenTime;
use billing::finding::debt::DebtFinding;
use billing::finding::{Finding, Message};
use billing::money::Money;
use billing::period::Day;
use billing::rulebook::debt::debt_instrument;

use crate::codes::{both, finding_words};
use crate::dates::day_words;
use crate::names::class_name;
use crate::phrases::{bills_gen, days_gen, days_words, money_words, months_words, working_days_gen};
use crate::{Count, Language, sentences as words};

/// Any finding of the engine in both languages, those of debts with them.
#[must_use]
pub fn every_finding_message(finding: &Finding) -> Message {
    both(|language| every_finding_words(language, finding))
}

/// Any finding of the engine.
#[must_use]
pub fn every_finding_words(language: Language, finding: &Finding) -> String {
    match finding {
        Finding::Debt(finding) => debt_finding_words(language, finding),
        Finding::AssumedParameter { name, value } => match assumed_in_debt(language, name, value) {
            Some((name, value)) => words::finding_assumed_parameter(language, name, &value),
            None => finding_words(language, finding),
        },
        _ => finding_words(language, finding),
    }
}

/// A fact about a debt, a cut, a complaint or a compensation.
#[must_use]
pub fn debt_finding_words(language: Language, finding: &DebtFinding) -> String {
    let money = |amount: &Money| money_words(language, *amount);
    let day = |date: &_| day_words(language, Day(*date));
    match finding {
        DebtFinding::DebtAboveLimit { debt, limit, pay } => {
            words::why_deb_1_debt(language, &money(debt), &money(limit), &money(pay))
        }
        DebtFinding::DebtWithinLimit { debt, limit, months } => {
            words::why_deb_1_free(language, &money(debt), &money(limit), &months_words(language, *months))
        }
        DebtFinding::InstalmentsMissed { months, pay } => {
            words::why_deb_1_missed(language, &months_words(language, *months), &money(pay))
        }
        DebtFinding::AnyDebtStops { since, debt } => words::why_deb_2(language, &day(since), &money(debt)),
        DebtFinding::NoticeRanOut { days } => words::why_deb_3(language, &days_gen(language, *days)),
        DebtFinding::NoticeRuns { from } => words::finding_notice_runs(language, &day(from)),
        DebtFinding::PlanLiftsStop => words::finding_plan_lifts_stop(language).to_owned(),
        DebtFinding::PlanCancelled { due, left } => words::plan_cancelled(language, &day(due), &money(left)),
        DebtFinding::EnforcementBegins => words::why_deb_4(language).to_owned(),
        _ => cut_words(language, finding),
    }
}

/// What stands for or against a cut.
fn cut_words(language: Language, finding: &DebtFinding) -> String {
    let money = |amount: &Money| money_words(language, *amount);
    let days = |days: i64| days_words(language, days);
    match finding {
        DebtFinding::BelowCutLimit { limit, bills, notice_days, final_days } => words::why_deb_7(
            language,
            &money(limit),
            &bills_gen(language, *bills),
            &days(*notice_days),
            &days(*final_days),
        ),
        DebtFinding::NoticesMissing { .. } => words::why_dis_1(language).to_owned(),
        DebtFinding::CutNotBefore { on } => {
            words::finding_cut_not_before(language, &day_words(language, Day(*on)))
        }
        DebtFinding::WaterOnly => words::why_dis_2_home(language).to_owned(),
        DebtFinding::ElectricityCut { tariff } => {
            words::why_dis_2_premises(language, class_name(language, tariff).unwrap_or(tariff))
        }
        DebtFinding::DuesSettled => words::finding_dues_settled(language).to_owned(),
        DebtFinding::ComplaintOpen { undisputed } => words::why_dis_3(language, &money(undisputed)),
        DebtFinding::DireNeed { limit } => {
            words::why_dis_5(language, words::authority_sa(language), &money(limit))
        }
        DebtFinding::Emergency { days } => words::why_dis_5_emergency(language, &days_gen(language, *days)),
        DebtFinding::DireNeedIncomplete => words::finding_dire_need_incomplete(language).to_owned(),
        DebtFinding::NotNow { time } => words::why_dis_6(language, forbidden_time(language, *time)),
        DebtFinding::NotMetered => words::why_dis_6(language, words::why_dis_6_not_metered(language)),
        DebtFinding::ExamDaysUnknown => words::finding_exam_days_unknown(language).to_owned(),
        _ => case_words(language, finding),
    }
}

/// What a complaint brings.
fn case_words(language: Language, finding: &DebtFinding) -> String {
    let day = |date: &_| day_words(language, Day(*date));
    let working_days = |days: i64| working_days_gen(language, days);
    match finding {
        DebtFinding::RestoredAtOnce => words::why_dis_4(language).to_owned(),
        DebtFinding::AnswerDue { working_days: days, on } => {
            words::why_com_1(language, &working_days(*days), &day(on), words::authority_sa(language))
        }
        DebtFinding::AnswerLate { due, working_days: days } => {
            words::complaint_late(language, &day(due), &working_days(*days))
        }
        DebtFinding::ProtectedFromCut => words::complaint_protection_body(language).to_owned(),
        DebtFinding::NoProtectionPublished { undisputed } if undisputed.minor() > 0 => {
            words::complaint_protection_none(language, &money_words(language, *undisputed))
        }
        DebtFinding::NoProtectionPublished { .. } => {
            words::complaint_protection_none_whole(language).to_owned()
        }
        DebtFinding::NoClockPublished { days: Some(days) } => {
            words::why_com_1_kw(language, &days_gen(language, *days))
        }
        DebtFinding::NoClockPublished { days: None } => {
            words::finding_no_clock_published(language).to_owned()
        }
        DebtFinding::GrievanceFirst { answer_days, suit_days } => words::why_deb_3_grievance(
            language,
            &days_gen(language, *answer_days),
            &days_gen(language, *suit_days),
        ),
        DebtFinding::TestAppeal => words::why_bil_9(language, words::authority_sa(language)),
        DebtFinding::CompensationOwed { standard, amount } => {
            words::why_com_2(language, standard_name(language, standard), &money_words(language, *amount))
        }
        DebtFinding::SumNotPublished { standard } => {
            words::finding_sum_not_published(language, standard_name(language, standard))
        }
        DebtFinding::PaidBy { on } => words::finding_paid_by(language, &day(on)),
        other => other.code().to_owned(),
    }
}

/// Why no cut is made at a time, inside a sentence.
#[must_use]
pub const fn forbidden_time(language: Language, time: ForbiddenTime) -> &'static str {
    match time {
        ForbiddenTime::Exams => words::why_dis_6_exams(language),
        ForbiddenTime::Ramadan => words::why_dis_6_ramadan(language),
        ForbiddenTime::Noon => words::why_dis_6_noon(language),
        ForbiddenTime::Hours => words::why_dis_6_hours(language),
        ForbiddenTime::Holiday => words::why_dis_6_holiday(language),
    }
}

/// A guaranteed standard by its id in the rulebook; an unknown one keeps its id.
#[must_use]
pub fn standard_name(language: Language, id: &str) -> &str {
    match id.split_once('.').map_or(id, |(_, name)| name) {
        "restoration" => words::standard_restoration(language),
        "complaint" => words::standard_complaint(language),
        "planned-outage-notice" => words::standard_planned_outage_notice(language),
        "planned-outage" => words::standard_planned_outage(language),
        "outage" => words::standard_outage(language),
        "city-outage" => words::standard_city_outage(language),
        "connection" => words::standard_connection(language),
        "registration" => words::standard_registration(language),
        "forbidden-cut" => words::standard_forbidden_cut(language),
        _ => id,
    }
}

/// An official holiday by its id in the rulebook, such as `sa.eid-al-fitr`; another is one all the same.
#[must_use]
pub fn holiday_name(language: Language, id: &str) -> &'static str {
    match id {
        "sa.eid-al-fitr" => words::holiday_eid_al_fitr(language),
        "sa.eid-al-adha" => words::holiday_eid_al_adha(language),
        "sa.holiday.national-day" => words::holiday_national_day(language),
        "sa.holiday.founding-day" => words::holiday_founding_day(language),
        _ => words::holiday_official(language),
    }
}

/// The rule of this id of section C; `None` for another.
#[must_use]
pub fn debt_rule_name(language: Language, id: &str) -> Option<&'static str> {
    Some(match id {
        "DEB-1" => words::rule_deb_1(language),
        "DEB-2" => words::rule_deb_2(language),
        "DEB-3" => words::rule_deb_3(language),
        "DEB-4" => words::rule_deb_4(language),
        "DEB-6" => words::rule_deb_6(language),
        "DEB-7" => words::rule_deb_7(language),
        "DIS-1" => words::rule_dis_1(language),
        "DIS-2" => words::rule_dis_2(language),
        "DIS-3" => words::rule_dis_3(language),
        "DIS-4" => words::rule_dis_4(language),
        "DIS-5" => words::rule_dis_5(language),
        "DIS-6" => words::rule_dis_6(language),
        "DIS-7" => words::rule_dis_7(language),
        "DIS-8" => words::rule_dis_8(language),
        "COM-1" => words::rule_com_1(language),
        "COM-2" => words::rule_com_2(language),
        _ => return None,
    })
}

/// The document of this id behind a debt; `None` if the rulebooks have none.
#[must_use]
pub fn debt_source_name(language: Language, id: &str) -> Option<&'static str> {
    debt_instrument(id).map(|document| language.choose(document.title_ar, document.title_en))
}

/// A figure of debts that no public source gives, and what is taken for it.
fn assumed_in_debt(language: Language, name: &str, value: &str) -> Option<(&'static str, String)> {
    let counted_days = || {
        let count = Count::of_decimal(value, value);
        words::count_days(language, &count)
    };
    Some(match name {
        "debt-scope" => {
            (words::assumed_debt_scope(language), words::assumed_value_all_facilities(language).to_owned())
        }
        "warning-days" => (words::assumed_warning_days(language), counted_days()),
        "emergency-days" => (words::assumed_emergency_days(language), counted_days()),
        "working-hours-from" => (words::assumed_working_hours_from(language), clock(value)),
        "working-hours-to" => (words::assumed_working_hours_to(language), clock(value)),
        "cut-service" => {
            (words::assumed_cut_service(language), words::assumed_value_electricity(language).to_owned())
        }
        "cut-ends" => {
            (words::assumed_cut_ends(language), words::assumed_value_acknowledgement(language).to_owned())
        }
        "further-span" => {
            (words::assumed_further_span(language), words::assumed_value_from_limit(language).to_owned())
        }
        "claim-first-part" => {
            (words::assumed_claim_first_part(language), words::assumed_value_bill_day(language).to_owned())
        }
        "claim-missed-part" => (
            words::assumed_claim_missed_part(language),
            words::assumed_value_others_stand(language).to_owned(),
        ),
        "claim-part-cut" => {
            (words::assumed_claim_part_cut(language), words::assumed_value_no_cut(language).to_owned())
        }
        "protection-through-appeal" => (
            words::assumed_protection_through_appeal(language),
            words::assumed_value_appeal_decided(language).to_owned(),
        ),
        _ => return None,
    })
}

/// A full hour of the clock: `08:00`.
fn clock(hour: &str) -> String {
    format!("{hour:0>2}:00")
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::money::Currency;
    use billing::period::parse_date;
    use billing::rulebook::{self, debt};

    fn all() -> Vec<DebtFinding> {
        use DebtFinding::*;
        let day = parse_date("2026-09-20").unwrap();
        let sum = Money::from_minor(500_001, Currency::KWD);
        vec![
            DebtAboveLimit { debt: sum, limit: sum, pay: sum },
            DebtWithinLimit { debt: sum, limit: sum, months: 3 },
            InstalmentsMissed { months: 3, pay: sum },
            AnyDebtStops { since: day, debt: sum },
            NoticeRanOut { days: 30 },
            NoticeRuns { from: day },
            PlanLiftsStop,
            PlanCancelled { due: day, left: sum },
            EnforcementBegins,
            BelowCutLimit { limit: sum, bills: 3, notice_days: 30, final_days: 4 },
            NoticesMissing { missing: 2 },
            CutNotBefore { on: day },
            WaterOnly,
            ElectricityCut { tariff: "kw.electricity.commercial" },
            DuesSettled,
            ComplaintOpen { undisputed: sum },
            DireNeed { limit: sum },
            Emergency { days: 7 },
            DireNeedIncomplete,
            NotNow { time: ForbiddenTime::Ramadan },
            NotMetered,
            ExamDaysUnknown,
            RestoredAtOnce,
            AnswerDue { working_days: 10, on: day },
            AnswerLate { due: day, working_days: 2 },
            ProtectedFromCut,
            NoProtectionPublished { undisputed: sum },
            NoProtectionPublished { undisputed: Money::from_minor(0, Currency::KWD) },
            NoClockPublished { days: Some(30) },
            NoClockPublished { days: None },
            GrievanceFirst { answer_days: 30, suit_days: 30 },
            TestAppeal,
            CompensationOwed { standard: "sa.outage", amount: sum },
            SumNotPublished { standard: "sa.restoration" },
            PaidBy { on: day },
        ]
    }

    #[test]
    fn every_finding_of_a_debt_speaks_both_languages() {
        for finding in all() {
            let [arabic, english] = Language::ALL.map(|language| debt_finding_words(language, &finding));
            assert_ne!(english, finding.code());
            assert!(arabic.ends_with('.') && english.ends_with('.'), "{english}");
            assert!(!arabic.is_ascii() && arabic != english, "{arabic}");
        }
    }

    #[test]
    fn every_assumption_about_debts_has_its_words() {
        for finding in debt::terms().iter().filter_map(rulebook::Term::finding) {
            let Finding::AssumedParameter { name, value } = &finding else { continue };
            assert!(assumed_in_debt(Language::Arabic, name, value).is_some(), "{name}");
        }
        for (name, value) in [
            ("debt-scope", "all-facilities"),
            ("cut-service", "electricity"),
            ("cut-ends", "acknowledgement"),
            ("further-span", "from-limit"),
            ("claim-first-part", "bill-day"),
            ("claim-missed-part", "others-stand"),
            ("claim-part-cut", "no-cut"),
            ("protection-through-appeal", "appeal-decided"),
        ] {
            let (_, way) = assumed_in_debt(Language::Arabic, name, value).unwrap();
            assert_ne!(way, value);
        }
    }

    #[test]
    fn every_holiday_on_record_has_a_name() {
        let unknown = holiday_name(Language::English, "");
        for id in debt::spans("sa.holiday.").map(|span| span.id).chain(["sa.eid-al-fitr", "sa.eid-al-adha"]) {
            assert_ne!(holiday_name(Language::English, id), unknown, "{id}");
        }
    }

    #[test]
    fn a_document_behind_a_debt_has_a_name() {
        assert!(debt_source_name(Language::Arabic, "kw-decree-law-75-2025").unwrap().contains("75"));
        assert!(debt_source_name(Language::English, "kw-interview-2024").is_some());
        assert_eq!(debt_source_name(Language::English, "no-document"), None);
    }
}
