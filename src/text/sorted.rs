//! Maps and sets stored as sorted lists.
//!
//! They add less to the download than the standard library's trees, whose balancing is compiled again for every type.
//! Inserting or removing an item moves all items behind it, which is cheap for some thousands. For more, use `extend`
//! or `collect`, which sort once, or a `BTreeMap`.

use std::{mem, vec};

use super::order;

/// A map stored as a list of entries sorted by key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if there are no entries.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True if there is a value for `key`.
    pub fn contains_key(&self, key: &K) -> bool {
        self.position(key).is_ok()
    }

    /// The value for `key`.
    pub fn get(&self, key: &K) -> Option<&V> {
        Some(&self.0[self.position(key).ok()?].1)
    }

    /// Entries in order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// Sets the value for `key` and returns the previous one.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.position(&key) {
            Ok(at) => Some(mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Removes the entry of `key` and returns its value.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.position(key).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Removes and returns the first entries, at most `count`.
    pub fn take_first(&mut self, count: usize) -> Vec<(K, V)> {
        let rest = self.0.split_off(count.min(self.0.len()));
        mem::replace(&mut self.0, rest)
    }

    /// Removes and returns the first entry.
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Keeps the entries for which `stays` is true.
    pub fn retain(&mut self, mut stays: impl FnMut(&K, &V) -> bool) {
        self.0.retain(|(key, value)| stays(key, value));
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The index of `key`, or else the index at which to insert it.
    fn position(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(it, _)| it.cmp(key))
    }
}

/// The last of several values for a key wins.
impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, items: I) {
        self.0.extend(items);
        order::sort_by(&mut self.0, |(one, _), (other, _)| one.cmp(other));
        self.0.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                mem::swap(later, earlier);
            }
            same
        });
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Self {
        let mut map = Self::default();
        map.extend(items);
        map
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A set stored as a sorted list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortedSet<T>(SortedMap<T, ()>);

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self(SortedMap::default())
    }
}

impl<T: Ord> SortedSet<T> {
    /// True if the item is in the set.
    pub fn contains(&self, it: &T) -> bool {
        self.0.contains_key(it)
    }

    /// Items in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(it, ())| it)
    }

    /// Adds an item, unless it is in the set.
    pub fn insert(&mut self, it: T) {
        self.0.insert(it, ());
    }

    /// Removes an item.
    pub fn remove(&mut self, it: &T) {
        self.0.remove(it);
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(|it| (it, ())).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::{collection::vec, prelude::*};

    use super::{SortedMap, SortedSet};

    #[derive(Clone, Debug)]
    enum Operation {
        Insert(u8, u16),
        Remove(u8),
        Extend(Vec<(u8, u16)>),
        Collect(Vec<(u8, u16)>),
        TakeFirst(usize),
        PopFirst,
        Retain(u8),
        Clear,
    }

    fn operation() -> impl Strategy<Value = Operation> {
        let items = || vec((0..30_u8, any::<u16>()), 0..40);
        prop_oneof![
            8 => (0..30_u8, any::<u16>()).prop_map(|(key, value)| Operation::Insert(key, value)),
            8 => (0..30_u8).prop_map(Operation::Remove),
            2 => items().prop_map(Operation::Extend),
            1 => items().prop_map(Operation::Collect),
            2 => (0..9_usize).prop_map(Operation::TakeFirst),
            2 => Just(Operation::PopFirst),
            1 => (2..5_u8).prop_map(Operation::Retain),
            1 => Just(Operation::Clear),
        ]
    }

    proptest! {
        #[test]
        fn map_behaves_like_btree_map(operations in vec(operation(), 0..60)) {
            let (mut ours, mut theirs) = (SortedMap::default(), BTreeMap::new());
            for operation in operations {
                match operation {
                    Operation::Insert(key, value) => prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value)),
                    Operation::Remove(key) => prop_assert_eq!(ours.remove(&key), theirs.remove(&key)),
                    Operation::Extend(items) => {
                        ours.extend(items.clone());
                        theirs.extend(items);
                    }
                    Operation::Collect(items) => {
                        ours = items.iter().copied().collect();
                        theirs = items.into_iter().collect();
                    }
                    Operation::TakeFirst(count) => {
                        let first: Vec<_> = (0..count).map_while(|_| theirs.pop_first()).collect();
                        prop_assert_eq!(ours.take_first(count), first);
                    }
                    Operation::PopFirst => prop_assert_eq!(ours.pop_first(), theirs.pop_first()),
                    Operation::Retain(part) => {
                        ours.retain(|key, _| key % part == 0);
                        theirs.retain(|key, _| key % part == 0);
                    }
                    Operation::Clear => {
                        ours.clear();
                        theirs.clear();
                    }
                }
                prop_assert_eq!(ours.iter().collect::<Vec<_>>(), theirs.iter().collect::<Vec<_>>());
                prop_assert!((0..30).all(|key| ours.get(&key) == theirs.get(&key)));
                prop_assert_eq!((ours.len(), ours.is_empty()), (theirs.len(), theirs.is_empty()));
                prop_assert!((0..30).all(|key| ours.contains_key(&key) == theirs.contains_key(&key)));
            }
            prop_assert!(ours.into_iter().eq(theirs));
        }

        #[test]
        fn set_behaves_like_btree_set(
            first in vec(0..30_u8, 0..40),
            operations in vec((0..30_u8, any::<bool>()), 0..60),
        ) {
            let (mut ours, mut theirs): (SortedSet<u8>, BTreeSet<u8>) =
                (first.iter().copied().collect(), first.into_iter().collect());
            for (it, inserted) in operations {
                if inserted {
                    ours.insert(it);
                    theirs.insert(it);
                } else {
                    ours.remove(&it);
                    theirs.remove(&it);
                }
                prop_assert!(ours.iter().eq(&theirs));
                prop_assert!((0..30).all(|it| ours.contains(&it) == theirs.contains(&it)));
            }
        }
    }
}
