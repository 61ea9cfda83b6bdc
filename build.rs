//! Turns every `seeds/*.txt` into a bundled article, so that adding a file there is all that it takes.
//!
//! Beside `NAME.txt` may stand `NAME.json` with a `title` and a `kind`; without it the title is the name.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sidecar {
    title: String,
    kind: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=seeds");
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
        // Not the whole path: what was written here may serve another checkout that is built in the same folder.
        let file = format!("/seeds/{id}.txt");
        let sidecar = path.with_extension("json");
        let Sidecar { title, kind } = if sidecar.exists() {
            serde_json::from_slice(&fs::read(&sidecar)?).map_err(|e| format!("{}: {e}", sidecar.display()))?
        } else {
            Sidecar { title: id.replace('_', " "), kind: "Article".into() }
        };
        // `include_str!` makes a text that is not UTF-8 an error of the build, with its path.
        writeln!(
            out,
            "Bundled {{ id: {id:?}, title: {title:?}, kind: {kind:?}, \
             text: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})) }},"
        )?;
    }
    out.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("seeds.rs"), out)?;
    Ok(())
}
