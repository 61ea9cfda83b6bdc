//! The order of tags in their tree.

use std::rc::Rc;

use super::tag::Tag;
use crate::text::order;

/// Tags in order, each with the index of its parent in that order: siblings by place and id, children after parents.
///
/// A parent that is missing or removed counts as none. Replicas that move two tags at once can make them each other's
/// ancestors; then the tag with the least id of the circle has no parent.
pub(super) fn in_order(mut tags: Vec<Rc<Tag>>) -> Vec<(Rc<Tag>, Option<usize>)> {
    order::sort_by_key(&mut tags, |it| it.id);
    let mut parents: Vec<Option<usize>> = tags.iter().map(|it| parent(&tags, it)).collect();
    cut_circles(&mut parents);
    let mut by_place: Vec<usize> = (0..tags.len()).collect();
    order::sort_by_key(&mut by_place, |it| (tags[*it].place, *it));
    let mut children = vec![Vec::new(); tags.len()];
    let mut waiting: Vec<(usize, Option<usize>)> = Vec::new();
    // The last is taken first.
    for at in by_place.into_iter().rev() {
        match parents[at] {
            Some(parent) => children[parent].push(at),
            None => waiting.push((at, None)),
        }
    }
    let mut ordered = Vec::with_capacity(tags.len());
    while let Some((at, parent)) = waiting.pop() {
        waiting.extend(children[at].iter().map(|it| (*it, Some(ordered.len()))));
        ordered.push((Rc::clone(&tags[at]), parent));
    }
    ordered
}

/// The index of a tag's parent, if that is there and not removed. The tags are sorted by id.
fn parent(tags: &[Rc<Tag>], tag: &Tag) -> Option<usize> {
    let parent = tag.parent?;
    let at = tags.binary_search_by(|it| it.id.cmp(&parent)).ok()?;
    (!tags[at].removed).then_some(at)
}

/// Removes the parent of the least member of each circle. Visits each member once or twice.
fn cut_circles(parents: &mut [Option<usize>]) {
    // The number of the walk that came to each member first; 0 if none did.
    let mut seen = vec![0; parents.len()];
    for start in 0..parents.len() {
        let mut at = Some(start);
        while let Some(it) = at.filter(|it| seen[*it] == 0) {
            seen[it] = start + 1;
            at = parents[it];
        }
        if let Some(met) = at.filter(|it| seen[*it] == start + 1) {
            let least = least_of_circle(parents, met);
            parents[least] = None;
        }
    }
}

/// The least member of the circle that contains `start`.
fn least_of_circle(parents: &[Option<usize>], start: usize) -> usize {
    let (mut least, mut at) = (start, parents[start]);
    while let Some(it) = at.filter(|it| *it != start) {
        least = least.min(it);
        at = parents[it];
    }
    least
}
