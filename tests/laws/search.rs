//! Laws of searching: every result folds to the query and consists of whole characters, and no result is missing.

use glossator::text::{Article, Folding, Normalizer, Query, Search, Span};
use icu_normalizer::DecomposingNormalizer;
use proptest::{collection::vec, prelude::*};

use super::properties::config;
use crate::support::{article, texts};

/// What the page gets from the browser.
struct Unicode;

impl Normalizer for Unicode {
    fn normalize(&self, character: char) -> String {
        let decompose = |text: &str| DecomposingNormalizer::new_nfkd().normalize(text).into_owned();
        let upper = decompose(&character.to_string()).to_lowercase().to_uppercase();
        decompose(&upper.chars().flat_map(char::to_lowercase).collect::<String>())
    }
}

fn folding() -> Folding<Unicode> {
    Folding::new(Unicode)
}

/// All results of a search.
fn found(article: &Article, words: &str) -> Vec<Span> {
    let mut folding = folding();
    let mut found = Vec::new();
    if let Some(query) = Query::new(words, &mut folding) {
        let mut search = Search::new(query, article.text().len());
        while search.step(article, &mut folding, &mut found) {}
    }
    found
}

/// The same, computed naively: tries at each character whether it and those after it fold to the query.
fn found_naively(text: &str, words: &str) -> Vec<(usize, usize)> {
    let mut folding = folding();
    let query = folding.fold(words);
    let mut units: Vec<(usize, String)> = Vec::new();
    let mut spaced = false;
    for (at, character) in text.char_indices() {
        let plain = folding.fold(&character.to_string());
        let space = character.is_whitespace();
        if !(plain.is_empty() || (space && spaced)) {
            units.push((at, plain));
        }
        spaced = space;
    }
    let mut found = Vec::new();
    let mut first = 0;
    while !query.trim().is_empty() && first < units.len() {
        let mut plain = String::new();
        let mut last = first;
        while last < units.len() && plain.len() < query.len() {
            plain += &units[last].1;
            last += 1;
        }
        if plain == query {
            found.push((units[first].0, units.get(last).map_or(text.len(), |(at, _)| *at)));
            first = last;
        } else {
            first += 1;
        }
    }
    found
}

fn ends(found: &[Span]) -> Vec<(usize, usize)> {
    found.iter().map(|it| (it.start(), it.end())).collect()
}

/// Letters that fold to shorter, longer and different ones, among plain ones.
fn words() -> impl Strategy<Value = String> {
    let letter = prop::sample::select(
        &[
            "a",
            "A",
            "b",
            "á",
            "a\u{301}",
            "\u{301}",
            "s",
            "ß",
            "ẞ",
            "ss",
            "i",
            "İ",
            "ı",
            "ﬁ",
            "f",
            "fi",
            "σ",
            "ς",
            " ",
            " ",
            "\n",
            "\r\n\r\n",
            "\u{a0}",
            "\u{ad}",
            "\u{200b}",
            "´",
            "한",
            "ㅎ",
            "ᄒ",
            "が",
            "か",
            "’",
            "'",
            "Й",
            "и",
            "👩‍🚀",
            "👩",
        ][..],
    );
    vec(letter, 0..8).prop_map(|letters| letters.concat())
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn a_search_agrees_with_a_naive_one(text in vec(words(), 0..6), query in words()) {
        let text = text.concat();
        let article = article(&text);
        prop_assert_eq!(ends(&found(&article, &query)), found_naively(&text, &query));
    }

    #[test]
    fn results_fold_to_the_query(text in prop_oneof![texts(), vec(words(), 0..6).prop_map(|it| it.concat())], query in words()) {
        let article = article(&text);
        let mut folding = folding();
        let wanted = folding.fold(&query);
        let found = found(&article, &query);
        for span in &found {
            prop_assert_eq!(&folding.fold(article.slice(*span)), &wanted);
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].end() <= pair[1].start(), "results do not overlap: {pair:?}");
        }
    }

    #[test]
    fn a_part_of_a_text_is_found_in_it(text in texts(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let places: Vec<usize> = crate::support::boundaries(&text);
        let (one, other) = (places[from.index(places.len())], places[to.index(places.len())]);
        let words = &text[one.min(other)..one.max(other)];
        let mut folding = folding();
        // A part that begins or ends within white space folds to more than itself.
        if let Some(query) = Query::new(words, &mut folding).filter(|_| words.trim() == words) {
            let found = found(&article(&text), words);
            prop_assert!(!found.is_empty(), "{words:?} is in {text:?}");
            prop_assert!(query.is_in(&text, &mut folding));
        }
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn searching_in_slices_changes_nothing(
        filler in prop::sample::select(&["xy ", "é\n", "\u{ad}", " ", "条约", "ﬁ"][..]),
        length in 16_000_usize..17_000,
        text in words(),
        query in words(),
    ) {
        // The words are where one slice ends and the next begins.
        let text = format!("{}{text}{}", filler.repeat(length / filler.len()), filler.repeat(9_000));
        prop_assert_eq!(ends(&found(&article(&text), &query)), found_naively(&text, &query));
    }
}

#[test]
fn case_accents_ligatures_and_white_space_are_ignored() {
    let find = |text: &str, words: &str| -> Vec<String> {
        let article = article(text);
        found(&article, words).iter().map(|it| article.slice(*it).to_owned()).collect()
    };
    assert_eq!(find("The TREATY, the treaty", "Treaty"), ["TREATY", "treaty"]);
    assert_eq!(
        find("résumé, re\u{301}sume\u{301}, RESUME", "resume"),
        ["résumé", "re\u{301}sume\u{301}", "RESUME"]
    );
    assert_eq!(find("resume", "résumé"), ["resume"]);
    assert_eq!(find("Straße STRASSE Straẞe", "straße"), ["Straße", "STRASSE", "Straẞe"]);
    assert_eq!(find("the oﬃce", "office"), ["oﬃce"]);
    assert_eq!(find("İstanbul, ISTANBUL, istanbul", "istanbul"), ["İstanbul", "ISTANBUL", "istanbul"]);
    assert_eq!(find("missile\r\n\r\ndefense, missile\u{a0}defense", "missile defense").len(), 2);
    assert_eq!(find("don’t “go”", "don't \"go\""), ["don’t “go”"]);
    assert_eq!(find("ΟΔΥΣΣΕΥΣ Ὀδυσσεύς", "οδυσσευς"), ["ΟΔΥΣΣΕΥΣ", "Ὀδυσσεύς"]);
    assert_eq!(find("ＡＢＣ ①", "abc 1"), ["ＡＢＣ ①"]);
    assert_eq!(find("co\u{ad}operation", "cooperation"), ["co\u{ad}operation"]);
    assert_eq!(find("مُعَاهَدَة", "معاهدة"), ["مُعَاهَدَة"]);
    assert_eq!(find("か が", "か"), ["か"], "a different letter, not an accent");
    assert_eq!(find("half of ß or ﬁ", "s"), Vec::<String>::new(), "whole characters only");
    assert_eq!(find("aaaa", "aa"), ["aa", "aa"]);
    assert_eq!(find("a b", " \n"), Vec::<String>::new());
}
