//! The rows of the table: filtering, sorting and grouping them. Knows nothing of the page.

use std::{cell::OnceCell, rc::Rc};

use crate::{
    annotation::{Annotation, AnnotationId, AnnotationSet, AttributeId, Tag, TagId, Timestamp},
    session::Session,
    text::{Article, ArticleId, order},
};

/// The words of the filter are searched in this much of a passage, in bytes.
const SEARCH_LIMIT: usize = 64 * 1024;

/// Texts are compared by this much of their beginning, in bytes.
const SORT_LIMIT: usize = 160;

/// A column, by which rows can be sorted.
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

    /// The identifier in attributes of the page.
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

    /// The name shown on the page.
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

/// How rows are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Grouping {
    #[default]
    None,
    Article,
    Tag,
}

impl Grouping {
    pub(crate) const ALL: [Self; 3] = [Self::None, Self::Article, Self::Tag];

    /// The identifier in attributes of the page.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Article => "article",
            Self::Tag => "tag",
        }
    }

    /// The name shown on the page.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::None => "Not grouped",
            Self::Article => "Grouped by article",
            Self::Tag => "Grouped by tag",
        }
    }
}

/// Which annotations are shown, and in which order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableOptions {
    pub(crate) column: Column,
    pub(crate) descending: bool,
    pub(crate) grouping: Grouping,
    /// Words to find in the passage, the note or the attributes, without regard to case and accents.
    pub(crate) words: String,
    pub(crate) article: Option<ArticleId>,
    pub(crate) tag: Option<TagId>,
    /// An attribute that must be set, or set to a certain value.
    pub(crate) attribute: Option<(AttributeId, Option<Rc<str>>)>,
}

impl TableOptions {
    /// True if all annotations are shown, in reading order.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// True if annotations may be hidden.
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
    /// The index of the article in the library.
    article_index: usize,
    pub(crate) annotation: Rc<Annotation>,
    /// Its tag and the index of that, if the codebook has it.
    tag: Option<(usize, Rc<Tag>)>,
    pub(crate) modified: Timestamp,
    /// The folded text in which words are searched; computed on first use.
    folded: OnceCell<Box<str>>,
}

impl Row {
    /// The passage.
    pub(crate) fn text(&self) -> &str {
        self.article.slice(self.annotation.span)
    }

    /// Its tag, if the codebook has it.
    pub(crate) fn tag(&self) -> Option<&Rc<Tag>> {
        self.tag.as_ref().map(|(_, it)| it)
    }

    /// The name of the tag.
    pub(crate) fn tag_name(&self) -> &str {
        self.tag.as_ref().map_or(self.annotation.tag.as_str(), |(_, it)| &it.name)
    }

    /// The index of the tag in the codebook. Tags that it does not have are last.
    fn tag_index(&self) -> usize {
        self.tag.as_ref().map_or(usize::MAX, |(index, _)| *index)
    }

    /// The attributes as text.
    pub(crate) fn attributes(&self) -> String {
        let values = self.tag.iter().flat_map(|(_, tag)| self.annotation.attributes.of(tag));
        let parts: Vec<_> = values.map(|(it, value)| format!("{}: {}", it.name, it.shown(value))).collect();
        parts.join("; ")
    }

    fn folded(&self, fold: &mut impl FnMut(&str) -> String) -> &str {
        self.folded.get_or_init(|| {
            let text = beginning(self.text(), SEARCH_LIMIT);
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
    /// The heading of a group, with the number of its rows.
    Heading(String, usize),
    /// The row with this index.
    Row(usize),
}

/// Every annotation of the session, in reading order.
pub(super) fn rows(session: &Session) -> Vec<Row> {
    rows_of(session, |set, _| Some(set.in_order()))
}

/// The first `count` annotations of the session, in reading order.
pub(super) fn first_rows(session: &Session, count: usize) -> Vec<Row> {
    rows_of(session, |set, before| count.checked_sub(before).map(|it| set.first(it)))
}

/// The annotations that `pick` takes from each article. It gets the number of rows so far.
fn rows_of(
    session: &Session,
    pick: impl Fn(&AnnotationSet, usize) -> Option<Vec<(AnnotationId, Rc<Annotation>)>>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let codebook = session.codebook();
    let tag = |id| codebook.index_of(id).map(|it| (it, Rc::clone(&codebook.tags()[it])));
    for (article_index, article) in session.library().iter().enumerate() {
        let picked =
            session.annotations(article.id()).and_then(|it| pick(it, rows.len())).unwrap_or_default();
        rows.extend(picked.into_iter().filter_map(|(id, annotation)| {
            let modified = session.records().get(id)?.modified;
            let article = Rc::clone(article);
            let tag = tag(annotation.tag);
            Some(Row { id, article, article_index, annotation, tag, modified, folded: OnceCell::new() })
        }));
    }
    rows
}

/// The sort key of a row.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    /// True if there are no words, and the words. Empty ones are last.
    Words(bool, String),
}

/// Filters rows in slices, then sorts and groups them into lines.
pub(super) struct LineBuilder {
    options: TableOptions,
    /// The folded words of the filter.
    words: String,
    /// The number of rows filtered so far.
    at: usize,
    /// The rows that pass the filter: group, sort key and index.
    matching: Vec<(usize, Key, usize)>,
}

impl LineBuilder {
    /// A builder that has seen no rows yet. `fold` removes case and accents.
    pub(crate) fn new(options: TableOptions, fold: &mut impl FnMut(&str) -> String) -> Self {
        let words = fold(&options.words).trim().to_owned();
        Self { options, words, at: 0, matching: Vec::new() }
    }

    /// How many rows have been filtered so far.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The lines so far, if further rows can only follow them, because rows are in reading order.
    pub(crate) fn lines_so_far(&self) -> Option<Vec<Line>> {
        let TableOptions { column, descending, grouping, .. } = self.options;
        let in_reading_order = column == Column::Article && !descending && grouping == Grouping::None;
        in_reading_order.then(|| self.matching.iter().map(|(.., row)| Line::Row(*row)).collect())
    }

    /// Filters the next `count` rows. Returns true if there are more.
    pub(crate) fn step(&mut self, rows: &[Row], count: usize, fold: &mut impl FnMut(&str) -> String) -> bool {
        let to = self.at.saturating_add(count).min(rows.len());
        for (index, row) in rows.iter().enumerate().take(to).skip(self.at) {
            if self.shows(row, fold) {
                let group = match self.options.grouping {
                    Grouping::None => 0,
                    Grouping::Article => row.article_index,
                    Grouping::Tag => row.tag_index(),
                };
                self.matching.push((group, self.key(row, fold), index));
            }
        }
        self.at = to;
        to < rows.len()
    }

    fn shows(&self, row: &Row, fold: &mut impl FnMut(&str) -> String) -> bool {
        let TableOptions { article, tag, attribute, .. } = &self.options;
        let annotation = &row.annotation;
        article.as_ref().is_none_or(|it| *it == annotation.article)
            && tag.is_none_or(|it| it == annotation.tag)
            && attribute.as_ref().is_none_or(|(attribute, wanted)| {
                let value = annotation.attributes.get(*attribute);
                value.is_some_and(|it| wanted.as_ref().is_none_or(|wanted| it == wanted))
            })
            && (self.words.is_empty() || row.folded(fold).contains(&self.words))
    }

    fn key(&self, row: &Row, fold: &mut impl FnMut(&str) -> String) -> Key {
        let mut words = |text: &str| {
            let words = fold(beginning(text, SORT_LIMIT));
            Key::Words(words.trim().is_empty(), words)
        };
        match self.options.column {
            // Rows of the same article are in reading order already.
            Column::Article => Key::Number(row.article_index as u64),
            Column::Tag => Key::Number(row.tag_index() as u64),
            Column::Text => words(row.text()),
            Column::Note => words(&row.annotation.note),
            Column::Attributes => words(&row.attributes()),
            Column::Modified => Key::Number(row.modified.0),
        }
    }

    /// The lines of the table, once all rows have been filtered.
    pub(crate) fn finish(mut self, rows: &[Row]) -> Vec<Line> {
        if let Some(lines) = self.lines_so_far() {
            return lines;
        }
        let descending = self.options.descending;
        // Rows with equal keys stay in reading order.
        order::sort_by(&mut self.matching, |(group, key, _), (other_group, other, _)| {
            let order = match (key, other) {
                (Key::Words(none, _), Key::Words(other_none, _)) if none != other_none => {
                    none.cmp(other_none)
                }
                _ if descending => other.cmp(key),
                _ => key.cmp(other),
            };
            group.cmp(other_group).then(order)
        });
        let mut lines = Vec::with_capacity(self.matching.len());
        let heading = |row: &Row| match self.options.grouping {
            Grouping::None => None,
            Grouping::Article => Some(row.article.title().to_owned()),
            Grouping::Tag => Some(row.tag_name().to_owned()),
        };
        for group in self.matching.chunk_by(|(one, ..), (other, ..)| one == other) {
            lines.extend(heading(&rows[group[0].2]).map(|it| Line::Heading(it, group.len())));
            lines.extend(group.iter().map(|(.., row)| Line::Row(*row)));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Grouping, Line, LineBuilder, Row, TableOptions, rows};
    use crate::{
        annotation::{Codebook, ReplicaId, TagId, Timestamp},
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
            let tag = session.codebook().tags()[tag].id;
            let command = Command::Tag { article: id, span, tag };
            session.execute(&command, Moment { now: Timestamp(now), entropy });
        }
        session
    }

    fn shown(options: TableOptions) -> Vec<String> {
        let rows: Vec<Row> = rows(&session());
        let mut fold = |words: &str| words.to_lowercase();
        let mut builder = LineBuilder::new(options, &mut fold);
        while builder.step(&rows, 2, &mut fold) {}
        let lines = builder.finish(&rows);
        let line = |line: &Line| match line {
            Line::Heading(name, count) => format!("{name} ({count})"),
            Line::Row(row) => rows[*row].text().to_owned(),
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn rows_are_in_reading_order() {
        assert_eq!(shown(TableOptions::default()), ["one two", "one", "two", "Beta", "gamma"]);
        let descending = TableOptions { descending: true, ..TableOptions::default() };
        assert_eq!(shown(descending), ["Beta", "gamma", "one two", "one", "two"]);
    }

    #[test]
    fn first_lines_are_known_before_all_rows_are_filtered() {
        let rows: Vec<Row> = rows(&session());
        let lines_so_far = |options: TableOptions| {
            let mut fold = |words: &str| words.to_lowercase();
            let mut builder = LineBuilder::new(options, &mut fold);
            assert!(builder.step(&rows, 2, &mut fold));
            builder.lines_so_far()
        };
        assert_eq!(lines_so_far(TableOptions::default()), Some(vec![Line::Row(0), Line::Row(1)]));
        assert_eq!(lines_so_far(TableOptions { column: Column::Text, ..TableOptions::default() }), None);
        assert_eq!(lines_so_far(TableOptions { descending: true, ..TableOptions::default() }), None);
    }

    #[test]
    fn rows_are_sorted_by_each_column() {
        let by = |column, descending| shown(TableOptions { column, descending, ..TableOptions::default() });
        assert_eq!(by(Column::Text, false), ["Beta", "gamma", "one", "one two", "two"]);
        assert_eq!(by(Column::Text, true), ["two", "one two", "one", "gamma", "Beta"]);
        assert_eq!(by(Column::Tag, false), ["one two", "gamma", "two", "Beta", "one"]);
        assert_eq!(by(Column::Modified, true), ["one two", "Beta", "one", "two", "gamma"]);
        assert_eq!(by(Column::Note, true).len(), 5);
    }

    #[test]
    fn rows_are_filtered_and_grouped() {
        let words = TableOptions { words: " BETA".to_owned(), ..TableOptions::default() };
        assert_eq!(shown(words), ["Beta"]);
        let tag = TableOptions { tag: Some(TagId::new("proposal")), ..TableOptions::default() };
        assert_eq!(shown(tag), ["one two", "gamma"]);
        let article = TableOptions { article: Some(ArticleId::new("a")), ..TableOptions::default() };
        assert_eq!(shown(article), ["Beta", "gamma"]);
        let groups =
            TableOptions { grouping: Grouping::Tag, column: Column::Text, ..TableOptions::default() };
        assert_eq!(
            shown(groups),
            ["Proposal (2)", "gamma", "one two", "Argument (2)", "Beta", "two", "Prediction (1)", "one"]
        );
        let attribute = Codebook::default().find_attribute("role").map(|it| (it.id, None));
        assert_eq!(shown(TableOptions { attribute, ..TableOptions::default() }), Vec::<String>::new());
    }
}
