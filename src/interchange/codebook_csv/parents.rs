//! Finds the parent of each code, and makes a tree of the rows.

use std::collections::HashMap;

use super::{
    super::code_tree::Code,
    problem::{CsvNote, CsvPlace},
};

/// What separates the names in a path.
pub(super) const PATH_SEPARATOR: &str = " > ";

/// A code that has no place in the tree yet.
pub(super) struct Entry {
    pub(super) code: Code,
    /// The field that names its parent.
    pub(super) place: CsvPlace,
    /// The path or the name of its parent; empty at the top.
    pub(super) parent: String,
}

/// The path of a code that is named with its parent.
pub(super) fn path(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { [parent, PATH_SEPARATOR, name].concat() }
}

/// A path without what people spell differently: case, and spaces around names.
fn folded(path: &str) -> String {
    path.split('>').map(|it| it.trim().to_lowercase()).collect::<Vec<_>>().join(">")
}

/// The entries by their paths as they are written, by the same without case and spaces, and by their names.
struct Index {
    exact: HashMap<String, Vec<usize>>,
    folded: HashMap<String, Vec<usize>>,
    names: HashMap<String, Vec<usize>>,
}

impl Index {
    fn of(entries: &[Entry]) -> Self {
        let by = |key: &dyn Fn(&Entry) -> String| {
            let mut index: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, entry) in entries.iter().enumerate() {
                index.entry(key(entry)).or_default().push(at);
            }
            index
        };
        Self {
            exact: by(&|it| path(&it.parent, &it.code.name)),
            folded: by(&|it| folded(&path(&it.parent, &it.code.name))),
            names: by(&|it| folded(&it.code.name)),
        }
    }

    /// The parent of entry `at`. Of several with its path, it is the nearest one before: a writer has each code behind
    /// its parent, with nothing but codes below the same parent in between.
    fn parent(&self, at: usize, entry: &Entry) -> Result<Option<usize>, CsvNote> {
        if entry.parent.is_empty() {
            return Ok(None);
        }
        let key = folded(&entry.parent);
        let paths = self.exact.get(&entry.parent).or_else(|| self.folded.get(&key));
        if let Some(found) = paths {
            let before = found.partition_point(|it| *it < at);
            return Ok(found.get(before.saturating_sub(1)).copied());
        }
        let (place, found) = (entry.place, entry.parent.clone());
        match self.names.get(&key).map(Vec::as_slice) {
            Some([one]) => Ok(Some(*one)),
            Some(_) => Err(CsvNote::AmbiguousParent { place, found }),
            None if key.is_empty() => Ok(None),
            None => Err(CsvNote::UnknownParent { place, found }),
        }
    }
}

/// The index of each entry's parent; `None` at the top. An entry whose parent cannot be told is noted and at the top.
pub(super) fn parents(entries: &[Entry], notes: &mut Vec<CsvNote>) -> Vec<Option<usize>> {
    let index = Index::of(entries);
    let mut parents = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let parent = index.parent(at, entry);
        parents.push(parent.unwrap_or_else(|note| {
            notes.push(note);
            None
        }));
    }
    break_circles(entries, &mut parents, notes);
    parents
}

/// Moves the first code of each circle to the top.
fn break_circles(entries: &[Entry], parents: &mut [Option<usize>], notes: &mut Vec<CsvNote>) {
    // The entry from which each was reached first.
    let mut reached = vec![usize::MAX; parents.len()];
    for from in 0..parents.len() {
        let mut at = from;
        while reached[at] == usize::MAX {
            reached[at] = from;
            match parents[at] {
                Some(parent) if reached[parent] == from => {
                    parents[at] = None;
                    let Entry { place, parent, .. } = &entries[at];
                    notes.push(CsvNote::Circle { place: *place, found: parent.clone() });
                }
                Some(parent) => at = parent,
                None => {}
            }
        }
    }
}

/// The level of each entry; 0 is the top. There are no circles.
pub(super) fn levels(parents: &[Option<usize>]) -> Vec<usize> {
    let mut levels: Vec<Option<usize>> = vec![None; parents.len()];
    for from in 0..parents.len() {
        let mut above = Vec::new();
        let mut at = Some(from);
        while let Some(it) = at.filter(|it| levels[*it].is_none()) {
            above.push(it);
            at = parents[it];
        }
        let first = at.and_then(|it| levels[it]).map_or(0, |it| it + 1);
        for (level, it) in (first..).zip(above.into_iter().rev()) {
            levels[it] = Some(level);
        }
    }
    levels.into_iter().flatten().collect()
}

/// The tree of codes. Siblings are in the order of their rows.
pub(super) fn tree(entries: Vec<Entry>, parents: &[Option<usize>], levels: &[usize]) -> Vec<Code> {
    let mut codes: Vec<Option<Code>> = entries.into_iter().map(|it| Some(it.code)).collect();
    let mut order: Vec<usize> = (0..codes.len()).collect();
    // Inner codes first, so that each is complete before it moves into its parent.
    order.sort_by_key(|it| std::cmp::Reverse(levels[*it]));
    let mut top = Vec::new();
    for at in order {
        let Some(code) = codes[at].take() else { continue };
        match parents[at].and_then(|it| codes[it].as_mut()) {
            Some(parent) => parent.children.push(code),
            None => top.push(code),
        }
    }
    top
}
