//! Codebooks of other programs: what their files contain, how they are written, and that no file does harm.

mod any_tree;
mod bad_csv;
mod bad_qdc;
mod csv;
mod qdc;
mod xml;

use std::{fs, path::PathBuf};

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
    let mut names: Vec<_> = names.filter(|it| it.ends_with(".qdc")).collect();
    names.sort();
    names
}
