//! The rows of the tree: which tags are shown, and where each is.

use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
};

use crate::annotation::{Codebook, Tag, TagId};

/// A row of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) tag: Rc<Tag>,
    pub(super) parent: Option<TagId>,
    /// The number of tags that it is under, and itself.
    pub(super) level: usize,
    /// The position among its siblings, from 1.
    pub(super) place: usize,
    pub(super) siblings: usize,
    /// Whether the tags under it are shown, if it has some.
    pub(super) expanded: Option<bool>,
    /// The number of annotations on all listed articles.
    pub(super) count: usize,
    /// The same for the tags under it which are not shown.
    pub(super) hidden: usize,
}

/// The tags that were not removed, in the order of the tree.
pub(super) fn shown(codebook: &Codebook) -> impl Iterator<Item = &Rc<Tag>> {
    codebook.tags().iter().filter(|it| !it.removed)
}

/// The tags under `parent`, or under none, that were not removed.
pub(super) fn children(codebook: &Codebook, parent: Option<TagId>) -> Vec<TagId> {
    codebook.children_of(parent).filter(|it| !it.removed).map(|it| it.id).collect()
}

/// The tag under which this one is listed.
pub(super) fn parent(codebook: &Codebook, id: TagId) -> Option<TagId> {
    codebook.parent_of(id).map(|it| it.id)
}

/// The rows of the tree without collapsed branches. If names are looked for, those that `fits`, and the tags that they are
/// under, also in collapsed branches.
pub(super) fn visible_rows(
    codebook: &Codebook,
    collapsed: &BTreeSet<TagId>,
    mut fits: Option<&mut dyn FnMut(&str) -> bool>,
    count: impl Fn(TagId) -> usize,
) -> Vec<Row> {
    let all = all_rows(codebook, count);
    let parents = parents(&all);
    let mut is_shown = vec![true; all.len()];
    if let Some(fits) = &mut fits {
        for at in (0..all.len()).rev() {
            is_shown[at] = fits(&all[at].tag.name);
        }
        // Children come after their parents.
        for at in (0..all.len()).rev() {
            if let Some(parent) = parents[at].filter(|_| is_shown[at]) {
                is_shown[parent] = true;
            }
        }
    } else {
        for at in 0..all.len() {
            let hides = |it: usize| !is_shown[it] || collapsed.contains(&all[it].tag.id);
            is_shown[at] = parents[at].is_none_or(|it| !hides(it));
        }
    }
    let mut hidden = vec![0; all.len()];
    for at in (0..all.len()).rev() {
        if let Some(parent) = parents[at].filter(|_| !is_shown[at]) {
            hidden[parent] += hidden[at] + all[at].count;
        }
    }
    let has_shown: BTreeSet<usize> =
        (0..all.len()).filter(|it| is_shown[*it]).filter_map(|it| parents[it]).collect();
    let rows = all.into_iter().enumerate().filter(|(at, _)| is_shown[*at]);
    rows.map(|(at, row)| {
        let expanded = row.expanded.map(|_| has_shown.contains(&at));
        Row { expanded, hidden: hidden[at], ..row }
    })
    .collect()
}

/// The row of every tag, as if nothing was collapsed.
fn all_rows(codebook: &Codebook, count: impl Fn(TagId) -> usize) -> Vec<Row> {
    let mut families: HashMap<Option<TagId>, usize> = HashMap::new();
    let mut levels: HashMap<TagId, usize> = HashMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for tag in shown(codebook) {
        let parent = parent(codebook, tag.id);
        let place = families.entry(parent).or_default();
        *place += 1;
        let level = parent.and_then(|it| levels.get(&it)).copied().unwrap_or_default() + 1;
        levels.insert(tag.id, level);
        rows.push(Row {
            tag: Rc::clone(tag),
            parent,
            level,
            place: *place,
            siblings: 0,
            expanded: None,
            count: count(tag.id),
            hidden: 0,
        });
    }
    for row in &mut rows {
        row.siblings = families.get(&row.parent).copied().unwrap_or_default();
        row.expanded = families.contains_key(&Some(row.tag.id)).then_some(true);
    }
    rows
}

/// For each row, the index of its parent's.
fn parents(rows: &[Row]) -> Vec<Option<usize>> {
    let places: HashMap<TagId, usize> = rows.iter().enumerate().map(|(at, it)| (it.tag.id, at)).collect();
    rows.iter().map(|it| places.get(&it.parent?).copied()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use super::{Row, children, visible_rows};
    use crate::{
        annotation::{Codebook, Hue, LineStyle, Tag, TagId},
        ui::parts::tag_search::shown_path,
    };

    /// A codebook drawn as lines, each indented by two spaces for each tag that it is under. Ids are names.
    pub(crate) fn drawn(drawing: &str) -> Codebook {
        let mut above: Vec<TagId> = Vec::new();
        let mut tags = Vec::new();
        for (line, place) in drawing.lines().filter(|it| !it.trim().is_empty()).zip(0..) {
            let name = line.trim();
            above.truncate((line.len() - line.trim_start().len()) / 2);
            let id = TagId::new(name);
            tags.push(Tag {
                id,
                name: name.into(),
                definition: "".into(),
                examples: Vec::new(),
                counterexamples: Vec::new(),
                hue: Hue::Blue,
                line: LineStyle::Solid,
                key: None,
                parent: above.last().copied(),
                place,
                attributes: Vec::new(),
                retired: false,
                removed: name.starts_with('-'),
            });
            above.push(id);
        }
        Codebook::new(tags, Vec::new())
    }

    /// The rows as lines: what is before the name tells whether there is a branch and whether it is shown.
    pub(crate) fn lines(rows: &[Row]) -> Vec<String> {
        let line = |row: &Row| {
            let branch = match row.expanded {
                Some(true) => "▾",
                Some(false) => "▸",
                None => "",
            };
            format!("{}{branch}{} {}+{}", "  ".repeat(row.level - 1), row.tag.name, row.count, row.hidden)
        };
        rows.iter().map(line).collect()
    }

    const TREE: &str = "
a
  b
    c
  -gone
  d
e";

    fn counted(codebook: &Codebook) -> impl Fn(TagId) -> usize {
        let ids: Vec<TagId> = codebook.tags().iter().map(|it| it.id).collect();
        move |id| {
            10_usize.pow(
                ids.iter()
                    .filter(|it| !it.as_str().starts_with('-'))
                    .position(|it| *it == id)
                    .map_or(0, |it| u32::try_from(it).unwrap_or(0)),
            )
        }
    }

    #[test]
    fn a_collapsed_branch_is_hidden_and_counted() {
        let codebook = drawn(TREE);
        let rows = |collapsed: &[&str]| {
            let collapsed: BTreeSet<TagId> = collapsed.iter().map(|it| TagId::new(it)).collect();
            lines(&visible_rows(&codebook, &collapsed, None, counted(&codebook)))
        };
        let all = ["▾a 1+0", "  ▾b 10+0", "    c 100+0", "  d 1000+0", "e 10000+0"];
        assert_eq!(rows(&[]), all);
        assert_eq!(rows(&["c", "e"]), all, "those without children have no branch");
        assert_eq!(rows(&["b"]), ["▾a 1+0", "  ▸b 10+100", "  d 1000+0", "e 10000+0"]);
        assert_eq!(rows(&["a", "b"]), ["▸a 1+1110", "e 10000+0"]);
    }

    #[test]
    fn what_is_looked_for_is_shown_with_what_it_is_under() {
        let codebook = drawn(TREE);
        let collapsed = BTreeSet::from([TagId::new("a")]);
        let mut fits = |name: &str| name == "c";
        let rows = visible_rows(&codebook, &collapsed, Some(&mut fits), counted(&codebook));
        assert_eq!(lines(&rows), ["▾a 1+1000", "  ▾b 10+0", "    c 100+0"]);
        let mut none = |_: &str| false;
        assert!(visible_rows(&codebook, &collapsed, Some(&mut none), |_| 0).is_empty());
    }

    #[test]
    fn rows_say_where_they_are_among_their_siblings() {
        let codebook = drawn(TREE);
        let rows = visible_rows(&codebook, &BTreeSet::new(), None, |_| 0);
        let places: Vec<_> = rows.iter().map(|it| (it.place, it.siblings)).collect();
        assert_eq!(places, [(1, 2), (1, 2), (1, 1), (2, 2), (2, 2)]);
        assert_eq!(children(&codebook, Some(TagId::new("a"))), ["b", "d"].map(TagId::new));
        assert_eq!(shown_path(&codebook, TagId::new("c")), "a › b › c");
    }
}
