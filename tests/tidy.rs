//! What the compiler does not hold the source to: which layer may know which, and what a file must not contain.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a rule that is broken panics, which is how a test speaks"
)]

#[path = "tidy/features.rs"]
mod features;
#[path = "tidy/modules.rs"]
mod modules;
#[path = "tidy/tokens.rs"]
mod tokens;

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use modules::cycles;
use tokens::{Token, tokens};

/// The layers, and for each the others that it may know. What is not here is an edge that points back.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("annotation", &["text"]),
    ("session", &["annotation", "text"]),
    ("interchange", &["session", "annotation", "text"]),
    ("storage", &["interchange", "annotation", "text"]),
    ("ui", &["storage", "interchange", "session", "annotation", "text"]),
];

/// The layers that compile and are tested without a browser.
const PURE: &[&str] = &["text", "annotation", "session", "interchange"];

/// Longer than this, a file is split.
const MOST_LINES: usize = 600;

/// The layer of a file below `src`, and how many `super` lead from it to the crate.
fn layer_of(path: &str) -> Option<(&str, usize)> {
    let (layer, file) = path.strip_prefix("src/")?.split_once('/')?;
    let depth = file.matches('/').count() + usize::from(!file.ends_with("mod.rs"));
    Some((layer, depth + 1))
}

/// The names that follow the path which ends before `at`: one, or the first of each in braces.
fn names<'a>(tokens: &[Token<'a>], at: usize) -> Vec<Token<'a>> {
    if tokens.get(at).is_none_or(|it| it.word != "{") {
        return tokens.get(at).copied().into_iter().collect();
    }
    let (mut names, mut depth) = (Vec::new(), 0);
    for pair in tokens[at..].windows(2) {
        match pair[0].word {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(pair[0].word, "{" | ",") && pair[1].word != "}" {
            names.push(pair[1]);
        }
    }
    names
}

/// Every name that the file takes from the crate's root, through `crate::` or through enough `super::`.
fn taken_from_the_root<'a>(tokens: &[Token<'a>], depth: usize) -> Vec<Token<'a>> {
    let mut taken = Vec::new();
    let mut braces = 0;
    let mut modules: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_path = |at: usize| tokens.get(at + 1).is_some_and(|it| it.word == "::");
        match tokens[at].word {
            "{" => {
                braces += 1;
                if at > 1 && tokens[at - 2].word == "mod" {
                    modules.push(braces);
                }
            }
            "}" => {
                if modules.last() == Some(&braces) {
                    modules.pop();
                }
                braces -= 1;
            }
            "crate" if is_path(at) => taken.extend(names(tokens, at + 2)),
            "super" if is_path(at) => {
                let mut supers = 1;
                while tokens.get(at + 2).is_some_and(|it| it.word == "super") && is_path(at + 2) {
                    supers += 1;
                    at += 2;
                }
                if supers >= depth + modules.len() {
                    taken.extend(names(tokens, at + 2));
                }
            }
            _ => {}
        }
        at += 1;
    }
    taken
}

fn edges(path: &str, tokens: &[Token<'_>]) -> Vec<String> {
    let Some((layer, depth)) = layer_of(path) else { return Vec::new() };
    let Some((_, allowed)) = LAYERS.iter().find(|(it, _)| *it == layer) else {
        return vec![format!(
            "{path}:1: `{layer}` is not a layer; give it a place in LAYERS in tests/tidy.rs"
        )];
    };
    let allowed_words = if allowed.is_empty() { "no other layer".to_owned() } else { allowed.join(", ") };
    taken_from_the_root(tokens, depth)
        .into_iter()
        .filter(|it| it.word != layer && !allowed.contains(&it.word))
        .map(|Token { word, line }| {
            format!("{path}:{line}: the layer `{layer}` uses `crate::{word}`; it may use {allowed_words}")
        })
        .collect()
}

fn purity(path: &str, tokens: &[Token<'_>]) -> Vec<String> {
    let Some((layer, _)) = layer_of(path).filter(|(layer, _)| PURE.contains(layer)) else {
        return Vec::new();
    };
    let mut broken = Vec::new();
    for (at, Token { word, line }) in tokens.iter().enumerate() {
        let browser = ["web_sys", "js_sys", "wasm_bindgen", "gloo", "yew"];
        if browser.iter().any(|it| word == it || word.strip_prefix(it).is_some_and(|it| it.starts_with('_')))
        {
            broken.push(format!("{path}:{line}: `{word}` in the layer `{layer}`, which knows no browser"));
        }
        let behind = tokens.get(at + 1).zip(tokens.get(at + 2)).map(|(a, b)| (a.word, b.word));
        if matches!(*word, "SystemTime" | "Instant") && behind == Some(("::", "now")) {
            broken
                .push(format!("{path}:{line}: `{word}::now` in the layer `{layer}`; the time is passed in"));
        }
    }
    broken
}

fn leftovers(path: &str, tokens: &[Token<'_>]) -> Vec<String> {
    tokens
        .windows(2)
        .filter(|pair| matches!(pair[0].word, "todo" | "unimplemented" | "dbg") && pair[1].word == "!")
        .map(|pair| format!("{path}:{}: `{}!` is not left in", pair[0].line, pair[0].word))
        .collect()
}

fn length(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    if lines <= MOST_LINES {
        return Vec::new();
    }
    vec![format!(
        "{path}:{lines}: {lines} lines; a file has at most {MOST_LINES}, so split it by what it is about"
    )]
}

fn trailing_white_space(path: &str, text: &str) -> Vec<String> {
    (1..)
        .zip(text.split('\n'))
        .filter(|(_, line)| line.ends_with(char::is_whitespace))
        .map(|(number, _)| format!("{path}:{number}: white space at the line's end"))
        .collect()
}

/// `open` reads a file, if it is there.
fn layer_docs(lib: &str, open: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let tokens = tokens(lib);
    let modules = tokens.windows(3).filter(|it| it[0].word == "pub" && it[1].word == "mod").map(|it| it[2]);
    modules
        .filter_map(|Token { word, line }| {
            let files = [format!("src/{word}/mod.rs"), format!("src/{word}.rs")];
            let Some((path, source)) = files.iter().find_map(|path| Some((path, open(path)?))) else {
                return Some(format!(
                    "src/lib.rs:{line}: `{word}` has neither {} nor {}",
                    files[0], files[1]
                ));
            };
            (!source.starts_with("//!"))
                .then(|| format!("{path}:1: the layer `{word}` begins with a `//!` that says what it knows"))
        })
        .collect()
}

/// The crates that a manifest names in any of its sections of dependencies.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let (mut found, mut listed) = (BTreeSet::new(), false);
    for line in manifest.lines() {
        if let Some(header) = line.strip_prefix('[') {
            let header = header.trim_end_matches(']');
            listed = header.ends_with("dependencies");
            // A crate with a section of its own.
            if let Some((section, name)) = header.rsplit_once('.')
                && section.ends_with("dependencies")
            {
                found.insert(name.to_owned());
            }
        } else if listed && let Some((name, _)) = line.split_once('=') {
            found.insert(name.trim().to_owned());
        }
    }
    found
}

/// The crates that the table of dependencies gives a reason for.
fn reasoned(document: &str) -> BTreeSet<String> {
    let section = document.split("\n## ").find(|it| it.starts_with("Dependencies")).unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    rows.flat_map(|names| names.split(", ").map(|it| it.trim_matches('`').to_owned())).collect()
}

#[path = "tidy/documents.rs"]
mod documents;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of text below these folders, with its path from the root, in order.
fn files(folders: &[&str]) -> Vec<(String, String)> {
    let mut waiting: Vec<PathBuf> = folders.iter().map(|it| root().join(it)).collect();
    let mut files = Vec::new();
    while let Some(path) = waiting.pop() {
        // What a tool fetches or writes, and data that is to stay as it is, are not ours to keep tidy.
        if ["node_modules", "target", "data", "samples", "corpus"].iter().any(|it| path.ends_with(it)) {
            continue;
        }
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        } else if let Ok(text) = fs::read_to_string(&path) {
            let parts: Vec<_> =
                path.strip_prefix(root()).unwrap().iter().map(|it| it.to_str().unwrap()).collect();
            files.push((parts.join("/"), text));
        }
    }
    files.sort();
    files
}

fn assert_none(broken: &[String]) {
    let list = broken.iter().fold(String::new(), |mut list, it| {
        writeln!(list, "{it}").unwrap();
        list
    });
    assert!(broken.is_empty(), "\n{list}");
}

fn assert_rust(folders: &[&str], rule: impl Fn(&str, &[Token<'_>]) -> Vec<String>) {
    let files = files(folders);
    assert!(!files.is_empty());
    let rust = files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|it| it == "rs"));
    assert_none(&rust.flat_map(|(path, text)| rule(path, &tokens(text))).collect::<Vec<_>>());
}

#[test]
fn no_layer_knows_one_that_it_may_not() {
    assert_rust(&["src"], edges);
}

#[test]
fn no_two_modules_need_each_other() {
    assert_none(&cycles(&files(&["src"]), |path| path.trim_start_matches("src/").to_owned()));
}

#[test]
fn pure_layers_know_neither_the_browser_nor_the_clock() {
    assert_rust(&["src"], purity);
}

#[test]
fn nothing_is_left_to_do() {
    assert_rust(&["src", "tests", "xtask", "benches"], leftovers);
}

/// The source of a file of the page, and its path.
fn page_files() -> Vec<(String, String)> {
    files(&["src/ui"])
        .into_iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|it| it == "rs"))
        .collect()
}

#[test]
fn features_use_only_those_before_them() {
    let registered =
        features::registered(&fs::read_to_string(root().join("src/ui/features/mod.rs")).unwrap());
    assert!(registered.len() > 20, "{registered:?}");
    let broken = page_files()
        .iter()
        .flat_map(|(path, text)| features::order(path, text, &registered))
        .collect::<Vec<_>>();
    assert_none(&broken);
}

#[test]
fn no_two_features_need_each_other() {
    let in_features =
        |(path, _): &(String, String)| path.trim_start_matches("src/ui/features/").contains('/');
    let files: Vec<_> = page_files()
        .into_iter()
        .filter(|it| it.0.starts_with("src/ui/features/") && in_features(it))
        .collect();
    assert_none(&cycles(&files, |path| {
        let feature = path.trim_start_matches("src/ui/features/").split('/').next();
        feature.unwrap_or_default().to_owned()
    }));
}

#[test]
fn features_are_made_of_small_parts() {
    assert_none(&page_files().iter().flat_map(|(path, text)| features::size(path, text)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long() {
    let files = files(&["src", "tests", "xtask", "benches"]);
    assert_none(&files.iter().flat_map(|(path, text)| length(path, text)).collect::<Vec<_>>());
}

#[test]
fn no_line_ends_in_white_space() {
    let files = files(&["src", "tests", "xtask", "benches"]);
    assert_none(&files.iter().flat_map(|(path, text)| trailing_white_space(path, text)).collect::<Vec<_>>());
}

#[test]
fn every_layer_says_what_it_knows() {
    let open = |path: &str| fs::read_to_string(root().join(path)).ok();
    assert_none(&layer_docs(&open("src/lib.rs").unwrap(), open));
}

#[test]
fn every_dependency_has_a_reason() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let named = ["Cargo.toml", "xtask/Cargo.toml"].iter().flat_map(|it| dependencies(&read(it))).collect();
    let reasoned = reasoned(&read("docs/dependencies.md"));
    let broken = |from: &BTreeSet<String>, to: &BTreeSet<String>, words: &str| -> Vec<String> {
        from.difference(to)
            .map(|it| format!("docs/dependencies.md:1: the table of dependencies {words} `{it}`"))
            .collect()
    };
    assert_none(&broken(&named, &reasoned, "gives no reason for"));
    assert_none(&broken(&reasoned, &named, "has what no manifest names:"));
}

/// What git answers, or nothing where there is no git or no repository, as in an unpacked archive.
fn git(arguments: &[&str]) -> Option<String> {
    // The owner of a checkout in a container is often another user, which git would refuse to read.
    let git = Command::new("git")
        .args(["-c", "safe.directory=*", "-c", "core.quotePath=off"])
        .args(arguments)
        .current_dir(root())
        .output();
    git.ok().filter(|it| it.status.success()).map(|it| String::from_utf8(it.stdout).unwrap())
}

#[test]
fn seeds_are_byte_for_byte_what_git_has() {
    let attributes = fs::read_to_string(root().join(".gitattributes")).unwrap();
    assert!(
        attributes.lines().any(|it| it.trim() == "seeds/*.txt -text"),
        ".gitattributes: the line `seeds/*.txt -text` is missing; without it git may rewrite line ends"
    );
    let Some(listed) = git(&["ls-files", "--stage", "--", "seeds/*.txt"]) else { return };
    let mut broken = Vec::new();
    for line in listed.lines() {
        let (stage, path) = line.split_once('\t').unwrap();
        let blob = stage.split(' ').nth(1).unwrap();
        let here = git(&["hash-object", "--no-filters", "--", path]).unwrap_or_default();
        if here.trim() != blob {
            broken.push(format!("{path}:1: the file is not, byte for byte, what git has; restore or add it"));
        }
        let attribute = git(&["check-attr", "text", "--", path]).unwrap_or_default();
        if !attribute.trim().ends_with("text: unset") {
            broken.push(format!(
                "{path}:1: .gitattributes must give it `-text`; git says {}",
                attribute.trim()
            ));
        }
    }
    assert_none(&broken);
}

#[test]
fn the_page_itself_has_the_first_article_word_for_word() {
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    let text = fs::read_to_string(root().join("seeds/000_64890735368908a8.txt")).unwrap();
    let written = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs = text.lines().filter(|it| !it.is_empty());
    let paragraphs = paragraphs.map(|it| format!("<p dir=\"auto\">{}</p>", written(it))).collect::<Vec<_>>();
    let here = page.lines().map(str::trim).filter(|it| it.starts_with("<p dir=")).collect::<Vec<_>>();
    assert_eq!(here, paragraphs);
    assert!(page.contains("data-first=\"#/a/000_64890735368908a8\""), "its address is told");
}

#[test]
fn each_rule_sees_what_breaks_it() {
    let seen = |rule: fn(&str, &[Token<'_>]) -> Vec<String>, path: &str, source: &str| -> Vec<String> {
        rule(path, &tokens(source)).into_iter().map(|it| it.split(": ").next().unwrap().to_owned()).collect()
    };
    let used = "//! crate::ui\nuse crate::{\n    session::{self, text},\n    text::Span,\n};\nfn f<'a>(c: char) { c == '\"'; crate::ui::f(r#\"\"crate::ui\"#) }\n";
    assert_eq!(
        seen(edges, "src/annotation/set.rs", used),
        ["src/annotation/set.rs:3", "src/annotation/set.rs:6"]
    );
    assert_eq!(seen(edges, "src/ui/page/list.rs", used), [""; 0]);
    let above =
        "use super::text;\nuse super::super::session::Session;\nmod tests { use super::super::session; }";
    assert_eq!(seen(edges, "src/text/units.rs", above), ["src/text/units.rs:2"]);
    assert_eq!(seen(edges, "src/text/mod.rs", "use super::{session::Session, text};"), ["src/text/mod.rs:1"]);
    assert_eq!(
        seen(edges, "src/text/a/mod.rs", "use super::units; use super::super::ui;"),
        ["src/text/a/mod.rs:1"]
    );
    assert_eq!(seen(edges, "src/other/mod.rs", ""), ["src/other/mod.rs:1"]);
    assert_eq!(seen(edges, "src/main.rs", used), [""; 0]);

    let list = "macro_rules! register {\n    ($with:ident) => {\n        $with! {\n            low,\n            high,\n        }\n    };\n}";
    let registered = features::registered(list);
    assert_eq!(registered, ["low", "high"]);
    let misused = |path: &str, source: &str| features::order(path, source, &registered).len();
    assert_eq!(misused("src/ui/features/high/a.rs", "use crate::ui::features::{low::B, high};"), 0);
    assert_eq!(misused("src/ui/features/low/a.rs", "use crate::ui::{features::{low, high::B}, Store};"), 1);
    assert_eq!(misused("src/ui/features/other/a.rs", ""), 1);
    assert_eq!(misused("src/ui/store/a.rs", "use crate::ui::features::low;"), 1);
    let large = "    field: Vec<(u8, u8)>,\n".repeat(13);
    assert_eq!(features::size("src/ui/features/low/a.rs", &format!("struct A {{\n{large}}}")).len(), 1);
    assert_eq!(
        features::size("src/ui/features/low/a.rs", "struct A {\n    a: fn(u8) -> u8,\n}\nstruct B;").len(),
        0
    );

    let impure = "use gloo_timers::callback;\n// web_sys\nlet now = std::time::Instant::now();\nlet a = Instant::from;\n";
    assert_eq!(seen(purity, "src/text/a.rs", impure), ["src/text/a.rs:1", "src/text/a.rs:3"]);
    assert_eq!(seen(purity, "src/ui/a.rs", impure), [""; 0]);
    assert_eq!(seen(leftovers, "a.rs", "\"todo!\";\ntodo!();\nlet todo = dbg!(1);"), ["a.rs:2", "a.rs:3"]);

    assert_eq!(length("a.rs", &"\n".repeat(600)), [""; 0]);
    assert_eq!(length("a.rs", &"\n".repeat(601)).len(), 1);
    assert_eq!(trailing_white_space("a", "a\nb \nc\t\n").len(), 2);
    assert_eq!(layer_docs("pub mod a;\nmod b;\npub mod c;", |path| Some(format!("use {path};"))).len(), 2);
    assert_eq!(layer_docs("pub mod a;", |_| None).len(), 1);

    let manifest = "[package]\nname = \"a\"\n[dependencies]\nb = \"1\"\n\n[dependencies.c]\nversion = \"1\"\n\
        [target.'cfg(unix)'.dev-dependencies]\nd = { version = \"1\" }\n[profile.dev]\ne = 1\n";
    assert_eq!(dependencies(manifest).into_iter().collect::<Vec<_>>(), ["b", "c", "d"]);
    let table = "# A\n\n## Dependencies\n\n| crate | why |\n| --- | --- |\n| `b`, `c` | `x` |\n\n## More\n\n| `d` | |\n";
    assert_eq!(reasoned(table).into_iter().collect::<Vec<_>>(), ["b", "c"]);
}
