//! The rows of the table: which annotations, in which order, under which headings.

use std::{cell::OnceCell, rc::Rc};

use crate::{
    annotation::{Annotation, AnnotationId, AnnotationSet, Attribute, Tag, Timestamp},
    session::Session,
    text::{Article, ArticleId, order},
};

/// As much of a passage is looked through for words, in bytes.
const SEARCHED: usize = 64 * 1024;

/// By so much of its beginning a text is put in order, in bytes.
const ORDERED: usize = 160;

/// What stands in a column, and what rows are put in order by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    Tag,
    #[default]
    Article,
    Text,
    Note,
    Attributes,
    Modified,
}

impl Column {
    pub(crate) const ALL: [Self; 6] =
        [Self::Tag, Self::Article, Self::Text, Self::Note, Self::Attributes, Self::Modified];

    /// The name in the page.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Article => "article",
            Self::Text => "text",
            Self::Note => "note",
            Self::Attributes => "attributes",
            Self::Modified => "modified",
        }
    }

    /// The name that a person reads.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Tag => "Tag",
            Self::Article => "Article",
            Self::Text => "Text",
            Self::Note => "Note",
            Self::Attributes => "Attributes",
            Self::Modified => "Changed",
        }
    }
}

/// What rows stand together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Grouping {
    #[default]
    None,
    Article,
    Tag,
}

impl Grouping {
    pub(crate) const ALL: [Self; 3] = [Self::None, Self::Article, Self::Tag];

    /// The name in the page.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Article => "article",
            Self::Tag => "tag",
        }
    }

    /// The name that a person reads.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::None => "Not grouped",
            Self::Article => "Grouped by article",
            Self::Tag => "Grouped by tag",
        }
    }
}

/// Which annotations are shown, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Arrangement {
    pub(crate) column: Column,
    pub(crate) descending: bool,
    pub(crate) grouping: Grouping,
    /// In the passage, the note or the attributes; whatever case and accents.
    pub(crate) words: String,
    pub(crate) article: Option<ArticleId>,
    pub(crate) tag: Option<Tag>,
    /// One that has a value, or a certain one.
    pub(crate) attribute: Option<(&'static Attribute, Option<Rc<str>>)>,
}

impl Arrangement {
    /// Whether all annotations are shown, in the order in which one reads.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Whether some annotations may not be shown.
    pub(crate) fn filters(&self) -> bool {
        !self.words.trim().is_empty()
            || self.article.is_some()
            || self.tag.is_some()
            || self.attribute.is_some()
    }
}

/// An annotation in the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(crate) id: AnnotationId,
    pub(crate) article: Rc<Article>,
    /// The place of the article in the library.
    place: usize,
    pub(crate) annotation: Rc<Annotation>,
    pub(crate) modified: Timestamp,
    /// What words are looked for in, in its plain form; made when it is first asked for.
    plain: OnceCell<Box<str>>,
}

impl Row {
    /// The passage.
    pub(crate) fn text(&self) -> &str {
        self.article.slice(self.annotation.span)
    }

    /// The attributes as a person reads them.
    pub(crate) fn attributes(&self) -> String {
        let values = self.annotation.attributes.of(self.annotation.tag);
        let parts: Vec<_> = values.map(|(it, value)| format!("{}: {}", it.name, it.shown(value))).collect();
        parts.join("; ")
    }

    fn plain(&self, fold: &mut impl FnMut(&str) -> String) -> &str {
        self.plain.get_or_init(|| {
            let text = beginning(self.text(), SEARCHED);
            fold(&format!("{text}\n{}\n{}", self.annotation.note, self.attributes())).into()
        })
    }
}

fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The heading of rows that stand together, and how many they are.
    Heading(String, usize),
    /// The row at this place.
    Row(usize),
}

/// Every annotation of the session, in the order in which one reads.
pub(super) fn rows(session: &Session) -> Vec<Row> {
    rows_of(session, |set, _| Some(set.in_order()))
}

/// The first `count` of them.
pub(super) fn first_rows(session: &Session, count: usize) -> Vec<Row> {
    rows_of(session, |set, before| count.checked_sub(before).map(|it| set.beginning(it)))
}

/// What `pick` takes of each article, which is told how many rows there are before.
fn rows_of(
    session: &Session,
    pick: impl Fn(&AnnotationSet, usize) -> Option<Vec<(AnnotationId, Rc<Annotation>)>>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (place, article) in session.library().iter().enumerate() {
        let here = session.annotations(article.id()).and_then(|it| pick(it, rows.len())).unwrap_or_default();
        rows.extend(here.into_iter().filter_map(|(id, annotation)| {
            let modified = session.records().get(id)?.modified;
            let article = Rc::clone(article);
            Some(Row { id, article, place, annotation, modified, plain: OnceCell::new() })
        }));
    }
    rows
}

/// What a row is put in order by.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    /// What has no words stands behind what has.
    Words(bool, String),
}

/// Rows that are being chosen and put in order.
pub(super) struct Arranging {
    arrangement: Arrangement,
    /// The words in their plain form.
    words: String,
    at: usize,
    chosen: Vec<(usize, Key, usize)>,
}

impl Arranging {
    /// Nothing chosen yet; `fold` gives words their plain form.
    pub(crate) fn new(arrangement: Arrangement, fold: &mut impl FnMut(&str) -> String) -> Self {
        let words = fold(&arrangement.words).trim().to_owned();
        Self { arrangement, words, at: 0, chosen: Vec::new() }
    }

    /// How many rows have been looked at.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// What stands at the beginning of the table whatever is still looked at, where rows stand as one reads them.
    pub(crate) fn beginning(&self) -> Option<Vec<Line>> {
        let Arrangement { column, descending, grouping, .. } = self.arrangement;
        let as_read = column == Column::Article && !descending && grouping == Grouping::None;
        as_read.then(|| self.chosen.iter().map(|(.., row)| Line::Row(*row)).collect())
    }

    /// Looks at the next `count` rows; whether there are more.
    pub(crate) fn step(&mut self, rows: &[Row], count: usize, fold: &mut impl FnMut(&str) -> String) -> bool {
        let to = self.at.saturating_add(count).min(rows.len());
        for (index, row) in rows.iter().enumerate().take(to).skip(self.at) {
            if self.shows(row, fold) {
                let group = match self.arrangement.grouping {
                    Grouping::None => 0,
                    Grouping::Article => row.place,
                    Grouping::Tag => row.annotation.tag.index(),
                };
                self.chosen.push((group, self.key(row, fold), index));
            }
        }
        self.at = to;
        to < rows.len()
    }

    fn shows(&self, row: &Row, fold: &mut impl FnMut(&str) -> String) -> bool {
        let Arrangement { article, tag, attribute, .. } = &self.arrangement;
        let annotation = &row.annotation;
        article.as_ref().is_none_or(|it| *it == annotation.article)
            && tag.is_none_or(|it| it == annotation.tag)
            && attribute.as_ref().is_none_or(|(attribute, wanted)| {
                let value = annotation.attributes.get(attribute);
                value.is_some_and(|it| wanted.as_ref().is_none_or(|wanted| it == wanted))
            })
            && (self.words.is_empty() || row.plain(fold).contains(&self.words))
    }

    fn key(&self, row: &Row, fold: &mut impl FnMut(&str) -> String) -> Key {
        let mut words = |text: &str| {
            let words = fold(beginning(text, ORDERED));
            Key::Words(words.trim().is_empty(), words)
        };
        match self.arrangement.column {
            // The rows are in this order already.
            Column::Article => Key::Number(row.place as u64),
            Column::Tag => Key::Number(row.annotation.tag.index() as u64),
            Column::Text => words(row.text()),
            Column::Note => words(&row.annotation.note),
            Column::Attributes => words(&row.attributes()),
            Column::Modified => Key::Number(row.modified.0),
        }
    }

    /// The lines of the table, when all rows have been looked at.
    pub(crate) fn finish(mut self, rows: &[Row]) -> Vec<Line> {
        if let Some(lines) = self.beginning() {
            return lines;
        }
        let descending = self.arrangement.descending;
        // Rows that are equal by it stay as one reads them.
        order::sort_by(&mut self.chosen, |(group, key, _), (other_group, other, _)| {
            let order = match (key, other) {
                (Key::Words(none, _), Key::Words(other_none, _)) if none != other_none => {
                    none.cmp(other_none)
                }
                _ if descending => other.cmp(key),
                _ => key.cmp(other),
            };
            group.cmp(other_group).then(order)
        });
        let mut lines = Vec::with_capacity(self.chosen.len());
        let heading = |row: &Row| match self.arrangement.grouping {
            Grouping::None => None,
            Grouping::Article => Some(row.article.title().to_owned()),
            Grouping::Tag => Some(row.annotation.tag.name().to_owned()),
        };
        for group in self.chosen.chunk_by(|(one, ..), (other, ..)| one == other) {
            lines.extend(heading(&rows[group[0].2]).map(|it| Line::Heading(it, group.len())));
            lines.extend(group.iter().map(|(.., row)| Line::Row(*row)));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::{Arrangement, Arranging, Column, Grouping, Line, Row, rows};
    use crate::{
        annotation::{ReplicaId, Tag, Timestamp},
        session::{Command, Moment, Session},
        text::{Article, ArticleId, Library},
    };

    fn session() -> Session {
        let article = |id: &str, text: &str| Article::new(ArticleId::new(id), id, "Note", "", text);
        let library: Library =
            [article("b", "one two three four"), article("a", "alpha Beta gamma")].into_iter().collect();
        let mut session = Session::new(library, ReplicaId(1));
        let passages =
            [("a", "gamma", 0), ("b", "two", 1), ("b", "one", 2), ("a", "Beta", 1), ("b", "one two", 0)];
        for (now, (id, words, tag)) in (1_u64..).zip(passages) {
            let id = ArticleId::new(id);
            let Some(article) = session.library().get(&id) else { continue };
            let start = article.text().find(words).unwrap_or(0);
            let Ok(span) = article.span(start, start + words.len()) else { continue };
            let mut entropy = [0; 10];
            entropy[0] = u8::try_from(now).unwrap_or(0);
            let command = Command::Tag { article: id, span, tag: Tag::ALL[tag] };
            session.execute(&command, Moment { now: Timestamp(now), entropy });
        }
        session
    }

    fn shown(arrangement: Arrangement) -> Vec<String> {
        let rows: Vec<Row> = rows(&session());
        let mut fold = |words: &str| words.to_lowercase();
        let mut arranging = Arranging::new(arrangement, &mut fold);
        while arranging.step(&rows, 2, &mut fold) {}
        let lines = arranging.finish(&rows);
        let line = |line: &Line| match line {
            Line::Heading(name, count) => format!("{name} ({count})"),
            Line::Row(row) => rows[*row].text().to_owned(),
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn rows_stand_as_one_reads_them() {
        assert_eq!(shown(Arrangement::default()), ["one two", "one", "two", "Beta", "gamma"]);
        let descending = Arrangement { descending: true, ..Arrangement::default() };
        assert_eq!(shown(descending), ["Beta", "gamma", "one two", "one", "two"]);
    }

    #[test]
    fn the_beginning_is_known_before_the_end() {
        let rows: Vec<Row> = rows(&session());
        let beginning = |arrangement: Arrangement| {
            let mut fold = |words: &str| words.to_lowercase();
            let mut arranging = Arranging::new(arrangement, &mut fold);
            assert!(arranging.step(&rows, 2, &mut fold));
            arranging.beginning()
        };
        assert_eq!(beginning(Arrangement::default()), Some(vec![Line::Row(0), Line::Row(1)]));
        assert_eq!(beginning(Arrangement { column: Column::Text, ..Arrangement::default() }), None);
        assert_eq!(beginning(Arrangement { descending: true, ..Arrangement::default() }), None);
    }

    #[test]
    fn rows_are_put_in_order_by_each_column() {
        let by = |column, descending| shown(Arrangement { column, descending, ..Arrangement::default() });
        assert_eq!(by(Column::Text, false), ["Beta", "gamma", "one", "one two", "two"]);
        assert_eq!(by(Column::Text, true), ["two", "one two", "one", "gamma", "Beta"]);
        assert_eq!(by(Column::Tag, false), ["one two", "gamma", "two", "Beta", "one"]);
        assert_eq!(by(Column::Modified, true), ["one two", "Beta", "one", "two", "gamma"]);
        assert_eq!(by(Column::Note, true).len(), 5);
    }

    #[test]
    fn rows_are_chosen_and_stand_in_groups() {
        let words = Arrangement { words: " BETA".to_owned(), ..Arrangement::default() };
        assert_eq!(shown(words), ["Beta"]);
        let tag = Arrangement { tag: Some(Tag::Proposal), ..Arrangement::default() };
        assert_eq!(shown(tag), ["one two", "gamma"]);
        let article = Arrangement { article: Some(ArticleId::new("a")), ..Arrangement::default() };
        assert_eq!(shown(article), ["Beta", "gamma"]);
        let groups = Arrangement { grouping: Grouping::Tag, column: Column::Text, ..Arrangement::default() };
        assert_eq!(
            shown(groups),
            ["Proposal (2)", "gamma", "one two", "Argument (2)", "Beta", "two", "Prediction (1)", "one"]
        );
        let attribute = Tag::Argument.attributes().first().map(|it| (it, None));
        assert_eq!(shown(Arrangement { attribute, ..Arrangement::default() }), Vec::<String>::new());
    }
}
