//! The proof file: one issued bill with its facts, the versions of its schedule, its working and a hash, which anybody
//! can calculate again to the same bytes. The hash is no signature: it shows that a file is whole, not who wrote it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Difference, Place, recheck};
use crate::bill::{Bill, BillAnswer, BillFacts, TaxAnswer, statement};
use crate::bounds;
use crate::compute::decode;
use crate::error::{BillingError, Refusal};
use crate::finding::Message;
use crate::money::Currency;
use crate::period::Day;
use crate::rulebook;

/// The form of the file that this engine writes and reads.
pub const FORMAT: &str = "adad-proof-1";

/// A value of a proof that is told of is shortened to so many characters.
const TOLD_CHARACTERS: usize = 80;

/// The file, as its JSON. Its bytes are the fields in this order without a space between, and a line's end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// [`FORMAT`].
    pub format: String,
    /// The version of the engine that wrote it.
    pub engine: String,
    /// The bill's id.
    pub bill: String,
    /// Of every amount.
    pub currency: Currency,
    /// A part for each service point, in the bill's order.
    pub parts: Vec<ProofPart>,
    /// Over all parts, each rate once.
    pub taxes: Vec<TaxAnswer>,
    /// To pay, as billed.
    pub total: String,
    /// SHA-256, in lower-case hexadecimal, of the file's own bytes with nothing between these quotes.
    pub sha256: String,
}

/// What one service point was billed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofPart {
    /// What the engine was given.
    pub facts: BillFacts,
    /// The versions of the schedule in force in the period, oldest first; none for a caller's own schedule.
    pub versions: Vec<ProofVersion>,
    /// What was billed, without the sentences beside it.
    pub bill: BillAnswer,
}

/// A version of a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofVersion {
    /// Its first day.
    pub effective_from: Day,
    /// The document that set it.
    pub source: String,
}

/// The bill that a proof is of: a part's facts and what it was billed, in the bill's order.
pub struct Issued<'a> {
    /// Its id.
    pub bill: &'a str,
    /// Of every amount.
    pub currency: Currency,
    /// Of each service point.
    pub parts: Vec<(&'a BillFacts, &'a BillAnswer)>,
    /// Over all parts.
    pub taxes: &'a [TaxAnswer],
    /// To pay.
    pub total: &'a str,
}

impl Proof {
    /// The proof of a bill as it was issued, right or wrong.
    #[must_use]
    pub fn of(issued: &Issued<'_>) -> Self {
        let part = |(facts, bill): &(&BillFacts, &BillAnswer)| ProofPart {
            facts: (*facts).clone(),
            versions: versions_of(facts),
            bill: BillAnswer { findings: Vec::new(), ..(*bill).clone() },
        };
        let mut proof = Self {
            format: FORMAT.to_owned(),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            bill: issued.bill.to_owned(),
            currency: issued.currency,
            parts: issued.parts.iter().map(part).collect(),
            taxes: issued.taxes.to_vec(),
            total: issued.total.to_owned(),
            sha256: String::new(),
        };
        proof.sha256 = proof.hash();
        proof
    }

    /// The file.
    #[must_use]
    pub fn text(&self) -> String {
        // Every key is a string and every value plain, so there is nothing that JSON could not hold.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    fn hash(&self) -> String {
        let unsealed = Self { sha256: String::new(), ..self.clone() };
        Sha256::digest(unsealed.text()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whether `body` is a proof file, whole or altered, and no request of the rule `audit`.
#[must_use]
pub fn is_proof(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Form {
        format: String,
    }
    serde_json::from_slice(body).is_ok_and(|form: Form| form.format.starts_with("adad-proof-"))
}

/// Calculates the bill of a proof file again from its facts alone, writes the file again, and compares the two.
///
/// # Errors
/// [`BillingError::ProofDiffers`] at the first value that is not what the facts make, top down: an amount, a step of the
/// working, a version, the hash, or a byte; [`BillingError::WrongType`] at `/format` for another form; what
/// [`crate::bill::calculate`] gives for facts that make no bill.
///
/// # Source
/// BIL-10.
pub fn replay(body: &[u8]) -> Result<Proof, Refusal> {
    let proof: Proof = decode(body)?;
    if proof.format != FORMAT {
        return Err(BillingError::WrongType.at("/format"));
    }
    bounds::list(&proof.parts, 1, "/parts")?;
    let mut bills = Vec::with_capacity(proof.parts.len());
    for (at, part) in proof.parts.iter().enumerate() {
        bills.push(replayed(part, &format!("/parts/{at}"))?);
    }
    let sums = statement(&bills.iter().collect::<Vec<_>>(), proof.currency)
        .map_err(|error| error.at("/currency"))?;
    let taxes: Vec<TaxAnswer> = sums.taxes.iter().map(|tax| tax.answer()).collect();
    for at in 0..taxes.len().max(proof.taxes.len()) {
        let (given, made) = (proof.taxes.get(at), taxes.get(at));
        if given != made {
            let amount = |tax: Option<&TaxAnswer>| tax.map(|tax| tax.amount.clone()).unwrap_or_default();
            return Err(differs(format!("/taxes/{at}"), &amount(given), &amount(made)));
        }
    }
    same("/total", &proof.total, &sums.total.to_string())?;
    same("/sha256", &proof.sha256, &proof.hash())?;
    let made = proof.text();
    match made.bytes().zip(body.iter().copied()).position(|(made, given)| made != given) {
        None if made.len() == body.len() => Ok(proof),
        at => {
            let at = at.unwrap_or(made.len().min(body.len()));
            let rest = |bytes: &[u8]| {
                let rest = bytes.get(at..).unwrap_or_default();
                String::from_utf8_lossy(&rest[..rest.len().min(TOLD_CHARACTERS)]).into_owned()
            };
            Err(differs(String::new(), &rest(body), &rest(made.as_bytes())))
        }
    }
}

/// One part's bill, made again and found the same.
fn replayed(part: &ProofPart, field: &str) -> Result<Bill, Refusal> {
    let checked = recheck(&part.facts, &part.bill, &|_| Message::default())
        .map_err(|refusal| refusal.under(&format!("{field}/facts")))?;
    if let Some(difference) = checked.difference {
        return Err(placed(&difference, &part.bill, &checked.bill, &format!("{field}/bill")));
    }
    let (given, made) = (&part.versions, versions_of(&part.facts));
    if *given != made {
        let told = |versions: &[ProofVersion]| serde_json::to_string(versions).unwrap_or_default();
        return Err(differs(format!("{field}/versions"), &told(given), &told(&made)));
    }
    Ok(checked.bill)
}

/// A difference of the recheck at its place in the file.
fn placed(difference: &Difference, billed: &BillAnswer, made: &Bill, field: &str) -> Refusal {
    let Difference { place, billed: given, recomputed } = difference;
    let line = |code: &String, name: &str| {
        let at = billed.lines.iter().position(|line| line.code == *code);
        format!("{field}/lines{}", at.map(|at| format!("/{at}{name}")).unwrap_or_default())
    };
    let place = match place {
        Place::Quantity(code) => line(code, "/quantity"),
        Place::Price(code) => line(code, "/price"),
        Place::Line(code) => line(code, "/amount"),
        Place::Subtotal => format!("{field}/subtotal"),
        Place::Tax(_) => format!("{field}/taxes"),
        Place::Total => format!("{field}/total"),
        Place::Rest => return of_rest(billed, made, field),
    };
    differs(place, given, recomputed)
}

/// What is neither a line nor a sum: the days, the tax, the currency, a step.
fn of_rest(billed: &BillAnswer, made: &Bill, field: &str) -> Refusal {
    let made = made.answer(&|_| Message::default());
    if billed.tax != made.tax {
        return differs(format!("{field}/tax"), &billed.tax, &made.tax);
    }
    if billed.days != made.days {
        return differs(format!("{field}/days"), &billed.days.to_string(), &made.days.to_string());
    }
    if billed.currency != made.currency {
        return differs(format!("{field}/currency"), billed.currency.code(), made.currency.code());
    }
    let count = billed.working.len().max(made.working.len());
    let at = (0..count).find(|at| billed.working.get(*at) != made.working.get(*at)).unwrap_or(count);
    let told = |steps: &[crate::working::StepAnswer]| {
        steps.get(at).map(|step| serde_json::to_string(step).unwrap_or_default()).unwrap_or_default()
    };
    differs(format!("{field}/working/{at}"), &told(&billed.working), &told(&made.working))
}

fn same(place: &str, given: &str, made: &str) -> Result<(), Refusal> {
    if given == made { Ok(()) } else { Err(differs(place.to_owned(), given, made)) }
}

fn differs(place: String, given: &str, made: &str) -> Refusal {
    let told = |text: &str| text.chars().take(TOLD_CHARACTERS).collect::<String>();
    BillingError::ProofDiffers { place: place.clone(), given: told(given), made: told(made) }.at(place)
}

fn versions_of(facts: &BillFacts) -> Vec<ProofVersion> {
    let Some(schedule) = facts.tariff.id.as_deref().and_then(rulebook::schedule) else { return Vec::new() };
    let first = schedule.version_on(facts.period.first());
    let later = schedule.versions.iter().filter(|version| {
        (facts.period.first()..=facts.period.last()).contains(&version.effective_from)
            && Some(version.effective_from) != first.map(|first| first.effective_from)
    });
    let told = |version: &rulebook::Version| ProofVersion {
        effective_from: Day(version.effective_from),
        source: version.source.instrument.to_owned(),
    };
    first.into_iter().chain(later).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bill;
    use crate::number::Number;
    use crate::period::{Period, parse_date};

    fn proof(from: &str, to: &str) -> Proof {
        let period = Period::new(parse_date(from).unwrap(), parse_date(to).unwrap());
        let facts =
            BillFacts::of_schedule("sa.electricity.residential", period, Number::from_units(6300), Some(100));
        let bill = bill::calculate(&facts).unwrap();
        let sums = statement(&[&bill], bill.currency).unwrap();
        let taxes: Vec<_> = sums.taxes.iter().map(|tax| tax.answer()).collect();
        let answer = bill.answer(&|_| Message::default());
        Proof::of(&Issued {
            bill: "30061250948-2026-08",
            currency: bill.currency,
            parts: vec![(&facts, &answer)],
            taxes: &taxes,
            total: &sums.total.to_string(),
        })
    }

    #[test]
    fn a_proof_comes_back_to_the_same_bytes() {
        let made = proof("2026-07-28", "2026-08-27");
        assert_eq!(replay(made.text().as_bytes()), Ok(made.clone()));
        assert!(is_proof(made.text().as_bytes()));
        // Anybody can make the hash: the file with nothing between its quotes.
        let unsealed = made.text().replace(&made.sha256, "");
        let hash: String = Sha256::digest(unsealed).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((made.sha256.len(), &made.sha256), (64, &hash));
        let versions = &proof("2017-12-28", "2018-01-27").parts[0].versions;
        let days: Vec<_> = versions.iter().map(|version| version.effective_from.0.to_string()).collect();
        assert_eq!(days.last().map(String::as_str), Some("2018-01-01"));
        assert_eq!(days.len(), 2);
    }

    #[test]
    fn whatever_was_altered_is_named() {
        let made = proof("2026-07-28", "2026-08-27");
        type Case = (fn(&mut Proof), &'static str);
        let cases: [Case; 14] = [
            (|p| p.parts[0].bill.lines[0].amount = "1".into(), "/parts/0/bill/lines/0/amount"),
            (|p| p.parts[0].bill.lines[1].quantity = Some("1".into()), "/parts/0/bill/lines/1/quantity"),
            (|p| p.parts[0].bill.lines[1].price = Some("1".into()), "/parts/0/bill/lines/1/price"),
            (|p| drop(p.parts[0].bill.lines.pop()), "/parts/0/bill/lines"),
            (|p| p.parts[0].bill.subtotal = "1".into(), "/parts/0/bill/subtotal"),
            (|p| p.parts[0].bill.days = 1, "/parts/0/bill/days"),
            (|p| p.parts[0].bill.working[2].result = "1".into(), "/parts/0/bill/working/2"),
            (|p| drop(p.parts[0].bill.working.pop()), "/parts/0/bill/working/10"),
            (|p| p.parts[0].versions.clear(), "/parts/0/versions"),
            (|p| p.taxes[0].amount = "1".into(), "/taxes/0"),
            (|p| p.total = "1".into(), "/total"),
            (|p| p.bill = "another".into(), "/sha256"),
            (|p| p.engine = "9".into(), "/sha256"),
            (|p| p.sha256 = "0".into(), "/sha256"),
        ];
        for (alter, place) in cases {
            let mut altered = made.clone();
            alter(&mut altered);
            let refusal = replay(altered.text().as_bytes()).unwrap_err();
            assert_eq!(refusal.error.code(), "proof-differs", "{refusal:?}");
            assert_eq!(refusal.field, place, "{refusal:?}");
        }
        let mut used = made.clone();
        used.parts[0].facts.usage = Number::from_units(6301);
        assert_eq!(replay(used.text().as_bytes()).unwrap_err().field, "/parts/0/bill/lines/1/quantity");
    }

    #[test]
    fn other_bytes_and_other_files_are_refused() {
        let text = proof("2026-07-28", "2026-08-27").text();
        for altered in [text.trim_end().to_owned(), format!("{text} "), text.replacen(',', ", ", 1)] {
            let refusal = replay(altered.as_bytes()).unwrap_err();
            assert_eq!((refusal.error.code(), refusal.field.as_str()), ("proof-differs", ""), "{altered}");
        }
        for (body, code) in [
            ("", "invalid-json"),
            ("{\"format\":\"adad-proof-1\"}", "missing-field"),
            ("[]", "wrong-type"),
            (&text.replace("proof-1", "proof-2"), "wrong-type"),
            (&text.replacen('{', "{\"x\":1,", 1), "unknown-field"),
        ] {
            assert_eq!(replay(body.as_bytes()).unwrap_err().error.code(), code, "{body}");
        }
        assert!(!is_proof(b"{\"facts\":{}}") && !is_proof(b"\xff") && !is_proof(b""));
    }
}
