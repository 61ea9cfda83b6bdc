//! What a tab keeps for itself besides records: the steps of its undo history, and its note without a tag.

use super::{
    durable::Write,
    items::{Failure, Items},
};
use crate::{
    annotation::Timestamp,
    interchange::{DRAFT_KEY, HISTORY_KEY, TAB_KEY, write_tab},
    text::SortedMap,
};

/// So many steps are kept, the latest.
pub const MOST_STEPS: usize = 1_000;
/// The steps that are kept are no longer than this together, in bytes.
pub const MOST_BYTES: usize = 16_000_000;
/// A step that is longer than this is not kept.
pub const LONGEST_STEP: usize = 4_000_000;

/// The key of the tab's name in its own quick place.
const NAME: &str = "glossator:tab";
/// The key of when it last kept something, there.
const USED: &str = "glossator:used";

/// One thing that a tab keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaf {
    /// The note that has no tag yet.
    Draft,
    /// The step of the history with this number.
    Step(u64),
}

impl Leaf {
    /// Its key in the quick place, which is the tab's own.
    fn here(self) -> String {
        match self {
            Self::Draft => DRAFT_KEY.trim_end_matches(':').to_owned(),
            Self::Step(number) => format!("{HISTORY_KEY}{number}"),
        }
    }

    /// Its key in the durable copy, where all tabs keep theirs.
    fn there(self, tab: &str) -> String {
        match self {
            Self::Draft => format!("{DRAFT_KEY}{tab}"),
            Self::Step(number) => format!("{HISTORY_KEY}{tab}:{number}"),
        }
    }

    fn of_here(key: &str) -> Option<Self> {
        if key == DRAFT_KEY.trim_end_matches(':') {
            return Some(Self::Draft);
        }
        key.strip_prefix(HISTORY_KEY)?.parse().ok().map(Self::Step)
    }

    fn of_there(key: &str, tab: &str) -> Option<Self> {
        if key.strip_prefix(DRAFT_KEY) == Some(tab) {
            return Some(Self::Draft);
        }
        let number = key.strip_prefix(HISTORY_KEY)?.strip_prefix(tab)?.strip_prefix(':')?;
        number.parse().ok().map(Self::Step)
    }
}

/// Under which name a tab keeps what it keeps in the durable copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// That is still to be found out.
    Unknown,
    /// None, since this browser does not tell which tabs are alive: it is kept in the quick place alone.
    Nameless,
    /// The tab is new: it goes on where the last one that is gone stopped, or begins anew.
    New,
    /// This, which no other tab that is alive has.
    Named(String),
}

/// What a tab has left in the durable copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// When it last kept something.
    pub used: Timestamp,
    /// Its steps and its note, by key.
    pub items: Vec<(String, String)>,
}

impl Left {
    /// Takes its note out.
    pub fn take_draft(&mut self) -> Option<String> {
        let at = self.items.iter().position(|(key, _)| key.starts_with(DRAFT_KEY))?;
        Some(self.items.remove(at).1)
    }
}

/// Keeps what a tab has for itself: in a quick place of type `I`, which is the tab's own, at once, and in the durable copy
/// soon. What it costs to keep one thing does not depend on what is kept.
#[derive(Debug)]
pub struct Notebook<I> {
    quick: I,
    name: Name,
    /// Whether what the durable copy has under this name was read.
    read: bool,
    closed: bool,
    /// When this tab last kept something. It tells which of two places is later, so no two times are the same, and never does
    /// it go back.
    used: Timestamp,
    /// The same of what the quick place had when it was opened: whether that or the durable copy is later is told by this.
    opened: Timestamp,
    /// Whether the durable copy has not come so far.
    ahead: bool,
    waiting: SortedMap<Leaf, Option<String>>,
    /// What was handed out, if anything was.
    under_way: Option<Vec<(Leaf, Option<String>)>>,
    /// The tab whose note this one has taken over, which is to have it no more; waiting, and on its way.
    heirloom: (Option<String>, Option<String>),
    /// How long each step that is kept is, and all of them.
    steps: SortedMap<u64, usize>,
    bytes: usize,
}

impl<I: Items> Notebook<I> {
    /// What this tab has in its quick place, and what it will have in the durable copy.
    pub fn open(quick: I) -> Self {
        let used = quick.get(USED).ok().flatten().and_then(|it| it.parse().ok());
        let used = Timestamp(used.unwrap_or_default());
        let mut notebook = Self {
            quick,
            name: Name::Unknown,
            read: false,
            closed: false,
            used,
            opened: used,
            ahead: false,
            waiting: SortedMap::default(),
            under_way: None,
            heirloom: (None, None),
            steps: SortedMap::default(),
            bytes: 0,
        };
        for (leaf, value) in notebook.at_hand() {
            notebook.measure(leaf, Some(value.len()).filter(|it| *it > 0));
        }
        notebook
    }

    /// The name that this tab had when its page was loaded before.
    pub fn earlier_name(&self) -> Option<String> {
        self.quick.get(NAME).ok().flatten().filter(|it| is_name(it))
    }

    /// The name that it has.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// From now on this is its name; what the durable copy has under it is to be read.
    pub fn set_name(&mut self, name: Name) {
        if let Name::Named(name) = &name {
            // Where it cannot be kept, the page is a new tab when it is loaded again.
            let _ = self.quick.set(NAME, name);
        }
        self.name = name;
        self.read = false;
        if self.name == Name::Nameless {
            self.waiting.clear();
            self.ahead = false;
        }
    }

    /// The name under which the durable copy is still to be read.
    pub fn unread(&self) -> Option<&str> {
        match &self.name {
            Name::Named(name) if !self.read && !self.closed => Some(name),
            _ => None,
        }
    }

    /// What is kept in the quick place.
    pub fn quick(&self) -> Vec<(Leaf, String)> {
        self.at_hand().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The same with what is to be gone, for which an empty text stands until it is gone from the durable copy too.
    fn at_hand(&self) -> impl Iterator<Item = (Leaf, String)> + use<I> {
        let keys = self.quick.keys().unwrap_or_default();
        let leaves = keys.iter().filter_map(|key| Some((Leaf::of_here(key)?, self.quick.get(key).ok()??)));
        leaves.collect::<Vec<_>>().into_iter()
    }

    /// Keeps this, or nothing any more.
    ///
    /// # Errors
    /// When no place will have it.
    pub fn keep(&mut self, leaf: Leaf, value: Option<String>, now: Timestamp) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let value = value.filter(|it| leaf == Leaf::Draft || it.len() <= LONGEST_STEP);
        self.used = next(self.used, now);
        self.measure(leaf, value.as_ref().map(String::len));
        let too_old = matches!(leaf, Leaf::Step(number) if !self.steps.contains_key(&number));
        self.put(leaf, value.filter(|_| !too_old))
    }

    /// Keeps the note of a tab that is gone, which is to have it no more.
    pub fn inherit(&mut self, draft: String, from: String, now: Timestamp) {
        if self.keep(Leaf::Draft, Some(draft), now).is_ok() {
            self.heirloom.0 = Some(from);
        }
    }

    fn put(&mut self, leaf: Leaf, value: Option<String>) -> Result<(), Failure> {
        let kept = self.put_quickly(leaf, value.as_deref());
        if self.name == Name::Nameless {
            return kept;
        }
        let _ = self.quick.set(USED, &self.used.0.to_string());
        self.waiting.insert(leaf, value);
        self.ahead = true;
        Ok(())
    }

    fn put_quickly(&self, leaf: Leaf, value: Option<&str>) -> Result<(), Failure> {
        let key = leaf.here();
        let kept = match value {
            None if self.name == Name::Nameless => self.quick.remove(&key),
            value => self.quick.set(&key, value.unwrap_or_default()),
        };
        if kept.is_err() {
            // What it was before is not so any more.
            let _ = self.quick.remove(&key);
        }
        kept
    }

    /// Notes how long something is now, and lets the oldest steps go that are too much.
    fn measure(&mut self, leaf: Leaf, length: Option<usize>) {
        let Leaf::Step(number) = leaf else { return };
        let before = match length {
            Some(length) => self.steps.insert(number, length),
            None => self.steps.remove(&number),
        };
        self.bytes = self.bytes + length.unwrap_or_default() - before.unwrap_or_default();
        while (self.steps.len() > MOST_STEPS || self.bytes > MOST_BYTES)
            && let Some((oldest, length)) = self.steps.pop_first()
        {
            self.bytes -= length;
            let _ = self.put(Leaf::Step(oldest), None);
        }
    }

    /// Compares what this tab has at hand with what the durable copy has of it, and has that brought up to date; gives back
    /// what the durable copy has otherwise, where that is later, as it is after the browser brought back a tab as it had been
    /// some seconds before its end. What was kept since the page was opened counts in any case.
    pub fn reconcile(&mut self, left: Left, now: Timestamp) -> Vec<(Leaf, Option<String>)> {
        let Name::Named(name) = &self.name else { return Vec::new() };
        // At the same time the durable copy is later: what a full place held back has perhaps not changed the time either.
        let later = left.used >= self.opened && left.used != Timestamp::default();
        let mut there: SortedMap<Leaf, String> = left
            .items
            .into_iter()
            .filter_map(|(key, value)| Some((Leaf::of_there(&key, name)?, value)))
            .collect();
        self.read = true;
        if left.used > self.opened {
            // What the browser brings back some day of the tab that stopped here is earlier, though it may have come somewhat
            // further than the durable copy knows.
            self.used = next(self.used.max(left.used), now);
        }
        self.ahead |= self.used != left.used;
        let mut news = Vec::new();
        for (leaf, ours) in self.at_hand() {
            let ours = Some(ours).filter(|it| !it.is_empty());
            let theirs = there.remove(&leaf);
            if self.waiting.contains_key(&leaf) || ours == theirs {
                continue;
            }
            if later {
                news.push((leaf, theirs));
            } else {
                self.waiting.insert(leaf, ours);
                self.ahead = true;
            }
        }
        let only_there = there.into_iter().filter(|(leaf, _)| !self.waiting.contains_key(leaf));
        news.extend(only_there.map(|(leaf, value)| (leaf, Some(value))));
        for (leaf, value) in &news {
            let _ = self.put_quickly(*leaf, value.as_deref());
            self.measure(*leaf, value.as_ref().map(String::len));
        }
        let _ = self.quick.set(USED, &self.used.0.to_string());
        // What is too much has gone at once.
        news.retain(|(leaf, _)| !self.waiting.contains_key(leaf));
        news
    }

    /// Hands out what is to be written to the durable copy, at most `count` things; nothing while some are under way.
    pub fn batch(&mut self, count: usize) -> Vec<Write> {
        let Name::Named(name) = &self.name else { return Vec::new() };
        if !self.read || !self.ahead || self.under_way.is_some() {
            return Vec::new();
        }
        let batch = self.waiting.take_first(count);
        let mut writes: Vec<Write> = Vec::with_capacity(batch.len() + 2);
        writes.extend(batch.iter().map(|(leaf, value)| match (leaf.there(name), value) {
            (key, Some(value)) => Write::Set { key, value: value.clone() },
            (key, None) => Write::Remove { key },
        }));
        let has_draft = batch.first().is_some_and(|(leaf, _)| *leaf == Leaf::Draft);
        self.heirloom.1 = self.heirloom.0.take_if(|_| has_draft);
        writes.extend(self.heirloom.1.iter().map(|from| Write::Remove { key: Leaf::Draft.there(from) }));
        // Only with the last of them it has come that far.
        self.ahead = !self.waiting.is_empty();
        if !self.ahead {
            writes.push(Write::Set { key: format!("{TAB_KEY}{name}"), value: write_tab(self.used) });
        }
        self.under_way = Some(batch);
        writes
    }

    /// What was handed out is in the durable copy.
    pub fn arrived(&mut self) {
        self.heirloom.1 = None;
        for (leaf, value) in self.under_way.take().into_iter().flatten() {
            if value.is_none() && !self.waiting.contains_key(&leaf) {
                // Nobody can read it there any more.
                let _ = self.quick.remove(&leaf.here());
            }
        }
    }

    /// What was handed out is not in the durable copy: it waits again, unless something later does.
    pub fn returned(&mut self) {
        self.ahead |= self.under_way.is_some();
        for (leaf, value) in self.under_way.take().into_iter().flatten() {
            if !self.waiting.contains_key(&leaf) {
                self.waiting.insert(leaf, value);
            }
        }
        if let Some(from) = self.heirloom.1.take() {
            self.heirloom.0.get_or_insert(from);
        }
    }

    /// Whether the durable copy has all that it can have.
    pub fn is_settled(&self) -> bool {
        self.name == Name::Nameless || (self.read && !self.ahead && self.under_way.is_none())
    }

    /// Keeps nothing any more: everything is being deleted. Or keeps again, and then all that is at hand.
    pub fn close(&mut self, closed: bool) {
        self.closed = closed;
        self.opened = self.used;
        self.read = false;
        self.ahead = false;
        self.waiting.clear();
        self.under_way = None;
        self.heirloom = (None, None);
    }

    /// Forgets what is in the quick place.
    pub fn clear(&mut self) {
        for (leaf, _) in self.at_hand() {
            let _ = self.quick.remove(&leaf.here());
        }
        let _ = self.quick.remove(USED);
        (self.used, self.opened) = Default::default();
        self.steps.clear();
        self.bytes = 0;
    }
}

/// The time, or the first millisecond after `used`.
fn next(used: Timestamp, now: Timestamp) -> Timestamp {
    Timestamp(now.0.max(used.0.saturating_add(1)))
}

/// Whether this can be the name of a tab: nothing in it is a sign in a key.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 36 && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
}
