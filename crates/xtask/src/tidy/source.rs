//! Rust files without their tests, as text and as syntax.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Item, UseTree,
    visit::{self, Visit},
};

use crate::{
    failure::{Failure, Result},
    files, project,
};

/// One Rust file.
pub(super) struct Source {
    /// From the project's root, with `/`.
    pub(super) path: String,
    /// The text before the first `#[cfg(test)]`.
    pub(super) text: String,
    /// All items but those under `#[cfg(test)]`.
    pub(super) items: Vec<Item>,
}

/// Every Rust file of the rooms. Tests and benches have their own measure and are not among them.
pub(super) fn all() -> Result<Vec<Source>> {
    let root = project::root();
    let mut found = files::walk(&root.join("src"))?;
    for path in files::walk(&root.join("crates"))? {
        let name = project::name_of(&path);
        if name.contains("/src/") || name.ends_with("/build.rs") || name.contains("/build/") {
            found.push(path);
        }
    }
    let rust = found.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.map(|path| Source::parse(&project::name_of(&path), &files::read_text(&path)?)).collect()
}

impl Source {
    pub(super) fn parse(path: &str, text: &str) -> Result<Self> {
        let file = syn::parse_file(text).map_err(|error| {
            let line = error.span().start().line;
            Failure::says(format!("{path}:{line}: this is no Rust ({error}): let the compiler say more"))
        })?;
        let items = file.items.into_iter().filter(|item| !is_test(item)).collect();
        let code = text.find("#[cfg(test)]").map_or(text, |at| &text[..at]);
        Ok(Self { path: path.to_owned(), text: code.to_owned(), items })
    }

    /// Every path that the file names, in `use` and in code and macros: `crate::store::bills`, with its line.
    pub(super) fn paths(&self) -> Vec<(String, usize)> {
        let mut paths = Paths(Vec::new());
        self.items.iter().for_each(|item| paths.visit_item(item));
        paths.0
    }

    /// Every token that is no group, those in macros too.
    pub(super) fn tokens(&self) -> Vec<TokenTree> {
        let mut flat = Vec::new();
        for item in &self.items {
            flatten(item.to_token_stream(), &mut flat);
        }
        flat
    }

    /// Every string in the code, with its line. Doc comments are none.
    pub(super) fn strings(&self) -> Vec<(String, usize)> {
        let mut strings = Strings(Vec::new());
        self.items.iter().for_each(|item| strings.visit_item(item));
        strings.0
    }
}

pub(super) fn line(span: Span) -> usize {
    span.start().line
}

fn is_test(item: &Item) -> bool {
    let attributes = match item {
        Item::Mod(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        _ => return false,
    };
    attributes
        .iter()
        .any(|attribute| attribute.to_token_stream().to_string().replace(' ', "") == "#[cfg(test)]")
}

fn flatten(tokens: TokenStream, into: &mut Vec<TokenTree>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => flatten(group.stream(), into),
            token => into.push(token),
        }
    }
}

struct Paths(Vec<(String, usize)>);

impl Visit<'_> for Paths {
    fn visit_item_use(&mut self, item: &syn::ItemUse) {
        self.add_tree(&item.tree, "");
    }

    fn visit_path(&mut self, path: &syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(first) = path.segments.first() {
            self.0.push((names.join("::"), line(first.ident.span())));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &syn::Macro) {
        let mut flat = Vec::new();
        flatten(item.tokens.clone(), &mut flat);
        for window in flat.windows(4) {
            if let [
                TokenTree::Ident(first),
                TokenTree::Punct(one),
                TokenTree::Punct(two),
                TokenTree::Ident(next),
            ] = window
                && (one.as_char(), two.as_char()) == (':', ':')
            {
                self.0.push((format!("{first}::{next}"), line(first.span())));
            }
        }
    }
}

impl Paths {
    fn add_tree(&mut self, tree: &UseTree, before: &str) {
        match tree {
            UseTree::Path(path) => self.add_tree(&path.tree, &format!("{before}{}::", path.ident)),
            UseTree::Name(name) => self.0.push((format!("{before}{}", name.ident), line(name.ident.span()))),
            UseTree::Rename(name) => {
                self.0.push((format!("{before}{}", name.ident), line(name.ident.span())))
            }
            UseTree::Glob(glob) => self.0.push((format!("{before}*"), line(glob.star_token.spans[0]))),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(tree, before)),
        }
    }
}

struct Strings(Vec<(String, usize)>);

impl Visit<'_> for Strings {
    fn visit_attribute(&mut self, _: &syn::Attribute) {}

    fn visit_lit_str(&mut self, string: &syn::LitStr) {
        self.0.push((string.value(), line(string.span())));
    }

    fn visit_macro(&mut self, item: &syn::Macro) {
        let mut flat = Vec::new();
        flatten(item.tokens.clone(), &mut flat);
        for token in flat {
            if let Ok(string) = syn::parse2::<syn::LitStr>(token.into()) {
                self.visit_lit_str(&string);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
use crate::{store::bills, hub as centre};
fn issue() {
    sqlx::query("select id");
    view! { <p>{crate::client::send("x")}</p> }
}
#[cfg(test)]
mod tests {
    use crate::routes::all;
}
"#;

    #[test]
    fn paths_come_from_uses_code_and_macros_but_not_from_tests() {
        let source = Source::parse("a.rs", TEXT).unwrap();
        let names: Vec<_> = source.paths().into_iter().map(|(name, line)| format!("{line} {name}")).collect();
        for expected in ["2 crate::store::bills", "2 crate::hub", "4 sqlx::query", "5 crate::client"] {
            assert!(names.iter().any(|name| name == expected), "{expected} is not in {names:?}");
        }
        assert!(!names.iter().any(|name| name.contains("routes")), "{names:?}");
    }

    #[test]
    fn strings_come_from_code_and_macros() {
        let source = Source::parse("a.rs", TEXT).unwrap();
        assert_eq!(source.strings(), [("select id".to_owned(), 4), ("x".to_owned(), 5)]);
    }
}
