//! Checks the documents: that they stay short, and that they name only what exists. Does not judge their words.

use std::{fs, path::Path};

use super::{assert_none, root};

/// A stranger reads either document in some minutes, so neither has more words than this.
const MOST_WORDS: usize = 1_500;

/// What a path ends with if it contains no `/`.
const EXTENSIONS: &[&str] = &["rs", "md", "toml", "html", "js"];

const DECISIONS: &str = "docs/decisions";

/// Words are separated by white space; marks alone, such as the bars of a table, are none.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|it| it.contains(char::is_alphanumeric)).count()
}

fn too_long(path: &str, text: &str) -> Option<String> {
    let words = words(text);
    (words > MOST_WORDS).then(|| {
        format!(
            "{path}:1: {words} words; it has at most {MOST_WORDS}, so move details into a document in docs/ and link to it"
        )
    })
}

/// Each line outside fenced blocks of code, with its number.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    (1..).zip(text.lines()).filter(move |(_, line)| {
        let fence = line.starts_with("```");
        fenced ^= fence;
        !fence && !fenced
    })
}

/// The paths between backticks, each with its line.
fn paths(text: &str) -> Vec<(usize, String)> {
    let mut lines = vec![""; text.lines().count()];
    for (line, it) in prose(text) {
        lines[line - 1] = it;
    }
    let (mut paths, mut line) = (Vec::new(), 1);
    for (at, part) in lines.join("\n").split('`').enumerate() {
        let extension = Path::new(part).extension().and_then(|it| it.to_str());
        let is_path = part.contains('/') || extension.is_some_and(|it| EXTENSIONS.contains(&it));
        if at % 2 == 1 && is_path && !part.contains(char::is_whitespace) {
            paths.push((line, part.to_owned()));
        }
        line += part.matches('\n').count();
    }
    paths
}

/// The files that links and images lead to, each with its line, without the part after `#`.
fn links(text: &str) -> Vec<(usize, &str)> {
    let targets = prose(text).filter(|(_, it)| !it.starts_with("    ")).flat_map(|(line, it)| {
        it.split("](").skip(1).map(move |it| (line, it.split(')').next().unwrap_or(it)))
    });
    let files = targets.map(|(line, it)| (line, it.split('#').next().unwrap_or(it)));
    files.filter(|(_, it)| !it.is_empty() && !it.contains("://")).collect()
}

fn missing_paths(path: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let missing = paths(text).into_iter().filter(|(_, it)| !exists(it));
    missing
        .map(|(line, it)| {
            format!(
                "{path}:{line}: `{it}` does not exist; name a path as seen from the root, or drop the backticks if it is none"
            )
        })
        .collect()
}

/// The documents at the root and in `docs`, each with its path and text, in order.
fn documents() -> Vec<(String, String)> {
    let mut documents = Vec::new();
    for folder in ["", "docs", DECISIONS] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "md") {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                documents.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    documents.sort();
    documents
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn the_first_two_documents_are_short() {
    let broken = ["README.md", "ARCHITECTURE.md"].iter().filter_map(|path| too_long(path, &read(path)));
    assert_none(&broken.collect::<Vec<_>>());
}

#[test]
fn every_path_in_the_architecture_exists() {
    let exists = |path: &str| root().join(path).exists();
    assert_none(&missing_paths("ARCHITECTURE.md", &read("ARCHITECTURE.md"), exists));
}

#[test]
fn every_link_in_a_document_leads_to_a_file() {
    let documents = documents();
    assert!(documents.len() > 3);
    let mut broken = Vec::new();
    for (path, text) in &documents {
        let full = root().join(path);
        for (line, link) in links(text) {
            if !full.parent().unwrap().join(link).exists() {
                broken.push(format!(
                    "{path}:{line}: the link to {link} leads nowhere; correct it or remove it"
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn every_decision_is_in_the_index() {
    let index = read(&format!("{DECISIONS}/README.md"));
    let linked: Vec<&str> = links(&index).into_iter().map(|(_, it)| it).collect();
    let records = documents().into_iter().filter_map(|(path, _)| {
        let name = path.strip_prefix(DECISIONS)?.trim_start_matches('/').to_owned();
        (name != "README.md").then_some(name)
    });
    let absent = records.filter(|it| !linked.contains(&it.as_str()));
    assert_none(
        &absent
            .map(|it| format!("{DECISIONS}/README.md:1: add a line that links to {it}"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn each_rule_of_documents_sees_what_breaks_it() {
    assert_eq!(words("| one | two-three |\n| --- | 4 |"), 3);
    assert_eq!(too_long("a.md", &"word ".repeat(1_500)), None);
    assert!(too_long("a.md", &"word ".repeat(1_501)).unwrap().starts_with("a.md:1: 1501 words"));

    let text = "`src/a` and `Span`\n```\n`no/path`\n```\n`b.rs`, `a.b`, `cat\na/b` and `1/2`\n";
    let found = [(1, "src/a"), (5, "b.rs"), (6, "1/2")];
    assert_eq!(paths(text), found.map(|(line, it)| (line, it.to_owned())));
    assert_eq!(missing_paths("a.md", text, |it| it == "src/a").len(), 2);

    let text = "[a](b.md#c) ![d](e.png)\n    [no](link)\n[web](https://example.org) [here](#a)";
    assert_eq!(links(text), [(1, "b.md"), (1, "e.png")]);
}
