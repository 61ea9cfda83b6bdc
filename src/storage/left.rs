//! What tabs have left in the durable copy, for the tab itself when its page is loaded again, and for those that come after.

use super::{
    aside::{Aside, fingerprint},
    durable::{Durable, DurableCopy, Write},
    items::Failure,
    notebook::{Left, is_name},
};
use crate::{
    annotation::Timestamp,
    interchange::{DRAFT_KEY, HISTORY_KEY, Reason, TAB_KEY, parse_draft, parse_tab},
    text::order,
};

/// A tab that has left something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftBy {
    /// The name of the tab.
    pub tab: String,
    /// When it last kept something, where that is known.
    pub used: Timestamp,
    /// Its note without a tag.
    pub draft: Option<String>,
}

impl<D: Durable> DurableCopy<D> {
    /// The tabs that have left something, alive or gone, the one that was used last first.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn tabs(&self) -> Result<Vec<LeftBy>, Failure> {
        // In the order of their names.
        let mut all: Vec<LeftBy> = Vec::new();
        for prefix in [TAB_KEY, DRAFT_KEY] {
            self.each(prefix, &mut |key, value| {
                let Some(tab) = key.strip_prefix(prefix).filter(|it| is_name(it)) else { return };
                let at = all.binary_search_by(|it| it.tab.as_str().cmp(tab)).unwrap_or_else(|at| {
                    all.insert(at, LeftBy { tab: tab.to_owned(), ..LeftBy::default() });
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

    /// What this tab has left. A note that is none is set aside, and given back as that.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn left_by(&self, tab: &str) -> Result<(Left, Vec<Aside>), Failure> {
        let keys = [format!("{TAB_KEY}{tab}"), format!("{DRAFT_KEY}{tab}")];
        let there = self.place().get(&keys).await?;
        let mut there = there.into_iter();
        let (used, draft) = (there.next().flatten(), there.next().flatten());
        let used = used.and_then(|it| parse_tab(&it).ok()).unwrap_or_default();
        let mut left = Left { used, ..Left::default() };
        let mut invalid = Vec::new();
        if let Some(draft) = draft {
            let [_, key] = keys;
            match self.check_draft(&draft) {
                None => left.items.push((key, draft)),
                Some(reason) => invalid.push((key, draft, reason.to_string())),
            }
        }
        self.each(&format!("{HISTORY_KEY}{tab}:"), &mut |key, value| left.items.push((key, value))).await?;
        // What cannot be moved stays where it is until another note takes its place.
        let (asides, _) = self.put_aside(invalid, Vec::new()).await;
        Ok((left, asides))
    }

    /// What is wrong with a note, if that is not for its article to say, which may come later.
    fn check_draft(&self, draft: &str) -> Option<Reason> {
        let library = self.library();
        match parse_draft(draft, &library) {
            Ok(_) | Err(Reason::Article { .. } | Reason::Newer { .. }) => None,
            Err(reason) => Some(reason),
        }
    }

    /// Keeps notes that no tab has, for the next that takes one up; those that some tab has already are passed over.
    ///
    /// # Errors
    /// When none was kept.
    pub async fn leave(&self, drafts: &[String]) -> Result<(), Failure> {
        let there = self.tabs().await?;
        let new = drafts.iter().filter(|it| !there.iter().any(|other| other.draft.as_ref() == Some(it)));
        // Under a name made of its own words, so that the same note is never there twice.
        let writes: Vec<Write> = new
            .map(|it| Write::Set { key: format!("{DRAFT_KEY}{}", fingerprint(it)), value: it.clone() })
            .collect();
        if writes.is_empty() { Ok(()) } else { self.place().update(&[], |_| (writes, ())).await }
    }

    /// Forgets the history of a tab that has no note.
    ///
    /// # Errors
    /// When some of it may still be there.
    pub async fn forget(&self, tab: &str) -> Result<(), Failure> {
        let mut keys = vec![format!("{TAB_KEY}{tab}")];
        self.each(&format!("{HISTORY_KEY}{tab}:"), &mut |key, _| keys.push(key)).await?;
        let writes = keys.into_iter().map(|key| Write::Remove { key }).collect();
        self.place().update(&[], |_| (writes, ())).await
    }
}
