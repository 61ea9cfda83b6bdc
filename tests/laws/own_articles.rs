//! Own articles, and which text is the successor of which.

use std::rc::Rc;

use glossator::{
    annotation::{ArticleInfo, ArticleRecord, Articles, ReplicaId, Timestamp, Version},
    text::{ArticleId, Library, SortedSet},
};
use proptest::{collection::vec, prelude::*};

use super::properties::config;

fn name(number: u8) -> ArticleId {
    ArticleRecord::mint(Timestamp(1_795_287_600_000), [number; 10])
}

/// An article, which may be deleted for good, and which may replace another.
fn record(number: u8, replaces: Option<u8>, created: u8, listed: bool, gone: bool) -> ArticleRecord {
    let info = ArticleInfo {
        title: Rc::from("Title"),
        kind: Rc::from("Note"),
        source: Rc::from(""),
        sha256: "0a".repeat(32).into(),
        place: 0,
        created: Timestamp(created.into()),
        replaces: replaces.map(name),
        listed,
        settled: SortedSet::default(),
    };
    ArticleRecord {
        id: name(number),
        version: Version { counter: 1, replica: ReplicaId(1) },
        modified: Timestamp(0),
        content: (!gone).then(|| Rc::new(info)),
    }
}

/// Follows the texts from one to its replacement, naively.
fn latest(records: &[ArticleRecord], id: &ArticleId) -> Option<ArticleId> {
    let (mut at, mut passed, mut found) = (id.clone(), vec![id.clone()], None);
    loop {
        let newer = records
            .iter()
            .filter_map(|it| Some((it.content.as_ref()?, &it.id)))
            .filter(|(info, _)| info.replaces.as_ref() == Some(&at))
            .max_by_key(|(info, id)| (info.listed, info.created, *id));
        let Some((info, newer)) = newer.filter(|(_, it)| !passed.contains(it)) else { return found };
        if info.listed {
            found = Some(newer.clone());
        }
        passed.push(newer.clone());
        at = newer.clone();
    }
}

proptest! {
    #![proptest_config(config(500))]

    /// Whatever replaces what, even in a cycle, and in whatever order the records arrive.
    #[test]
    fn the_successor_is_the_latest_listed_text(
        all in vec((prop::option::of(0_u8..9), 0_u8..3, any::<bool>(), prop::bool::weighted(0.1)), 9),
        order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let records: Vec<_> = (0..)
            .zip(all)
            .map(|(number, (replaces, created, listed, gone))| record(number, replaces, created, listed, gone))
            .collect();
        let mut articles = Articles::new(Library::default());
        for at in order {
            articles.merge(records[at].clone());
        }
        articles.update_library();
        for record in &records {
            prop_assert_eq!(articles.successor(&record.id).cloned(), latest(&records, &record.id));
        }
    }
}
