//! The working: every figure is the result of a step, and a step can be calculated again.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{BillingError, Result};
use crate::formula::Formula;
use crate::fraction::Fraction;

/// What a step rests on: an id of the rules and the document behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Such as `TAR-5`.
    pub rule: &'static str,
    /// A source of the rulebooks, or `request`.
    pub source: &'static str,
}

impl Basis {
    /// The rule `rule` as `source` gives it.
    #[must_use]
    pub const fn new(rule: &'static str, source: &'static str) -> Self {
        Self { rule, source }
    }
}

/// One line of the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// What it rests on.
    pub basis: Basis,
    /// How the result follows from the inputs.
    pub formula: Formula,
    /// In the order of the formula's names.
    pub inputs: &'a [Fraction],
    /// Names of the inputs, where the formula takes any number of them.
    pub names: &'a [Cow<'static, str>],
    /// What came out.
    pub result: Fraction,
}

impl<'a> Step<'a> {
    /// The inputs with their names.
    pub fn named_inputs(self) -> impl Iterator<Item = (&'a str, Fraction)> {
        let fixed = self.formula.inputs().iter().copied();
        let free = self.names.iter().map(AsRef::as_ref);
        fixed.chain(free).zip(self.inputs.iter().copied())
    }

    fn answer(self) -> StepAnswer {
        let inputs = self.named_inputs().map(|(name, value)| (name.to_owned(), value.to_string()));
        StepAnswer {
            rule: self.basis.rule.to_owned(),
            formula: self.formula.text().to_owned(),
            inputs: Inputs(inputs.collect()),
            result: self.result.to_string(),
            source: self.basis.source.to_owned(),
        }
    }
}

/// All steps of a result, in order. The inputs of all steps lie in one list, for a bill is made of many small ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Working {
    steps: Vec<Written>,
    inputs: Vec<Fraction>,
    names: Vec<Cow<'static, str>>,
}

/// A step, and where its inputs and names end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Written {
    basis: Basis,
    formula: Formula,
    inputs_end: usize,
    names_end: usize,
    result: Fraction,
}

impl Working {
    /// An empty working with room for a usual bill.
    pub(crate) fn new() -> Self {
        Self { steps: Vec::with_capacity(16), inputs: Vec::with_capacity(48), names: Vec::with_capacity(8) }
    }

    /// The step at place `at`, from 0.
    #[must_use]
    pub fn step_at(&self, at: usize) -> Option<Step<'_>> {
        let step = self.steps.get(at)?;
        let (inputs, names) = at.checked_sub(1).map_or((0, 0), |before| {
            let before = &self.steps[before];
            (before.inputs_end, before.names_end)
        });
        Some(Step {
            basis: step.basis,
            formula: step.formula,
            inputs: &self.inputs[inputs..step.inputs_end],
            names: &self.names[names..step.names_end],
            result: step.result,
        })
    }

    /// The steps in order.
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        (0..self.steps.len()).filter_map(|at| self.step_at(at))
    }

    /// The place of the newest step.
    pub(crate) const fn newest(&self) -> usize {
        self.steps.len() - 1
    }

    /// Calculates a step and writes it down: the only way to a figure.
    ///
    /// # Errors
    /// What the formula's arithmetic gives.
    pub(crate) fn step(&mut self, basis: Basis, formula: Formula, inputs: &[Fraction]) -> Result<Fraction> {
        self.inputs.extend_from_slice(inputs);
        self.write(basis, formula, inputs.len())
    }

    /// Adds up named amounts.
    ///
    /// # Errors
    /// What the arithmetic gives.
    pub(crate) fn sum(
        &mut self,
        basis: Basis,
        parts: impl Iterator<Item = (Cow<'static, str>, Fraction)>,
    ) -> Result<Fraction> {
        self.over(basis, Formula::Sum, parts)
    }

    /// Calculates a formula that takes any number of named values.
    ///
    /// # Errors
    /// What the arithmetic gives.
    pub(crate) fn over(
        &mut self,
        basis: Basis,
        formula: Formula,
        parts: impl Iterator<Item = (Cow<'static, str>, Fraction)>,
    ) -> Result<Fraction> {
        let (first, start) = (self.names.len(), self.inputs.len());
        for (name, amount) in parts {
            // The inputs become keys of a JSON object, and a key stands once.
            let earlier = self.names[first..].iter();
            let same = earlier.filter(|known| same_but_for_count(known, &name)).count();
            self.names.push(if same == 0 { name } else { Cow::Owned(format!("{name} ({})", same + 1)) });
            self.inputs.push(amount);
        }
        self.write(basis, formula, self.inputs.len() - start)
    }

    /// Evaluates the formula on the newest `count` inputs.
    fn write(&mut self, basis: Basis, formula: Formula, count: usize) -> Result<Fraction> {
        let inputs_end = self.inputs.len();
        let result = formula.evaluate(&self.inputs[inputs_end - count..])?;
        self.steps.push(Written { basis, formula, inputs_end, names_end: self.names.len(), result });
        Ok(result)
    }

    /// Calculates every step again.
    ///
    /// # Errors
    /// [`BillingError::WorkingAltered`] for the first step whose result does not follow.
    pub fn replay(&self) -> Result<()> {
        let altered = self.steps().position(|step| step.formula.evaluate(step.inputs) != Ok(step.result));
        altered.map_or(Ok(()), |at| Err(BillingError::WorkingAltered { step: at + 1 }))
    }

    /// The working as the wire shows it.
    #[must_use]
    pub fn answer(&self) -> Vec<StepAnswer> {
        self.steps().map(Step::answer).collect()
    }
}

fn same_but_for_count(known: &str, name: &str) -> bool {
    known.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}

/// Calculates every step of a working from the wire again.
///
/// # Errors
/// [`BillingError::WorkingAltered`] for the first step with an unknown formula, missing inputs or another result.
pub fn replay(steps: &[StepAnswer]) -> Result<()> {
    let altered = steps.iter().position(|step| step.evaluate() != Fraction::parse(&step.result).ok());
    altered.map_or(Ok(()), |at| Err(BillingError::WorkingAltered { step: at + 1 }))
}

/// One step on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepAnswer {
    /// The rule's id, such as `TAR-5`.
    pub rule: String,
    /// How the result follows, in the inputs' names.
    pub formula: String,
    /// Exact values by name, in the formula's order.
    pub inputs: Inputs,
    /// A decimal, or a fraction where the decimal does not end.
    pub result: String,
    /// The document it rests on; `request` for the caller's own schedule.
    pub source: String,
}

impl StepAnswer {
    fn evaluate(&self) -> Option<Fraction> {
        let formula = Formula::of_text(&self.formula)?;
        let names = formula.inputs();
        let named = names.is_empty() || names.iter().eq(self.inputs.0.iter().map(|(name, _)| name));
        let values: Option<Vec<_>> =
            self.inputs.0.iter().map(|(_, value)| Fraction::parse(value).ok()).collect();
        values.filter(|_| named).and_then(|values| formula.evaluate(&values).ok())
    }
}

/// Inputs by name, in order: a JSON object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs(pub Vec<(String, String)>);

impl Serialize for Inputs {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Inputs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(InputsVisitor)
    }
}

struct InputsVisitor;

impl<'de> Visitor<'de> for InputsVisitor {
    type Value = Inputs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("inputs by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Inputs, A::Error> {
        let mut inputs = Vec::new();
        while let Some(entry) = map.next_entry()? {
            inputs.push(entry);
        }
        Ok(Inputs(inputs))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Inputs {
    fn schema_name() -> Cow<'static, str> {
        "Inputs".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "object", "additionalProperties": {"type": "string"}})
    }
}
