//! Words that have one place: SQL in the store, floats nowhere near an amount.

use proc_macro2::TokenTree;

use super::{
    Finding,
    source::{Source, line},
};

/// What only a statement begins with, and what must follow for it to be one.
const STATEMENTS: &[(&str, &str)] = &[
    ("select ", " from "),
    ("insert into ", ""),
    ("update ", " set "),
    ("delete from ", ""),
    ("create table ", ""),
    ("create index ", ""),
    ("alter table ", ""),
    ("drop table ", ""),
    ("pragma ", ""),
];

pub(super) fn sql_outside_the_store(source: &Source) -> Vec<Finding> {
    if source.path.starts_with("crates/server/src/store") || source.path.starts_with("crates/xtask/") {
        return Vec::new();
    }
    let says = "SQL stands in crates/server/src/store alone: move the statement there";
    let statements = source.strings().into_iter().filter(|(string, _)| is_sql(string));
    statements.map(|(_, line)| Finding::new(&source.path, line, says)).collect()
}

fn is_sql(string: &str) -> bool {
    let spaced = string.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    STATEMENTS.iter().any(|(start, then)| spaced.starts_with(start) && spaced.contains(then))
}

pub(super) fn floats_in_the_engine(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("crates/billing/src") {
        return Vec::new();
    }
    let says = "a float rounds where nobody sees it: use Fraction, Amount or Money";
    let floats = source.tokens().into_iter().filter(is_float);
    floats.map(|token| Finding::new(&source.path, line(token.span()), says)).collect()
}

fn is_float(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(name) => name == "f32" || name == "f64",
        TokenTree::Literal(_) => syn::parse2::<syn::LitFloat>(token.clone().into()).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_no_statements() {
        for (string, sql) in [
            ("select id from bills", true),
            ("\n  SELECT id\n  FROM bills", true),
            ("insert into bills (id) values ($1)", true),
            ("select a month", false),
            ("update your reading", false),
        ] {
            assert_eq!(is_sql(string), sql, "{string}");
        }
    }

    #[test]
    fn sql_is_found_outside_the_store_alone() {
        let text = "fn a() {\n    b(\"select id from bills\");\n}";
        for (path, found) in [("crates/server/src/routes/a.rs", 1), ("crates/server/src/store/a.rs", 0)] {
            assert_eq!(sql_outside_the_store(&Source::parse(path, text).unwrap()).len(), found, "{path}");
        }
    }

    #[test]
    fn floats_are_found_as_types_and_as_numbers() {
        for (text, found) in [
            ("fn a(b: f64) {}", 1),
            ("const A: B = c(1.5);", 1),
            ("const A: u8 = 15;", 0),
            ("// f64\nstruct A;", 0),
        ] {
            let source = Source::parse("crates/billing/src/a.rs", text).unwrap();
            assert_eq!(floats_in_the_engine(&source).len(), found, "{text}");
        }
    }
}
