//! Bundles every `seeds/*.txt` as an article, and every `codebooks/*.json`.
//!
//! `NAME.json` beside `NAME.txt` may give it a `title` and a `kind`; otherwise the title is the name.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sidecar {
    title: String,
    kind: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=seeds");
    println!("cargo::rerun-if-changed=codebooks");
    if env::var_os("CARGO_FEATURE_SPLIT").is_some() && env::var("CARGO_CFG_TARGET_FAMILY")? == "wasm" {
        // What splits the module needs to know which function uses which.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let seeds = Path::new(&root).join("seeds");

    let mut texts = Vec::new();
    for entry in fs::read_dir(&seeds)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "txt") {
            texts.push(path);
        }
    }
    texts.sort();

    let mut out = String::from("[\n");
    for path in texts {
        let id = path.file_stem().and_then(|it| it.to_str()).ok_or("an article's file name is not UTF-8")?;
        // Not the absolute path: another checkout that shares this target folder may reuse the output.
        let file = format!("/seeds/{id}.txt");
        let sidecar = path.with_extension("json");
        let Sidecar { title, kind } = if sidecar.exists() {
            serde_json::from_slice(&fs::read(&sidecar)?).map_err(|e| format!("{}: {e}", sidecar.display()))?
        } else {
            Sidecar { title: id.replace('_', " "), kind: "Article".into() }
        };
        // `include_str!` fails the build for a text that is not UTF-8, and names its path.
        writeln!(
            out,
            "Bundled {{ id: {id:?}, title: {title:?}, kind: {kind:?}, \
             text: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})) }},"
        )?;
    }
    out.push_str("]\n");
    let target = env::var("OUT_DIR")?;
    fs::write(Path::new(&target).join("seeds.rs"), out)?;
    fs::write(Path::new(&target).join("codebooks.rs"), codebooks(&root)?)?;
    Ok(())
}

/// A list of the texts of all codebooks: the default first, the empty one last.
fn codebooks(root: &str) -> Result<String, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(root).join("codebooks"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "json") {
            let name =
                path.file_name().and_then(|it| it.to_str()).ok_or("a codebook's file name is not UTF-8")?;
            names.push(name.to_owned());
        }
    }
    names.sort_by_key(|it| (it == "empty.json", it != "proposal-argument-prediction.json", it.clone()));
    let mut out = String::from("[\n");
    for name in names {
        let file = format!("/codebooks/{name}");
        writeln!(out, "include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})),")?;
    }
    out.push_str("]\n");
    Ok(out)
}
