//! The state that tabs have saved in the durable copy: for the same tab after a reload, and for new tabs to adopt.

use super::{
    durable_copy::DurableCopy,
    durable_store::{DurableStore, Write},
    key_value_store::Failure,
    set_aside::{SetAsideItem, fingerprint},
    tab_state::{SavedTabState, is_name},
};
use crate::{
    annotation::Timestamp,
    interchange::{DRAFT_KEY, HISTORY_KEY, Reason, TAB_KEY, parse_draft, parse_tab},
    text::order,
};

/// A tab with saved state. It may still be open; only its lock tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedTab {
    /// The name of the tab.
    pub tab: String,
    /// When it last saved something; 0 if unknown.
    pub used: Timestamp,
    /// Its draft, if it has one.
    pub draft: Option<String>,
}

impl<D: DurableStore> DurableCopy<D> {
    /// The tabs with saved state, open or closed, the most recently used first.
    ///
    /// # Errors
    /// If the durable copy could not be read.
    pub async fn tabs(&self) -> Result<Vec<SavedTab>, Failure> {
        // Sorted by name.
        let mut all: Vec<SavedTab> = Vec::new();
        for prefix in [TAB_KEY, DRAFT_KEY] {
            self.each(prefix, &mut |key, value| {
                let Some(tab) = key.strip_prefix(prefix).filter(|it| is_name(it)) else { return };
                let at = all.binary_search_by(|it| it.tab.as_str().cmp(tab)).unwrap_or_else(|at| {
                    all.insert(at, SavedTab { tab: tab.to_owned(), ..SavedTab::default() });
                    at
                });
                let entry = &mut all[at];
                if prefix == DRAFT_KEY {
                    entry.draft = Some(value);
                } else {
                    entry.used = parse_tab(&value).unwrap_or_default();
                }
            })
            .await?;
        }
        order::sort_by(&mut all, |one, other| other.used.cmp(&one.used));
        Ok(all)
    }

    /// The saved state of a tab. A draft that is not valid is set aside and returned separately.
    ///
    /// # Errors
    /// If the durable copy could not be read.
    pub async fn load_tab(&self, tab: &str) -> Result<(SavedTabState, Vec<SetAsideItem>), Failure> {
        let keys = [format!("{TAB_KEY}{tab}"), format!("{DRAFT_KEY}{tab}")];
        let there = self.store().get(&keys).await?;
        let mut there = there.into_iter();
        let (used, draft) = (there.next().flatten(), there.next().flatten());
        let used = used.and_then(|it| parse_tab(&it).ok()).unwrap_or_default();
        let mut saved = SavedTabState { used, ..SavedTabState::default() };
        let mut invalid = Vec::new();
        if let Some(draft) = draft {
            let [_, key] = keys;
            match self.check_draft(&draft) {
                None => saved.items.push((key, draft)),
                Some(reason) => invalid.push((key, draft, reason.to_string())),
            }
        }
        self.each(&format!("{HISTORY_KEY}{tab}:"), &mut |key, value| saved.items.push((key, value))).await?;
        // If it cannot be moved, it stays until another draft replaces it.
        let (set_aside, _) = self.set_aside(invalid, Vec::new()).await;
        Ok((saved, set_aside))
    }

    /// Why a draft is not valid. A draft on an unknown article is not checked, because the article may arrive later.
    fn check_draft(&self, draft: &str) -> Option<Reason> {
        let context = self.context();
        match parse_draft(draft, &context.library) {
            Ok(_) | Err(Reason::Article { .. } | Reason::Newer { .. }) => None,
            Err(reason) => Some(reason),
        }
    }

    /// Stores drafts that belong to no tab, for a new tab to adopt. Drafts that some tab already has are skipped.
    ///
    /// # Errors
    /// If none was stored.
    pub async fn save_drafts(&self, drafts: &[String]) -> Result<(), Failure> {
        let there = self.tabs().await?;
        let new = drafts.iter().filter(|it| !there.iter().any(|other| other.draft.as_ref() == Some(it)));
        // The name is a hash of the draft, so that the same draft is never stored twice.
        let writes: Vec<Write> = new
            .map(|it| Write::Set { key: format!("{DRAFT_KEY}{}", fingerprint(it)), value: it.clone() })
            .collect();
        if writes.is_empty() { Ok(()) } else { self.store().update(&[], |_| (writes, ())).await }
    }

    /// Deletes the history of a tab that has no draft.
    ///
    /// # Errors
    /// If some of it may still be there.
    pub async fn delete_tab(&self, tab: &str) -> Result<(), Failure> {
        let mut keys = vec![format!("{TAB_KEY}{tab}")];
        self.each(&format!("{HISTORY_KEY}{tab}:"), &mut |key, _| keys.push(key)).await?;
        let writes = keys.into_iter().map(|key| Write::Remove { key }).collect();
        self.store().update(&[], |_| (writes, ())).await
    }
}
