//! Finds cyclic dependencies between modules, or between folders of modules.
//!
//! Follows the paths in the sources, not the types: naming a type is a dependency, calling one of its methods is not.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::tokens::{Token, tokens};

/// A name bound by `use`, and its path from the crate's root.
struct Import {
    name: String,
    path: Vec<String>,
}

/// A path from the crate's root, and the line on which a file names it.
struct Reference {
    path: Vec<String>,
    line: usize,
}

/// The imports and references of a file.
#[derive(Default)]
struct Module {
    file: String,
    imports: Vec<Import>,
    /// The items and modules that `use` declarations name. Importing a folder is not yet a dependency.
    imported: Vec<Reference>,
    /// The items that the rest of the code names by a path.
    references: Vec<Reference>,
}

impl Module {
    fn binds(&self, name: &str) -> bool {
        self.imports.iter().any(|it| it.name == name)
    }

    /// The path from the crate's root for one that starts with an imported name.
    fn expand(&self, path: &[&str]) -> Vec<String> {
        let import = self.imports.iter().find(|it| it.name == path[0]).map_or(&[][..], |it| &it.path);
        import.iter().cloned().chain(path[1..].iter().map(|it| (*it).to_owned())).collect()
    }
}

/// The dependency of one node on another: where it first names something there, and what.
struct Edge {
    place: String,
    name: String,
}

/// Reports cycles in the graph of dependencies. `node_of` names the node of a file: the file itself to check modules, or
/// its folder to check features.
///
/// `files` are paths that begin with `src/`, with their sources. Dependencies on other files are ignored. For each
/// dependency that is part of a cycle, reports the shortest one.
pub(crate) fn cycles(files: &[(String, String)], node_of: fn(&str) -> String) -> Vec<String> {
    let modules: BTreeMap<Vec<String>, Module> =
        files.iter().map(|(path, source)| (module_path(path), read(path, source))).collect();
    let mut edges: BTreeMap<String, BTreeMap<String, Edge>> = BTreeMap::new();
    for module in modules.values() {
        let from = node_of(&module.file);
        let items = module.imported.iter().filter(|it| !is_folder(&modules, &it.path));
        for reference in items.chain(&module.references) {
            let Some(to) = defining_file(&modules, &reference.path, 0).map(node_of) else { continue };
            if from != to {
                edges.entry(from.clone()).or_default().entry(to).or_insert_with(|| Edge {
                    place: format!("{}:{}", module.file, reference.line),
                    name: reference.path.join("::"),
                });
            }
        }
    }
    let mut found = BTreeSet::new();
    for (from, targets) in &edges {
        for to in targets.keys() {
            if let Some(mut cycle) = shortest_path(&edges, to, from) {
                let first = (0..cycle.len()).min_by_key(|at| &cycle[*at]).unwrap_or_default();
                cycle.rotate_left(first);
                found.insert(cycle);
            }
        }
    }
    found.iter().map(|cycle| report(&edges, cycle)).collect()
}

fn report(edges: &BTreeMap<String, BTreeMap<String, Edge>>, cycle: &[String]) -> String {
    let next = cycle.iter().cycle().skip(1);
    let steps = cycle.iter().zip(next).map(|(from, to)| {
        let Edge { place, name } = &edges[from][to];
        format!("    {from} needs {to}: {place} names `{name}`\n")
    });
    format!(
        "{} need each other:\n{}    Move what they share into a module below them, or what joins them into a module above.",
        cycle.join(" and "),
        steps.collect::<String>()
    )
}

/// The nodes on the shortest path from `from` to `to`, including both.
fn shortest_path(
    edges: &BTreeMap<String, BTreeMap<String, Edge>>,
    from: &str,
    to: &str,
) -> Option<Vec<String>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut waiting = VecDeque::from([from]);
    while let Some(at) = waiting.pop_front() {
        if at == to {
            let mut path = vec![at.to_owned()];
            let mut at = at;
            while at != from {
                at = came_from[at];
                path.insert(0, at.to_owned());
            }
            return Some(path);
        }
        for next in edges.get(at).into_iter().flat_map(BTreeMap::keys) {
            if next != from && !came_from.contains_key(&**next) {
                came_from.insert(next, at);
                waiting.push_back(next);
            }
        }
    }
    None
}

/// `src/text/units.rs` becomes `text::units`, `src/text/mod.rs` becomes `text`.
fn module_path(file: &str) -> Vec<String> {
    let names = file.strip_prefix("src/").unwrap_or(file).trim_end_matches(".rs");
    let names = names.strip_suffix("/mod").unwrap_or(names);
    names.split('/').filter(|it| !["lib", "main"].contains(it)).map(str::to_owned).collect()
}

/// The file that defines the item at `path`, found through `mod` and `use` declarations.
fn defining_file<'a>(
    modules: &'a BTreeMap<Vec<String>, Module>,
    path: &[String],
    imports_followed: usize,
) -> Option<&'a str> {
    const MAX_IMPORTS: usize = 16;
    let length = (0..=path.len())
        .take_while(|length| modules.contains_key(&path[..*length]) || is_folder(modules, &path[..*length]))
        .last()?;
    let module = modules.get(&path[..length])?;
    let Some(name) = path.get(length).filter(|_| imports_followed < MAX_IMPORTS) else {
        return Some(&module.file);
    };
    let follow = |import: &Import, rest: &[String]| {
        let path = [&import.path, rest].concat();
        defining_file(modules, &path, imports_followed + 1)
    };
    match module.imports.iter().find(|it| it.name == *name) {
        Some(import) => follow(import, &path[length + 1..]),
        None => Some(&module.file),
    }
}

fn is_folder(modules: &BTreeMap<Vec<String>, Module>, path: &[String]) -> bool {
    modules.keys().any(|it| it.len() > path.len() && it.starts_with(path))
}

/// Reads the imports and references of a source, except those of its `tests` module.
fn read(file: &str, source: &str) -> Module {
    let mut reader =
        Reader { tokens: tokens(source), at: 0, here: module_path(file), braces: 0, inline: Vec::new() };
    let mut module = Module { file: file.to_owned(), ..Module::default() };
    // A re-export is a dependency only if the file also uses the name.
    let (mut children, mut reexports, mut named) = (Vec::new(), Vec::new(), BTreeSet::new());
    while let Some(Token { word, line }) = reader.peek(0) {
        match word {
            "mod" => match (reader.word(1), reader.word(2)) {
                (name, ";") => {
                    children.push(name);
                    reader.at += 3;
                }
                ("tests", "{") => reader.skip_block(),
                (name, _) => {
                    reader.here.push(name.to_owned());
                    reader.inline.push(reader.braces);
                    reader.at += 2;
                }
            },
            "use" if reader.word(1) != "<" => {
                let public = reader.is_public();
                reader.at += 1;
                for (path, name, line) in reader.use_tree(&[]) {
                    let path = reader.absolute(&path);
                    if public {
                        reexports.push((name.clone(), path.clone(), line));
                    } else {
                        module.imported.push(Reference { path: path.clone(), line });
                    }
                    module.imports.push(Import { name, path });
                }
            }
            "crate" | "super" | "self" if reader.word(1) == "::" && !reader.is_visibility() => {
                let path = reader.path();
                module.references.push(Reference { path: reader.absolute(&path), line });
            }
            _ if children.contains(&word) && reader.word(1) == "::" => {
                let path = reader.path();
                module.references.push(Reference { path: reader.absolute(&path), line });
            }
            _ if reader.word(1) == "::" && module.binds(word) => {
                named.insert(word);
                let path = reader.path();
                module.references.push(Reference { path: module.expand(&path), line });
            }
            _ => {
                named.insert(word);
                reader.skip();
            }
        }
    }
    let used = reexports.into_iter().filter(|(name, ..)| named.contains(&**name));
    module.imported.extend(used.map(|(_, path, line)| Reference { path, line }));
    module
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    /// The module that contains the token at `at`.
    here: Vec<String>,
    braces: usize,
    /// For each open inline module, the number of braces open around it.
    inline: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn word(&self, ahead: usize) -> &'a str {
        self.peek(ahead).map_or("", |it| it.word)
    }

    /// Skips a token and keeps track of blocks.
    fn skip(&mut self) {
        match self.word(0) {
            "{" => self.braces += 1,
            "}" => {
                self.braces = self.braces.saturating_sub(1);
                if self.inline.last() == Some(&self.braces) {
                    self.inline.pop();
                    self.here.pop();
                }
            }
            _ => {}
        }
        self.at += 1;
    }

    /// Skips the next block in braces.
    fn skip_block(&mut self) {
        let mut depth = 0;
        while let Some(Token { word, .. }) = self.peek(0) {
            self.at += 1;
            match word {
                "{" => depth += 1,
                "}" if depth == 1 => return,
                "}" => depth -= 1,
                _ => {}
            }
        }
    }

    fn before(&self, back: usize) -> &'a str {
        self.at.checked_sub(back).map_or("", |at| self.tokens[at].word)
    }

    /// True after `pub`, `pub(crate)`, `pub(super)` and `pub(in …)`.
    fn is_public(&self) -> bool {
        let opening = (1..8).find(|back| self.before(*back) == "(");
        self.before(1) == "pub"
            || (self.before(1) == ")" && opening.is_some_and(|back| self.before(back + 1) == "pub"))
    }

    /// True within `pub(in …)`.
    fn is_visibility(&self) -> bool {
        self.before(1) == "in" && self.before(2) == "("
    }

    /// Reads a path.
    fn path(&mut self) -> Vec<&'a str> {
        let mut path = vec![self.word(0)];
        self.at += 1;
        while self.word(0) == "::" && self.word(1).starts_with(|it: char| it.is_alphabetic() || it == '_') {
            path.push(self.word(1));
            self.at += 2;
        }
        path
    }

    /// Reads the rest of a `use` declaration after `prefix`: each path with the name it binds and its line.
    fn use_tree(&mut self, prefix: &[&'a str]) -> Vec<(Vec<&'a str>, String, usize)> {
        let line = self.peek(0).map_or(0, |it| it.line);
        let mut path = prefix.to_vec();
        loop {
            match self.word(0) {
                "{" => {
                    let mut all = Vec::new();
                    self.at += 1;
                    while !["}", ""].contains(&self.word(0)) {
                        all.extend(self.use_tree(&path));
                        self.at += usize::from(self.word(0) == ",");
                    }
                    self.at += 1;
                    return all;
                }
                "::" => self.at += 1,
                "as" => {
                    let name = self.word(1).to_owned();
                    self.at += 2;
                    return vec![(path, name, line)];
                }
                ";" | "," | "}" | "" => {
                    if path.len() > 1 && path.last() == Some(&"self") {
                        path.pop();
                    }
                    let name = path.last().copied().unwrap_or_default().to_owned();
                    return vec![(path, name, line)];
                }
                word => {
                    path.push(word);
                    self.at += 1;
                }
            }
        }
    }

    /// Makes a path start at the crate's root. Paths into other crates lead to no file.
    fn absolute(&self, path: &[&str]) -> Vec<String> {
        let mut full = self.here.clone();
        for name in path {
            match *name {
                "crate" => full.clear(),
                "super" => _ = full.pop(),
                "self" => {}
                name => full.push(name.to_owned()),
            }
        }
        full
    }
}

#[cfg(test)]
mod tests {
    use super::cycles;

    fn found(files: &[(&str, &str)], node_of: fn(&str) -> String) -> Vec<String> {
        let files: Vec<_> = files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
        cycles(&files, node_of).iter().map(|it| it.split(" need").next().unwrap_or_default().into()).collect()
    }

    fn file(path: &str) -> String {
        path.trim_start_matches("src/").into()
    }

    #[test]
    fn cycles_through_reexports_are_reported_with_places() {
        let files = [
            (
                "src/a/mod.rs",
                "mod one;\nmod two;\nmod three;\npub use one::One;\npub use two::{self, Two as Second};",
            ),
            ("src/a/one.rs", "use std::fmt;\nuse super::Second;\npub struct One;"),
            ("src/a/two.rs", "use super::three;\npub struct Two(three::Three);"),
            ("src/a/three.rs", "pub struct Three(crate::a::One);"),
        ];
        assert_eq!(found(&files, file), ["a/one.rs and a/two.rs and a/three.rs"]);
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        assert_eq!(
            cycles(&files, file),
            ["a/one.rs and a/two.rs and a/three.rs need each other:\n    \
              a/one.rs needs a/two.rs: src/a/one.rs:2 names `a::Second`\n    \
              a/two.rs needs a/three.rs: src/a/two.rs:1 names `a::three`\n    \
              a/three.rs needs a/one.rs: src/a/three.rs:1 names `a::One`\n    \
              Move what they share into a module below them, or what joins them into a module above."]
        );
    }

    #[test]
    fn reexports_alone_are_no_dependency() {
        let child = ("src/a/one.rs", "use super::LIMIT;\npub struct One;");
        let alone = (
            "src/a/mod.rs",
            "mod one;\npub use one::One;\npub(crate) use one::Other;\npub const LIMIT: u8 = 1;",
        );
        assert_eq!(found(&[alone, child], file), [""; 0]);
        for source in [
            "mod one;\npub use one::One;\npub const LIMIT: One = One;",
            "mod one;\npub const LIMIT: u8 = one::limit();",
            "mod one;\nuse one::One;\npub const LIMIT: u8 = 1;",
        ] {
            assert_eq!(
                found(&[("src/a/mod.rs", source), child], file),
                ["a/mod.rs and a/one.rs"],
                "{source}"
            );
        }
    }

    #[test]
    fn tests_comments_visibilities_and_other_crates_are_ignored() {
        let files = [
            ("src/a/one.rs", "use super::two::Two;"),
            (
                "src/a/two.rs",
                "//! super::one\nuse one::One;\nuse other::two::One as Other;\npub(in crate::a::one) fn f() {}\n\
                 fn g() -> impl Fn() + use<'_> { '{'; \"super::one\" }\nmod tests { use super::super::one::One; fn f() {} }",
            ),
        ];
        assert_eq!(found(&files, file), [""; 0]);
        let inline = ("src/a/two.rs", "mod inner { mod deep { fn f() {} }\nuse super::super::one::One; }");
        assert_eq!(found(&[files[0], inline], file), ["a/one.rs and a/two.rs"]);
        let after = ("src/a/two.rs", "mod inner { fn f() {} }\nuse super::one::One;");
        assert_eq!(found(&[files[0], after], file), ["a/one.rs and a/two.rs"]);
    }

    #[test]
    fn nodes_can_be_folders() {
        fn folder(path: &str) -> String {
            path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.into())
        }
        let files = [
            ("src/ui/search/mod.rs", "mod view;\npub use view::View;"),
            ("src/ui/search/view.rs", "use crate::ui::table;\npub struct View(table::rows::Row);"),
            ("src/ui/table/mod.rs", "pub mod rows;"),
            ("src/ui/table/rows.rs", "use crate::ui::search::View;"),
        ];
        assert_eq!(found(&files, folder), ["src/ui/search and src/ui/table"]);
        assert_eq!(found(&files[..3], folder), [""; 0]);
    }
}
