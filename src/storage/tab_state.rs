//! The state that a tab stores besides records: the steps of its undo history, and its draft.

use super::{
    durable_store::Write,
    key_value_store::{Failure, KeyValueStore},
};
use crate::{
    annotation::Timestamp,
    interchange::{DRAFT_KEY, HISTORY_KEY, TAB_KEY, write_tab},
    text::SortedMap,
};

/// The maximum number of steps that are stored. The oldest are dropped.
pub const MAX_STEPS: usize = 1_000;
/// The maximum length of all stored steps together, in bytes. The oldest are dropped.
pub const MAX_TOTAL_BYTES: usize = 16_000_000;
/// The maximum length of a step, in bytes. A longer step is not stored.
pub const MAX_STEP_BYTES: usize = 4_000_000;

/// The key of the tab's name in the local store.
const NAME_KEY: &str = "glossator:tab";
/// The key of when the tab last saved something, in the local store.
const USED_KEY: &str = "glossator:used";

/// One item of a tab's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TabItem {
    /// The note whose passage has no tag yet.
    Draft,
    /// The step of the history with this number.
    Step(u64),
}

impl TabItem {
    /// Its key in the local store, which belongs to the tab alone.
    fn local_key(self) -> String {
        match self {
            Self::Draft => DRAFT_KEY.trim_end_matches(':').to_owned(),
            Self::Step(number) => format!("{HISTORY_KEY}{number}"),
        }
    }

    /// Its key in the durable copy, which all tabs share.
    fn durable_key(self, tab: &str) -> String {
        match self {
            Self::Draft => format!("{DRAFT_KEY}{tab}"),
            Self::Step(number) => format!("{HISTORY_KEY}{tab}:{number}"),
        }
    }

    fn from_local_key(key: &str) -> Option<Self> {
        if key == DRAFT_KEY.trim_end_matches(':') {
            return Some(Self::Draft);
        }
        key.strip_prefix(HISTORY_KEY)?.parse().ok().map(Self::Step)
    }

    fn from_durable_key(key: &str, tab: &str) -> Option<Self> {
        if key.strip_prefix(DRAFT_KEY) == Some(tab) {
            return Some(Self::Draft);
        }
        let number = key.strip_prefix(HISTORY_KEY)?.strip_prefix(tab)?.strip_prefix(':')?;
        number.parse().ok().map(Self::Step)
    }
}

/// The name under which a tab stores its state in the durable copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabName {
    /// Not determined yet.
    Unknown,
    /// None, because the browser has no locks and cannot tell which tabs are open: the state is stored locally only.
    Nameless,
    /// Not chosen yet: the tab is new, and either adopts the state of a closed tab or starts afresh.
    New,
    /// A name that no other open tab has.
    Named(String),
}

/// The state of a tab in the durable copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedTabState {
    /// When the tab last saved something.
    pub used: Timestamp,
    /// Its steps and its draft, by key.
    pub items: Vec<(String, String)>,
}

impl SavedTabState {
    /// Removes and returns its draft.
    pub fn take_draft(&mut self) -> Option<String> {
        let at = self.items.iter().position(|(key, _)| key.starts_with(DRAFT_KEY))?;
        Some(self.items.remove(at).1)
    }
}

/// Stores a tab's state: immediately in the tab's own local store of type `S`, and soon after in the durable copy.
/// The cost of storing an item does not depend on the number of items.
#[derive(Debug)]
pub struct TabState<S> {
    local: S,
    name: TabName,
    /// Whether the state under this name has been read from the durable copy.
    read: bool,
    closed: bool,
    /// When this tab last saved something. Strictly increasing, because it decides which copy is later.
    used: Timestamp,
    /// The value of `used` in the local store when it was opened, to compare with that of the durable copy.
    opened: Timestamp,
    /// Whether this state is ahead of the durable copy.
    ahead: bool,
    /// Items to be written to the durable copy, or to be removed from it (`None`).
    waiting: SortedMap<TabItem, Option<String>>,
    /// The items of the batch in flight, if there is one.
    in_flight: Option<Vec<(TabItem, Option<String>)>>,
    /// The tab whose draft this tab has adopted, and from which it is to be removed: waiting, and in flight.
    adopted_from: (Option<String>, Option<String>),
    /// The length in bytes of each stored step.
    steps: SortedMap<u64, usize>,
    /// The length of all stored steps together.
    bytes: usize,
}

impl<S: KeyValueStore> TabState<S> {
    /// Opens the state in the tab's local store.
    pub fn open(local: S) -> Self {
        let used = local.get(USED_KEY).ok().flatten().and_then(|it| it.parse().ok());
        let used = Timestamp(used.unwrap_or_default());
        let mut state = Self {
            local,
            name: TabName::Unknown,
            read: false,
            closed: false,
            used,
            opened: used,
            ahead: false,
            waiting: SortedMap::default(),
            in_flight: None,
            adopted_from: (None, None),
            steps: SortedMap::default(),
            bytes: 0,
        };
        for (item, value) in state.local_items() {
            state.measure(item, Some(value.len()).filter(|it| *it > 0));
        }
        state
    }

    /// The name that this tab had before the page was reloaded.
    pub fn earlier_name(&self) -> Option<String> {
        self.local.get(NAME_KEY).ok().flatten().filter(|it| is_name(it))
    }

    /// The name of this tab.
    pub fn name(&self) -> &TabName {
        &self.name
    }

    /// Sets the name. The state under it must then be read from the durable copy.
    pub fn set_name(&mut self, name: TabName) {
        if let TabName::Named(name) = &name {
            // If that fails, the page counts as a new tab after a reload.
            let _ = self.local.set(NAME_KEY, name);
        }
        self.name = name;
        self.read = false;
        if self.name == TabName::Nameless {
            self.waiting.clear();
            self.ahead = false;
        }
    }

    /// The name under which the state is still to be read from the durable copy.
    pub fn unread(&self) -> Option<&str> {
        match &self.name {
            TabName::Named(name) if !self.read && !self.closed => Some(name),
            _ => None,
        }
    }

    /// The items in the local store.
    pub fn items(&self) -> Vec<(TabItem, String)> {
        self.local_items().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The items in the local store, including removed ones: their values are empty until the durable copy has
    /// removed them too.
    fn local_items(&self) -> impl Iterator<Item = (TabItem, String)> + use<S> {
        let keys = self.local.keys().unwrap_or_default();
        let items =
            keys.iter().filter_map(|key| Some((TabItem::from_local_key(key)?, self.local.get(key).ok()??)));
        items.collect::<Vec<_>>().into_iter()
    }

    /// Stores an item, or removes it.
    ///
    /// # Errors
    /// If it cannot be stored anywhere.
    pub fn set(&mut self, item: TabItem, value: Option<String>, now: Timestamp) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let value = value.filter(|it| item == TabItem::Draft || it.len() <= MAX_STEP_BYTES);
        self.used = next(self.used, now);
        self.measure(item, value.as_ref().map(String::len));
        let too_old = matches!(item, TabItem::Step(number) if !self.steps.contains_key(&number));
        self.put(item, value.filter(|_| !too_old))
    }

    /// Stores the draft of a closed tab, to be removed from that tab.
    pub fn adopt_draft(&mut self, draft: String, from: String, now: Timestamp) {
        if self.set(TabItem::Draft, Some(draft), now).is_ok() {
            self.adopted_from.0 = Some(from);
        }
    }

    fn put(&mut self, item: TabItem, value: Option<String>) -> Result<(), Failure> {
        let result = self.put_locally(item, value.as_deref());
        if self.name == TabName::Nameless {
            return result;
        }
        let _ = self.local.set(USED_KEY, &self.used.0.to_string());
        self.waiting.insert(item, value);
        self.ahead = true;
        Ok(())
    }

    fn put_locally(&self, item: TabItem, value: Option<&str>) -> Result<(), Failure> {
        let key = item.local_key();
        let result = match value {
            None if self.name == TabName::Nameless => self.local.remove(&key),
            value => self.local.set(&key, value.unwrap_or_default()),
        };
        if result.is_err() {
            // The previous value is out of date.
            let _ = self.local.remove(&key);
        }
        result
    }

    /// Updates the length of an item, and removes the oldest steps if there is too much.
    fn measure(&mut self, item: TabItem, length: Option<usize>) {
        let TabItem::Step(number) = item else { return };
        let before = match length {
            Some(length) => self.steps.insert(number, length),
            None => self.steps.remove(&number),
        };
        self.bytes = self.bytes + length.unwrap_or_default() - before.unwrap_or_default();
        while (self.steps.len() > MAX_STEPS || self.bytes > MAX_TOTAL_BYTES)
            && let Some((oldest, length)) = self.steps.pop_first()
        {
            self.bytes -= length;
            let _ = self.put(TabItem::Step(oldest), None);
        }
    }

    /// Compares the local state with that in the durable copy, and schedules updates of the durable copy. If the
    /// durable copy is later, returns its different items; that happens after a browser crash, since sessionStorage
    /// is restored as it was some seconds before. Items that were stored since the page was opened always take
    /// precedence.
    pub fn reconcile(&mut self, saved: SavedTabState, now: Timestamp) -> Vec<(TabItem, Option<String>)> {
        let TabName::Named(name) = &self.name else { return Vec::new() };
        // At equal times the durable copy is later: a full local store may have refused both an item and the new time.
        let durable_is_later = saved.used >= self.opened && saved.used != Timestamp::default();
        let mut durable: SortedMap<TabItem, String> = saved
            .items
            .into_iter()
            .filter_map(|(key, value)| Some((TabItem::from_durable_key(&key, name)?, value)))
            .collect();
        self.read = true;
        if saved.used > self.opened {
            // If the browser later restores the crashed tab, that must count as earlier, even if it got slightly
            // further than the durable copy.
            self.used = next(self.used.max(saved.used), now);
        }
        self.ahead |= self.used != saved.used;
        let mut changes = Vec::new();
        for (item, local_value) in self.local_items() {
            let local_value = Some(local_value).filter(|it| !it.is_empty());
            let durable_value = durable.remove(&item);
            if self.waiting.contains_key(&item) || local_value == durable_value {
                continue;
            }
            if durable_is_later {
                changes.push((item, durable_value));
            } else {
                self.waiting.insert(item, local_value);
                self.ahead = true;
            }
        }
        let only_durable = durable.into_iter().filter(|(item, _)| !self.waiting.contains_key(item));
        changes.extend(only_durable.map(|(item, value)| (item, Some(value))));
        for (item, value) in &changes {
            let _ = self.put_locally(*item, value.as_deref());
            self.measure(*item, value.as_ref().map(String::len));
        }
        let _ = self.local.set(USED_KEY, &self.used.0.to_string());
        // Steps that exceeded a limit have already been removed again.
        changes.retain(|(item, _)| !self.waiting.contains_key(item));
        changes
    }

    /// Takes at most `count` items to be written to the durable copy; none while a batch is in flight.
    pub fn batch(&mut self, count: usize) -> Vec<Write> {
        let TabName::Named(name) = &self.name else { return Vec::new() };
        if !self.read || !self.ahead || self.in_flight.is_some() {
            return Vec::new();
        }
        let batch = self.waiting.take_first(count);
        let mut writes: Vec<Write> = Vec::with_capacity(batch.len() + 2);
        writes.extend(batch.iter().map(|(item, value)| match (item.durable_key(name), value) {
            (key, Some(value)) => Write::Set { key, value: value.clone() },
            (key, None) => Write::Remove { key },
        }));
        let has_draft = batch.first().is_some_and(|(item, _)| *item == TabItem::Draft);
        self.adopted_from.1 = self.adopted_from.0.take_if(|_| has_draft);
        writes.extend(
            self.adopted_from.1.iter().map(|from| Write::Remove { key: TabItem::Draft.durable_key(from) }),
        );
        // The durable copy is up to date only with the last batch.
        self.ahead = !self.waiting.is_empty();
        if !self.ahead {
            writes.push(Write::Set { key: format!("{TAB_KEY}{name}"), value: write_tab(self.used) });
        }
        self.in_flight = Some(batch);
        writes
    }

    /// Reports that the batch in flight is in the durable copy.
    pub fn arrived(&mut self) {
        self.adopted_from.1 = None;
        for (item, value) in self.in_flight.take().into_iter().flatten() {
            if value.is_none() && !self.waiting.contains_key(&item) {
                // The durable copy has removed it too.
                let _ = self.local.remove(&item.local_key());
            }
        }
    }

    /// Reports that the batch in flight was not written: its items wait again, unless later values do.
    pub fn returned(&mut self) {
        self.ahead |= self.in_flight.is_some();
        for (item, value) in self.in_flight.take().into_iter().flatten() {
            if !self.waiting.contains_key(&item) {
                self.waiting.insert(item, value);
            }
        }
        if let Some(from) = self.adopted_from.1.take() {
            self.adopted_from.0.get_or_insert(from);
        }
    }

    /// Whether the durable copy has everything that it can have.
    pub fn is_settled(&self) -> bool {
        self.name == TabName::Nameless || (self.read && !self.ahead && self.in_flight.is_none())
    }

    /// Stops storing, because everything is being deleted; or resumes, and then writes all local items again.
    pub fn set_closed(&mut self, closed: bool) {
        self.closed = closed;
        self.opened = self.used;
        self.read = false;
        self.ahead = false;
        self.waiting.clear();
        self.in_flight = None;
        self.adopted_from = (None, None);
    }

    /// Removes all items from the local store.
    pub fn clear(&mut self) {
        for (item, _) in self.local_items() {
            let _ = self.local.remove(&item.local_key());
        }
        let _ = self.local.remove(USED_KEY);
        (self.used, self.opened) = Default::default();
        self.steps.clear();
        self.bytes = 0;
    }
}

/// The present time, but at least one millisecond after `used`.
fn next(used: Timestamp, now: Timestamp) -> Timestamp {
    Timestamp(now.0.max(used.0.saturating_add(1)))
}

/// Whether this can be the name of a tab: it has no characters that have a meaning in keys.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 36 && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
}
