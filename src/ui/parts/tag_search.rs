//! Finding tags by letters of their names and of the names above them.

use crate::{
    annotation::{Codebook, TagId},
    text::{Folding, Normalizer},
};

/// What separates the names of a path.
const SEPARATORS: [char; 2] = ['/', '›'];

/// The path of a tag, as a person reads it.
pub(crate) fn shown_path(codebook: &Codebook, id: TagId) -> String {
    codebook.path_of(id).join(" › ")
}

/// The path and the last name in `parent / child`, if it has several names.
pub(crate) fn split_path(words: &str) -> Option<(&str, &str)> {
    let (above, last) = words.rsplit_once(SEPARATORS)?;
    Some((above.trim(), last.trim()))
}

/// The names in `parent / child`.
pub(crate) fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split(SEPARATORS).map(str::trim).filter(|it| !it.is_empty())
}

/// How well a tag matches; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// It is the tag's name.
    Name,
    /// The name begins with it.
    Beginning,
    /// Each word of it begins a word of the name.
    Words,
    /// The name contains each word of it.
    Within,
    /// The names of the path contain each word of it.
    Path,
    /// Its letters are in the name in this order, from the beginning of a word.
    Letters,
}

/// What a person typed to find a tag, without case and accents.
#[derive(Debug)]
pub(crate) struct TagQuery {
    words: String,
    /// If it is a path, the names before the last, and the last.
    path: Option<(Vec<String>, String)>,
}

impl TagQuery {
    pub(crate) fn new<L: Normalizer>(query: &str, folding: &mut Folding<L>) -> Self {
        let query = query.trim();
        let path = split_path(query)
            .map(|(above, last)| (names_in(above).map(|it| folding.fold(it)).collect(), folding.fold(last)));
        Self { words: folding.fold(query), path }
    }

    /// How well a tag with this path matches, whose names have no case and accents either.
    pub(crate) fn rank(&self, path: &[String]) -> Option<Rank> {
        let (name, above) = path.split_last()?;
        let by_path = || {
            let (names, last) = self.path.as_ref()?;
            let mut above = above.iter();
            let is_below = names.iter().all(|it| above.any(|name| name.contains(&**it)));
            if is_below { rank_of_name(last, name) } else { None }
        };
        let has = |word: &str| path.iter().any(|it| it.contains(word));
        let by_name = rank_of_name(&self.words, name);
        let found = [by_name, by_path()].into_iter().flatten().min();
        let in_path = self.words.split_whitespace().all(has).then_some(Rank::Path);
        [found, in_path].into_iter().flatten().min()
    }

    /// The same for a tag of the codebook.
    pub(crate) fn rank_in<L: Normalizer>(
        &self,
        codebook: &Codebook,
        id: TagId,
        folding: &mut Folding<L>,
    ) -> Option<Rank> {
        let path: Vec<String> = codebook.path_of(id).into_iter().map(|it| folding.fold(it)).collect();
        self.rank(&path)
    }
}

fn rank_of_name(words: &str, name: &str) -> Option<Rank> {
    let all = |is_in: &dyn Fn(&str) -> bool| words.split_whitespace().all(is_in);
    let begins = |word: &str| words_of(name).any(|it| it.starts_with(word));
    if name == words {
        Some(Rank::Name)
    } else if name.starts_with(words) {
        Some(Rank::Beginning)
    } else if all(&begins) {
        Some(Rank::Words)
    } else if all(&|word| name.contains(word)) {
        Some(Rank::Within)
    } else {
        has_letters(words, name).then_some(Rank::Letters)
    }
}

/// True if the letters of `words` are in `name` in this order, the first at the beginning of a word.
fn has_letters(words: &str, name: &str) -> bool {
    let letters = || words.chars().filter(|it| !it.is_whitespace());
    let Some(first) = letters().next() else { return false };
    let starts = words_of(name).filter(|it| it.starts_with(first)).map(|it| offset(name, it));
    let mut starts = starts.filter_map(|at| name.get(at..));
    starts.any(|rest| {
        let mut rest = rest.chars();
        letters().all(|it| rest.any(|other| other == it))
    })
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(|it: char| !it.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{Rank, TagQuery, names_in, split_path};
    use crate::text::{Folding, Normalizer};

    struct Lower;

    impl Normalizer for Lower {
        fn normalize(&self, character: char) -> String {
            match character {
                'é' | 'É' => "e\u{301}".to_owned(),
                other => other.to_lowercase().to_string(),
            }
        }
    }

    fn rank(query: &str, path: &[&str]) -> Option<Rank> {
        let mut folding = Folding::new(Lower);
        let path: Vec<String> = path.iter().map(|it| folding.fold(it)).collect();
        TagQuery::new(query, &mut folding).rank(&path)
    }

    #[test]
    fn the_more_of_a_name_is_typed_the_better_it_matches() {
        let path = ["Évidence", "Statistics of a Study"];
        for (query, expected) in [
            (" statistics OF a study ", Some(Rank::Name)),
            ("stat", Some(Rank::Beginning)),
            ("", Some(Rank::Beginning)),
            ("stu sta", Some(Rank::Words)),
            ("udy", Some(Rank::Within)),
            ("evid stat", Some(Rank::Path)),
            ("evidence", Some(Rank::Path)),
            ("sttcs", Some(Rank::Letters)),
            ("stdy", Some(Rank::Letters)),
            ("tdy", None),
            ("evid none", None),
        ] {
            assert_eq!(rank(query, &path), expected, "{query:?}");
        }
    }

    #[test]
    fn a_path_finds_what_is_below() {
        let path = ["Évidence", "Statistics", "Survey"];
        for (query, expected) in [
            ("evidence / survey", Some(Rank::Name)),
            ("evid/stat/sur", Some(Rank::Beginning)),
            ("evid › ", Some(Rank::Beginning)),
            ("stat / evid / sur", None),
            ("survey / evidence", None),
            ("other / survey", None),
        ] {
            assert_eq!(rank(query, &path), expected, "{query:?}");
        }
        assert_eq!(rank("and / or", &["Both and / or"]), Some(Rank::Within), "a name may have a separator");
    }

    #[test]
    fn a_path_is_split_at_its_separators() {
        assert_eq!(split_path("a / b › c "), Some(("a / b", "c")));
        assert_eq!(split_path("a b"), None);
        assert_eq!(names_in(" a / b //c").collect::<Vec<_>>(), ["a", "b", "c"]);
    }
}
