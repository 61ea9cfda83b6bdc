//! Putting things in order, with one copy of the algorithm for whatever is sorted.
//!
//! The standard library's is compiled anew for each type and each order, at some kilobytes of the download each time.

use std::{cmp::Ordering, mem};

/// Sorts by what things are; what is equal keeps its order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key of each, which is asked for once; what is equal keeps its order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    put(items, sorted(keys.len(), &|one, other| keys[one].cmp(&keys[other])));
}

/// Sorts by `order`; what is equal keeps its order.
pub fn sort_by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let places = sorted(items.len(), &|one, other| order(&items[one], &items[other]));
    put(items, places);
}

/// Puts the items in the order of their `places`.
fn put<T>(items: &mut [T], mut places: Vec<usize>) {
    // Each cycle of the permutation is gone round once.
    for start in 0..items.len() {
        let mut at = start;
        loop {
            let from = mem::replace(&mut places[at], at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// The places of so many things in their order. Stable, and quick with what is made of a few parts that are in order.
fn sorted(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| order(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::{sort, sort_by_key};

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in vec((0..20_u8, 0..20_u8), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            sort_by_key(&mut ours, |it| it.0);
            theirs.sort_by_key(|it| it.0);
            prop_assert_eq!(&ours, &theirs);
            sort(&mut ours);
            theirs.sort_unstable();
            prop_assert_eq!(ours, theirs);
        }
    }
}
