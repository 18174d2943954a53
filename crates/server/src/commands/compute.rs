//! `adad compute RULE`: JSON in, JSON out, the same bytes as over HTTP.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use billing::compute::{RULES, find};
use billing::error::Refusal;
use serde::Serialize;
use words::compute::{compute as compute_rule, refusal_json};

use super::REFUSED;
use crate::config::Compute;

pub(super) fn compute(ask: &Compute) -> ExitCode {
    match answer(ask) {
        Ok(Ok(text)) => print(&mut io::stdout(), &text, ExitCode::SUCCESS),
        Ok(Err(refusal)) => print(&mut io::stderr(), &refusal_json(&refusal), ExitCode::from(REFUSED)),
        Err(error) => print(&mut io::stderr(), &format!("adad: {error}\n"), ExitCode::FAILURE),
    }
}

fn answer(ask: &Compute) -> io::Result<Result<String, Refusal>> {
    let rule = ask.rule.as_deref().unwrap_or_default();
    if ask.list {
        return Ok(Ok(RULES.iter().map(|rule| format!("{}\n", rule.name)).collect()));
    }
    if ask.schema {
        return Ok(find(rule).map(|rule| document(&(rule.schemas)())));
    }
    // An unknown rule is told before anything is waited for.
    if let Err(unknown) = find(rule) {
        return Ok(Err(unknown));
    }
    let mut request = Vec::new();
    io::stdin().read_to_end(&mut request)?;
    Ok(compute_rule(rule, &request))
}

fn document(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

/// A reader that has seen enough and closed the pipe is no failure of ours.
fn print(to: &mut impl Write, text: &str, status: ExitCode) -> ExitCode {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => status,
    }
}
