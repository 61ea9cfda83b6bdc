//! Downloads, and files that are chosen or dropped.

use std::{fs, path::Path};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Page, records::Annotation};

/// Records downloads. Scenarios that download open the page with this script.
pub(crate) const RECORD_DOWNLOADS: &str = include_str!("scripts/record-downloads.js");

/// A file that the page offered as a download.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Download {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) text: String,
}

impl Download {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{} is no JSON: {error}\n{}", self.name, self.text))
    }

    /// The annotations of an export.
    pub(crate) fn annotations(&self) -> Vec<Annotation> {
        let json = self.json();
        let records = json["annotations"].as_array().unwrap_or_else(|| panic!("no annotations in {json}"));
        records.iter().map(Annotation::from_record).collect()
    }
}

impl Page {
    /// Exports all articles through the Export menu. The page must have been opened with [`RECORD_DOWNLOADS`].
    pub(crate) fn export_all(&self) -> Download {
        self.export("export-all")
    }

    /// Exports the open article through the Export menu.
    pub(crate) fn export_article(&self) -> Download {
        self.export("export-article")
    }

    fn export(&self, choice: &str) -> Download {
        if !self.shows("#export-menu") {
            self.click("button[data-action='export']");
        }
        self.wait_until_shown("#export-menu");
        self.download(&format!("#export-menu button[data-action='{choice}']"))
    }

    /// Clicks a button that starts a download, and returns the file.
    pub(crate) fn download(&self, button: &str) -> Download {
        let before = self.download_count();
        self.click(button);
        let mut download = Value::Null;
        self.wait_until(&format!("`{button}` starts a download"), || {
            download = self.script("return window.downloaded[arguments[0]] ?? null", &[json!(before)]);
            download["text"].is_string()
        });
        assert_eq!(self.download_count(), before + 1, "`{button}` starts one download");
        serde_json::from_value(download).expect("a download as the script records it")
    }

    fn download_count(&self) -> u64 {
        self.script("return window.downloaded.length", &[])
            .as_u64()
            .expect("the page was opened with RECORD_DOWNLOADS")
    }

    /// Imports a file with this text, as if chosen in the dialog of the Import button.
    pub(crate) fn import_text(&self, name: &str, text: &str) {
        let path = self.profile().join(name);
        fs::write(&path, text).expect("the profile folder takes a file");
        self.import_file(&path);
    }

    /// Imports an existing file in the same way.
    pub(crate) fn import_file(&self, path: &Path) {
        self.choose_file("input#import-file", path);
    }

    /// Chooses a file for a file field.
    pub(crate) fn choose_file(&self, field: &str, path: &Path) {
        let path = path.to_str().expect("a path in Unicode");
        self.session()
            .send(field, path)
            .unwrap_or_else(|error| panic!("{path} could not be chosen: {error}"));
    }

    /// Chooses an option of a `select` by its value.
    pub(crate) fn choose_option(&self, select: &str, value: &str) {
        self.script(
            "const select = document.querySelector(arguments[0]); select.value = arguments[1]; \
             select.dispatchEvent(new Event('change', { bubbles: true }))",
            &[json!(select), json!(value)],
        );
    }

    /// Drops a file with this text on the article.
    pub(crate) fn drop_file(&self, name: &str, text: &str) {
        self.drop_files(&[(name, text)]);
    }

    /// Drops several files at once.
    pub(crate) fn drop_files(&self, files: &[(&str, &str)]) {
        let accepted = self.script(include_str!("scripts/drop.js"), &[json!(files)]);
        assert_eq!(accepted, json!(true), "the page accepts dragged files");
    }
}
