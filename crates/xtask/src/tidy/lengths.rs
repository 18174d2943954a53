//! At most 300 lines a file without its tests, and 70 a function.

use syn::{
    Block, Ident,
    visit::{self, Visit},
};

use super::{
    Finding,
    source::{Source, line},
};

const FILE_LINES: usize = 300;
const FUNCTION_LINES: usize = 70;

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let mut functions = Functions { path: &source.path, findings: Vec::new() };
    source.items.iter().for_each(|item| functions.visit_item(item));
    let lines = source.text.lines().count();
    if lines > FILE_LINES {
        let says =
            format!("{lines} lines without tests, more than {FILE_LINES}: divide the file by its nouns");
        functions.findings.push(Finding::new(&source.path, FILE_LINES + 1, says));
    }
    functions.findings
}

struct Functions<'s> {
    path: &'s str,
    findings: Vec<Finding>,
}

impl Functions<'_> {
    fn measure(&mut self, name: &Ident, block: &Block) {
        let lines = block.brace_token.span.close().end().line + 1 - line(name.span());
        if lines > FUNCTION_LINES {
            let says = format!("`{name}` has {lines} lines, more than {FUNCTION_LINES}: name its steps");
            self.findings.push(Finding::new(self.path, line(name.span()), says));
        }
    }
}

impl Visit<'_> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &syn::ItemFn) {
        self.measure(&function.sig.ident, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &syn::ImplItemFn) {
        self.measure(&function.sig.ident, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig.ident, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [usize; 0] = [];

    fn found(text: &str) -> Vec<usize> {
        check(&Source::parse("a.rs", text).unwrap()).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_function_has_at_most_seventy_lines() {
        let with = |lines: usize| format!("\nfn a() {{\n{}}}\n", "    b();\n".repeat(lines - 2));
        assert_eq!(found(&with(70)), NONE);
        assert_eq!(found(&with(71)), [2]);
    }

    #[test]
    fn a_file_has_at_most_three_hundred_lines_without_its_tests() {
        let consts = |lines: usize| "const A: u8 = 0;\n".repeat(lines);
        assert_eq!(found(&consts(300)), NONE);
        assert_eq!(found(&consts(301)), [301]);
        assert_eq!(found(&format!("{}#[cfg(test)]\nmod tests {{}}\n", consts(300))), NONE);
    }
}
