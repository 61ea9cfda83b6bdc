//! The codebooks that come with the page.

use crate::interchange::{CodebookFile, parse_codebook_file};

/// Written by `build.rs` from the folder `codebooks`: the text of each file, the default first.
static BUNDLED: &[&str] = &include!(concat!(env!("OUT_DIR"), "/codebooks.rs"));

/// Every codebook that comes with the page.
pub(super) fn all() -> Vec<CodebookFile> {
    BUNDLED.iter().filter_map(|it| parse_codebook_file(it.as_bytes()).ok()).collect()
}

/// The codebook with this index.
pub(super) fn one(index: usize) -> Option<CodebookFile> {
    all().into_iter().nth(index)
}

#[cfg(test)]
mod tests {
    use super::{BUNDLED, all};

    #[test]
    fn every_bundled_codebook_is_read_whole() {
        let all = all();
        assert_eq!(all.len(), BUNDLED.len());
        let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names[0], "Proposal, argument, prediction");
        assert_eq!(names.last(), Some(&"Empty"));
        // The only note is about cases that are between tags.
        assert!(all.iter().all(|it| it.notes.len() == usize::from(!it.borderline_cases.is_empty())));
    }
}
