//! Other tools with the same text and annotations, for `cargo xtask bench --peers`.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::rows::Side;

/// A library that shows annotations, and the page in `benches/peers` that uses it.
struct Library {
    side: Side,
    name: &'static str,
    /// The environment variable with the folder of its package.
    variable: &'static str,
    page: &'static str,
    /// The files of the package that the page loads.
    files: &'static [&'static str],
}

const LIBRARIES: [Library; 2] = [
    Library {
        side: Side::Recogito,
        name: "Recogito",
        variable: "GLOSSATOR_RECOGITO",
        page: "recogito",
        files: &["text-annotator.umd.js", "text-annotator.css"],
    },
    Library {
        side: Side::MarkJs,
        name: "mark.js",
        variable: "GLOSSATOR_MARKJS",
        page: "markjs",
        files: &["mark.es6.min.js"],
    },
];

/// A tool to measure.
pub(super) struct Peer {
    pub(super) side: Side,
    /// Its name, with its version once that is known.
    pub(super) name: String,
}

/// The libraries, with their versions.
pub(super) fn libraries() -> Vec<Peer> {
    LIBRARIES
        .iter()
        .map(|it| {
            let package = it.package().join("package.json");
            let package =
                fs::read_to_string(&package).unwrap_or_else(|error| panic!("{}: {error}", package.display()));
            let package: Value = serde_json::from_str(&package).expect("npm has read it");
            let version = package["version"].as_str().expect("a package has a version");
            Peer { side: it.side, name: format!("{} {version}", it.name) }
        })
        .collect()
}

/// Writes their pages next to the floor's.
pub(super) fn write(folder: &Path) {
    let (source, pages) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers"), folder.join("peers"));
    let copy = |from: &Path, to: &Path| {
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    };
    for it in &LIBRARIES {
        fs::create_dir_all(pages.join(it.page)).expect("the folder takes a folder");
        for name in ["index.html".to_owned(), format!("{}.js", it.page)] {
            copy(&source.join(it.page).join(&name), &pages.join(it.page).join(&name));
        }
        for name in it.files {
            copy(&it.package().join("dist").join(name), &pages.join(it.page).join(name));
        }
    }
    for name in ["page.js", "page.css"] {
        copy(&source.join(name), &pages.join(name));
    }
}

impl Library {
    fn package(&self) -> PathBuf {
        let package = env::var_os(self.variable);
        let package =
            package.unwrap_or_else(|| panic!("{} does not say where {} is", self.variable, self.name));
        package.into()
    }
}
