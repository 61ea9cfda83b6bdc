//! Files that leave the page and files that come into it.

use std::{fs, path::Path};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Page, records::Annotation};

/// The script to open the page with for a scenario that downloads.
pub(crate) const RECORD_DOWNLOADS: &str = include_str!("scripts/record-downloads.js");

/// A file that the page gave to download.
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
    /// Everything through the Export menu. The page must have been opened with [`RECORD_DOWNLOADS`].
    pub(crate) fn export_all(&self) -> Download {
        self.export("export-all")
    }

    /// The open article through the Export menu.
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

    /// Clicks a button that gives a file, and gives the file.
    pub(crate) fn download(&self, button: &str) -> Download {
        let before = self.downloads_begun();
        self.click(button);
        let mut given = Value::Null;
        self.wait_until(&format!("`{button}` gives a file"), || {
            given = self.script("return window.downloaded[arguments[0]] ?? null", &[json!(before)]);
            given["text"].is_string()
        });
        assert_eq!(self.downloads_begun(), before + 1, "`{button}` gives one file");
        serde_json::from_value(given).expect("a download as the script records it")
    }

    fn downloads_begun(&self) -> u64 {
        self.script("return window.downloaded.length", &[])
            .as_u64()
            .expect("the page was opened with RECORD_DOWNLOADS")
    }

    /// Chooses a file with this text, as if in the dialog that the Import button opens.
    pub(crate) fn import_text(&self, name: &str, text: &str) {
        let path = self.profile().join(name);
        fs::write(&path, text).expect("the profile folder takes a file");
        self.import_file(&path);
    }

    /// Chooses a file that is there.
    pub(crate) fn import_file(&self, path: &Path) {
        self.choose_file("input#import-file", path);
    }

    /// Gives a field for files the path of one.
    pub(crate) fn choose_file(&self, field: &str, path: &Path) {
        let path = path.to_str().expect("a path in Unicode");
        self.wire().send(field, path).unwrap_or_else(|error| panic!("{path} could not be chosen: {error}"));
    }

    /// Chooses an entry of a list by its value, as if by hand.
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
        let taken = self.script(include_str!("scripts/drop.js"), &[json!(files)]);
        assert_eq!(taken, json!(true), "the page takes files that are dragged over it");
    }
}
