//! Codebooks as files: what their files contain, how they are written, and that no file does harm.

mod any_tree;
mod bad_csv;
mod bad_qdc;
mod csv;
mod own;
mod qdc;
mod xml;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The bytes of a sample.
fn sample(name: &str) -> Vec<u8> {
    fs::read(samples().join(name)).unwrap()
}

fn samples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples/qdc")
}

/// The names of all samples, good and bad, in order.
fn sample_names() -> Vec<String> {
    let names = fs::read_dir(samples()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let is_codebook = |it: &String| Path::new(it).extension().is_some_and(|it| it == "qdc");
    let mut names: Vec<_> = names.filter(is_codebook).collect();
    names.sort();
    names
}

/// The texts without anything between them.
fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().concat()
}
