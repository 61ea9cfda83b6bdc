//! Sorting with a single compiled copy of the algorithm: it sorts indices.
//!
//! The standard library's sort is compiled again for every type and order, which adds some kilobytes to the download
//! each time.

use std::{cmp::Ordering, mem};

/// Sorts by the items' own order. Stable.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key, computed once for each item. Stable.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    reorder(items, sorted_indices(keys.len(), &|one, other| keys[one].cmp(&keys[other])));
}

/// Sorts by `order`. Stable.
pub fn sort_by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let indices = sorted_indices(items.len(), &|one, other| order(&items[one], &items[other]));
    reorder(items, indices);
}

/// Moves the items into the order of `indices`.
fn reorder<T>(items: &mut [T], mut indices: Vec<usize>) {
    // Follows each cycle of the permutation once.
    for start in 0..items.len() {
        let mut at = start;
        loop {
            let from = mem::replace(&mut indices[at], at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// The indices of `count` items in order. Stable, and fast for input that consists of a few sorted parts.
fn sorted_indices(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..count).collect();
    indices.sort_by(|one, other| order(*one, *other));
    indices
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::{sort, sort_by_key};

    proptest! {
        #[test]
        fn sorts_like_the_standard_library(items in vec((0..20_u8, 0..20_u8), 0..200)) {
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
