//! Finding the passages of annotations in a newer text.

use glossator::text::{Anchored, Article, ArticleId, Span, anchor};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::properties::config;

fn article(text: &str) -> Article {
    Article::new(ArticleId::new("a"), "A", "Note", "a.txt", text)
}

/// Where the first `words` of `old` are in `new`.
fn found(old: &str, words: &str, new: &str) -> Anchored {
    let old = article(old);
    let at = old.text().find(words).unwrap();
    anchor(&old, old.span(at, at + words.len()).unwrap(), &article(new))
}

fn at(new: &str, words: &str) -> Anchored {
    let start = new.find(words).unwrap();
    Anchored::Found(article(new).span(start, start + words.len()).unwrap())
}

const OLD: &str = "Long before the meeting in the capital the treaty was signed by the two ministers of that time. \
                   Long after it, in another city altogether, a treaty was proposed again and refused by all sides.";

#[test]
fn each_outcome() {
    assert_eq!(found(OLD, "the treaty", OLD), at(OLD, "the treaty"), "at the same position");
    let moved = format!("A preface.\n\n{OLD}");
    assert_eq!(found(OLD, "the treaty", &moved), at(&moved, "the treaty"), "at another position");
    let wrapped = OLD.replace(' ', "\n").replace("the\ntreaty", "the treaty");
    assert_eq!(
        found(OLD, "the treaty", &wrapped),
        at(&wrapped, "the treaty"),
        "white space in the context is ignored"
    );

    // Of two occurrences the right one is gone, and the other is not taken for it.
    let other =
        "Nothing of the old is left here, and nobody knows why the treaty came to be at all in these days.";
    assert!(matches!(found(OLD, "the treaty", other), Anchored::Ambiguous(places) if places.len() == 1));
    // A copy with half of the context makes it ambiguous.
    let copied = format!("Long before the meeting in the capital the treaty failed. {OLD}");
    assert!(matches!(found(OLD, "the treaty", &copied), Anchored::Ambiguous(places) if places.len() == 2));

    let changed = OLD.replace("the treaty", "an agreement");
    let Anchored::Orphan(near) = found(OLD, "the treaty", &changed) else { panic!("the words are gone") };
    assert!(
        near.iter().any(|it| article(&changed).slice(*it) == "an agreement"),
        "the words now at that position are offered"
    );
    let broken = OLD.replace("the treaty", "the\r\ntreaty");
    let Anchored::Orphan(near) = found(OLD, "the treaty", &broken) else { panic!("they are other words") };
    assert!(near.iter().any(|it| article(&broken).slice(*it) == "the\r\ntreaty"));
}

const WORDS: [&str; 12] =
    ["the", "treaty", "shall", "be", "signed", "by", "who\u{301}", "条约", "and\n\n", "not.", "a", "👩‍🚀"];

fn texts(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(prop::sample::select(&WORDS[..]), words).prop_map(|it| it.join(" "))
}

/// An insertion or a deletion.
#[derive(Clone, Debug)]
enum Change {
    Insert(Index, String),
    Delete(Index, u8),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        (any::<Index>(), texts(1..12)).prop_map(|(at, it)| Change::Insert(at, it)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, length)| Change::Delete(at, length)),
    ];
    vec(change, 0..6)
}

/// Changes a text outside a passage. Returns the text, and the start of the passage in bytes.
fn changed(before: &[char], words: &[char], after: &[char], changes: Vec<Change>) -> (String, usize) {
    let (mut before, mut after) = (before.to_vec(), after.to_vec());
    for (number, change) in changes.into_iter().enumerate() {
        let side = if number % 2 == 0 { &mut before } else { &mut after };
        match change {
            Change::Insert(at, text) => {
                let at = at.index(side.len() + 1);
                side.splice(at..at, text.chars());
            }
            Change::Delete(at, length) => {
                let at = at.index(side.len() + 1);
                side.drain(at..side.len().min(at + usize::from(length)));
            }
        }
    }
    let start = before.iter().map(|it| it.len_utf8()).sum();
    (before.iter().chain(words).chain(&after).collect(), start)
}

/// Whether two passages have the same context on one side: 32 characters, or all of the old text, ignoring white space.
fn is_alike(old: &Article, one: Span, new: &Article, other: Span) -> bool {
    let solid = |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect::<Vec<char>>();
    let [mut before, mut there] = [&old.text()[..one.start()], &new.text()[..other.start()]].map(solid);
    before.reverse();
    there.reverse();
    let [after, beyond] = [&old.text()[one.end()..], &new.text()[other.end()..]].map(solid);
    [(before, there), (after, beyond)]
        .into_iter()
        .any(|(old, new)| old.iter().zip(&new).take_while(|(a, b)| a == b).count() >= old.len().min(32))
}

proptest! {
    #![proptest_config(config(600))]

    /// Whatever changes outside the passage, it is found where it moved, or reported as ambiguous.
    #[test]
    fn a_passage_is_found_where_it_moved_or_not_at_all(
        text in texts(1..80), one in any::<Index>(), other in any::<Index>(), changes in changes(),
    ) {
        let all: Vec<char> = text.chars().collect();
        let (one, other) = (one.index(all.len()), other.index(all.len()));
        let (from, to) = (one.min(other), one.max(other) + 1);
        let old = article(&text);
        let bytes = |range: &[char]| range.iter().map(|it| it.len_utf8()).sum::<usize>();
        let span = old.span(bytes(&all[..from]), bytes(&all[..to])).unwrap();
        let (new, start) = changed(&all[..from], &all[from..to], &all[to..], changes);
        let new = article(&new);
        match anchor(&old, span, &new) {
            Anchored::Found(to) => {
                prop_assert_eq!(new.slice(to), old.slice(span));
                // Where both sides changed, the same words with the same context may have been inserted.
                let both = new.text()[..start] != old.text()[..span.start()]
                    && new.text()[start + span.len()..] != old.text()[span.end()..];
                prop_assert!(
                    to.start() == start || both && is_alike(&old, span, &new, to),
                    "the same words at another position"
                );
            }
            Anchored::Ambiguous(places) => {
                prop_assert!(places.iter().all(|it| new.slice(*it) == old.slice(span)));
                prop_assert!(places.len() >= 20 || places.iter().any(|it| it.start() == start));
            }
            Anchored::Orphan(_) => prop_assert!(false, "the words are there"),
        }
    }

    /// Deleted words are not found, and no offered span is outside the text.
    #[test]
    fn deleted_words_are_not_found(old in texts(1..60), new in texts(0..60), one in any::<Index>()) {
        let old = article(&old);
        let starts: Vec<usize> = old.text().char_indices().map(|(at, _)| at).collect();
        let start = starts[one.index(starts.len())];
        let span = old.span(start, old.text().len()).unwrap();
        let new = article(&new);
        match anchor(&old, span, &new) {
            Anchored::Found(to) => prop_assert_eq!(new.slice(to), old.slice(span)),
            Anchored::Ambiguous(places) | Anchored::Orphan(places) => {
                prop_assert!(places.iter().all(|it| new.span(it.start(), it.end()).is_ok()));
            }
        }
    }
}
