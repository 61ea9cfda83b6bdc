//! Maps and sets that are a list in order.
//!
//! The standard library's trees are compiled anew for each type, with all their balancing; a list needs a search and a move.
//! One thing put in or taken out moves those behind it, which is nothing among some thousands. Where there may be more, they
//! are collected or extended with all at once, which sorts, or a tree is the right thing.

use std::{mem, vec};

use super::order;

/// Values by key, in the order of the keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is a value for this key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Keys and values, the least key first.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// Puts a value in the place of what there was for this key, and gives that back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(at) => Some(mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Takes out what there is for this key.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.place(key).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Takes out those with the least keys, at most `count`.
    pub fn take_first(&mut self, count: usize) -> Vec<(K, V)> {
        let rest = self.0.split_off(count.min(self.0.len()));
        mem::replace(&mut self.0, rest)
    }

    /// Takes out the one with the least key.
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Takes out all but those that are to stay.
    pub fn retain(&mut self, mut stays: impl FnMut(&K, &V) -> bool) {
        self.0.retain(|(key, value)| stays(key, value));
    }

    /// Takes out all.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Where a key is, or where it would be.
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(it, _)| it.cmp(key))
    }
}

/// Of two values for one key the later stays.
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

/// Things in order, each once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortedSet<T>(SortedMap<T, ()>);

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self(SortedMap::default())
    }
}

impl<T: Ord> SortedSet<T> {
    /// Whether it is there.
    pub fn contains(&self, it: &T) -> bool {
        self.0.contains_key(it)
    }

    /// All of them, the least first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(it, ())| it)
    }

    /// Puts it in, unless it is there.
    pub fn insert(&mut self, it: T) {
        self.0.insert(it, ());
    }

    /// Takes it out, if it is there.
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
    enum Act {
        Insert(u8, u16),
        Remove(u8),
        Extend(Vec<(u8, u16)>),
        Collect(Vec<(u8, u16)>),
        TakeFirst(usize),
        PopFirst,
        Retain(u8),
        Clear,
    }

    fn act() -> impl Strategy<Value = Act> {
        let items = || vec((0..30_u8, any::<u16>()), 0..40);
        prop_oneof![
            8 => (0..30_u8, any::<u16>()).prop_map(|(key, value)| Act::Insert(key, value)),
            8 => (0..30_u8).prop_map(Act::Remove),
            2 => items().prop_map(Act::Extend),
            1 => items().prop_map(Act::Collect),
            2 => (0..9_usize).prop_map(Act::TakeFirst),
            2 => Just(Act::PopFirst),
            1 => (2..5_u8).prop_map(Act::Retain),
            1 => Just(Act::Clear),
        ]
    }

    proptest! {
        #[test]
        fn a_map_is_as_the_standard_library_has_it(acts in vec(act(), 0..60)) {
            let (mut ours, mut theirs) = (SortedMap::default(), BTreeMap::new());
            for act in acts {
                match act {
                    Act::Insert(key, value) => prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value)),
                    Act::Remove(key) => prop_assert_eq!(ours.remove(&key), theirs.remove(&key)),
                    Act::Extend(items) => {
                        ours.extend(items.clone());
                        theirs.extend(items);
                    }
                    Act::Collect(items) => {
                        ours = items.iter().copied().collect();
                        theirs = items.into_iter().collect();
                    }
                    Act::TakeFirst(count) => {
                        let first: Vec<_> = (0..count).map_while(|_| theirs.pop_first()).collect();
                        prop_assert_eq!(ours.take_first(count), first);
                    }
                    Act::PopFirst => prop_assert_eq!(ours.pop_first(), theirs.pop_first()),
                    Act::Retain(part) => {
                        ours.retain(|key, _| key % part == 0);
                        theirs.retain(|key, _| key % part == 0);
                    }
                    Act::Clear => {
                        ours.clear();
                        theirs.clear();
                    }
                }
                prop_assert_eq!(ours.iter().collect::<Vec<_>>(), theirs.iter().collect::<Vec<_>>());
                prop_assert_eq!((ours.len(), ours.is_empty()), (theirs.len(), theirs.is_empty()));
                prop_assert!((0..30).all(|key| ours.contains_key(&key) == theirs.contains_key(&key)));
            }
            prop_assert!(ours.into_iter().eq(theirs));
        }

        #[test]
        fn a_set_is_as_the_standard_library_has_it(
            first in vec(0..30_u8, 0..40),
            acts in vec((0..30_u8, any::<bool>()), 0..60),
        ) {
            let (mut ours, mut theirs): (SortedSet<u8>, BTreeSet<u8>) =
                (first.iter().copied().collect(), first.into_iter().collect());
            for (it, put_in) in acts {
                if put_in {
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
