//! The tags as a tree, with what is shown of each branch and how many annotations it has.

use std::rc::Rc;

use crate::annotation::{Codebook, Tag, TagId};

/// Which annotations of a branch are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    All,
    Some,
    None,
}

impl Shown {
    /// The value of `aria-checked`.
    pub(super) const fn checked(self) -> &'static str {
        match self {
            Self::All => "true",
            Self::Some => "mixed",
            Self::None => "false",
        }
    }

    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, Self::All) => Self::All,
            (Self::None, Self::None) => Self::None,
            _ => Self::Some,
        }
    }
}

/// A tag in the tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) tag: Rc<Tag>,
    /// The index of the node above it.
    pub(super) parent: Option<usize>,
    /// The number of nodes above it.
    pub(super) depth: usize,
    /// True if there are nodes below it.
    pub(super) is_branch: bool,
    /// The number of annotations with its tag or one below it.
    pub(super) count: usize,
    pub(super) shown: Shown,
    /// True if the annotations with its own tag are hidden.
    pub(super) is_hidden: bool,
}

/// The listed tags and those above them, in order. `count` tells the annotations with a tag.
pub(super) fn tree(
    codebook: &Codebook,
    listed: &[Rc<Tag>],
    count: impl Fn(TagId) -> usize,
    is_shown: impl Fn(TagId) -> bool,
) -> Vec<Node> {
    let tags = codebook.tags();
    let parents: Vec<Option<usize>> =
        tags.iter().map(|it| codebook.index_of(codebook.parent_of(it.id)?.id)).collect();
    let mut is_in = vec![false; tags.len()];
    for at in listed.iter().filter_map(|it| codebook.index_of(it.id)) {
        is_in[at] = true;
    }
    // Children follow their parents.
    for (at, parent) in parents.iter().enumerate().rev() {
        if let Some(parent) = parent.filter(|_| is_in[at]) {
            is_in[parent] = true;
        }
    }
    let mut places = vec![None; tags.len()];
    let mut nodes: Vec<Node> = Vec::new();
    for (at, tag) in tags.iter().enumerate().filter(|(at, _)| is_in[*at]) {
        let parent = parents[at].and_then(|it| places[it]);
        places[at] = Some(nodes.len());
        nodes.push(Node {
            tag: Rc::clone(tag),
            parent,
            depth: parent.map_or(0, |it: usize| nodes[it].depth + 1),
            is_branch: false,
            count: count(tag.id),
            shown: if is_shown(tag.id) { Shown::All } else { Shown::None },
            is_hidden: !is_shown(tag.id),
        });
    }
    for at in (0..nodes.len()).rev() {
        if let Some(parent) = nodes[at].parent {
            let (count, shown) = (nodes[at].count, nodes[at].shown);
            let above = &mut nodes[parent];
            above.is_branch = true;
            above.count += count;
            above.shown = above.shown.and(shown);
        }
    }
    nodes
}

/// The indices of the rows to list. With `found`, those are the nodes that match and those above them; otherwise those
/// below open nodes only.
pub(super) fn rows(nodes: &[Node], found: Option<&[bool]>, is_open: impl Fn(TagId) -> bool) -> Vec<usize> {
    let mut is_in: Vec<bool> = Vec::with_capacity(nodes.len());
    match found {
        Some(found) => {
            is_in.extend(found);
            for at in (0..nodes.len()).rev() {
                if let Some(parent) = nodes[at].parent.filter(|_| is_in[at]) {
                    is_in[parent] = true;
                }
            }
        }
        None => {
            for node in nodes {
                is_in.push(node.parent.is_none_or(|it| is_in[it] && is_open(nodes[it].tag.id)));
            }
        }
    }
    (0..nodes.len()).filter(|at| is_in[*at]).collect()
}

#[cfg(test)]
mod tests {
    use super::{Codebook, Node, Shown, Tag, TagId, rows, tree};

    fn make(id: &str, parent: Option<&str>, retired: bool) -> Tag {
        Tag {
            id: TagId::new(id),
            name: id.into(),
            parent: parent.map(TagId::new),
            retired,
            ..Tag::clone(&Codebook::default().tags()[0])
        }
    }

    fn nodes(hidden: &[&str]) -> Vec<Node> {
        let tags = [
            make("tree-a", None, true),
            make("tree-b", Some("tree-a"), false),
            make("tree-c", Some("tree-b"), false),
            make("tree-d", Some("tree-a"), false),
            make("tree-e", None, false),
            make("tree-f", None, true),
        ];
        let codebook = Codebook::new(tags.to_vec(), Vec::new());
        let listed: Vec<_> = codebook.offered().cloned().collect();
        tree(&codebook, &listed, |_| 2, |it| !hidden.contains(&it.as_str()))
    }

    #[test]
    fn a_branch_counts_what_is_below_it() {
        let all: Vec<_> =
            nodes(&[]).into_iter().map(|it| (it.tag.id.as_str(), it.depth, it.is_branch, it.count)).collect();
        assert_eq!(
            all,
            [
                ("tree-a", 0, true, 8),
                ("tree-b", 1, true, 4),
                ("tree-c", 2, false, 2),
                ("tree-d", 1, false, 2),
                ("tree-e", 0, false, 2),
            ]
        );
    }

    #[test]
    fn a_branch_of_which_some_is_hidden_says_so() {
        use Shown::{All, None, Some};
        let shown = |hidden: &[&str]| nodes(hidden).into_iter().map(|it| it.shown).collect::<Vec<_>>();
        assert_eq!(shown(&[]), [All; 5]);
        assert_eq!(shown(&["tree-c"]), [Some, Some, None, All, All]);
        assert_eq!(shown(&["tree-a", "tree-b", "tree-c", "tree-d"]), [None, None, None, None, All]);
        assert_eq!(shown(&["tree-a"])[0], Some);
    }

    #[test]
    fn closed_branches_hide_rows_and_a_search_opens_them() {
        let nodes = nodes(&[]);
        let open = |open: &[&str]| rows(&nodes, None, |it| open.contains(&it.as_str()));
        assert_eq!(open(&[]), [0, 4]);
        assert_eq!(open(&["tree-a"]), [0, 1, 3, 4]);
        assert_eq!(open(&["tree-b"]), [0, 4], "it is in a closed one");
        assert_eq!(open(&["tree-a", "tree-b"]), [0, 1, 2, 3, 4]);
        let found = [false, false, true, false, false];
        assert_eq!(rows(&nodes, Some(&found), |_| false), [0, 1, 2]);
    }
}
