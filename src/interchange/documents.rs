//! Reads the articles of an export, some of which come with their texts.

use std::{collections::HashMap, rc::Rc};

use serde_json::{Value, value::RawValue};

use super::{
    entry,
    limits::TEXT_LIMIT,
    problem::{Problem, TextReason},
};
use crate::{
    annotation::{ArticleRecord, Context, NewArticle},
    text::{Article, ArticleId, Hashing, Text},
};

/// Collects the articles of an export while it is read.
pub(super) struct Documents {
    /// The articles of the page and of the file, and the tags of the page.
    pub(super) context: Context,
    /// The articles of the file that are not listed on the page.
    pub(super) new: Vec<NewArticle>,
    /// The texts of the file that the page does not have.
    pub(super) texts: Vec<Rc<Text>>,
    /// The ids here of articles that have a different id in the file.
    aliases: HashMap<String, ArticleId>,
    /// Texts that differ from those of the page, or that cannot be imported.
    pub(super) problems: Vec<Problem>,
    /// The article whose text is being hashed.
    pending: Option<Pending>,
    /// Whether the list has begun.
    has_begun: bool,
}

/// An article in a file, and its text as far as it has been processed.
struct Pending {
    id: String,
    sha256: String,
    title: String,
    kind: String,
    source: String,
    body: Body,
}

enum Body {
    /// The text as read.
    Plain(String),
    /// The text with its index, while its hash is computed.
    Indexed(Rc<Text>, Hashing),
}

impl Documents {
    pub(super) fn new(context: Context) -> Self {
        Self {
            context,
            new: Vec::new(),
            texts: Vec::new(),
            aliases: HashMap::new(),
            problems: Vec::new(),
            pending: None,
            has_begun: false,
        }
    }

    /// Begins the list of articles.
    pub(super) fn begin(&mut self) {
        self.has_begun = true;
    }

    pub(super) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Whether [`Documents::step`] has work to do, which comes before the next element.
    pub(super) fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// The id here of an article that has this id in the file, if they differ.
    pub(super) fn alias(&self, id: &str) -> Option<&ArticleId> {
        self.aliases.get(id)
    }

    /// Reads an element: accepts an article with its text, or reports once that the page has another text of the
    /// article.
    pub(super) fn add(&mut self, element: &RawValue) {
        let Ok(document) = entry::parse(element.get()) else { return };
        let text = |field| document.get(field).and_then(Value::as_str);
        let (Some(id), Some(expected)) = (text("id"), text("sha256")) else { return };
        if let Some(body) = text("text") {
            let field = |name| text(name).unwrap_or_default().to_owned();
            if body.len() > TEXT_LIMIT {
                self.refuse(&field("title"), TextReason::TooLong);
            } else if body.trim().is_empty() {
                self.refuse(&field("title"), TextReason::Empty);
            } else {
                self.pending = Some(Pending {
                    id: id.to_owned(),
                    sha256: expected.to_owned(),
                    title: field("title"),
                    kind: field("kind"),
                    source: field("source"),
                    body: Body::Plain(body.to_owned()),
                });
            }
            return;
        }
        let Some(article) = self.context.library.get(&ArticleId::new(id)) else { return };
        let problem = Problem::TextDiffers {
            article: article.title().to_owned(),
            expected: entry::shorten(expected),
            found: entry::shorten(article.sha256()),
        };
        let reported =
            self.problems.len() >= self.context.library.iter().count() || self.problems.contains(&problem);
        if !reported && !expected.eq_ignore_ascii_case(article.sha256()) {
            self.problems.push(problem);
        }
    }

    fn refuse(&mut self, title: &str, reason: TextReason) {
        self.problems.push(Problem::Text { title: entry::shorten(title), reason });
    }

    /// Does one piece of work on the pending text. Returns `false` after a large piece, which takes as long as many
    /// values.
    pub(super) fn step(&mut self) -> bool {
        const LONG: usize = 64 << 10;
        let Some(mut pending) = self.pending.take() else { return true };
        match &mut pending.body {
            Body::Plain(text) => {
                let is_short = text.len() < LONG;
                pending.body = Body::Indexed(Rc::new(Text::new(text)), Hashing::default());
                self.pending = Some(pending);
                return is_short;
            }
            Body::Indexed(body, hashing) => {
                let more = body.hash_step(hashing);
                let body = Rc::clone(body);
                if more {
                    self.pending = Some(pending);
                } else {
                    self.accept(pending, body);
                }
            }
        }
        true
    }

    /// Accepts an article with its text. An article of the page stays as it is; a different text gets another id.
    fn accept(&mut self, pending: Pending, body: Rc<Text>) {
        let Pending { id, sha256, title, kind, source, .. } = pending;
        if !sha256.eq_ignore_ascii_case(body.sha256()) {
            self.refuse(&title, TextReason::Hash);
            return;
        }
        let named = ArticleId::new(&id);
        let same = self.context.library.known(&named).map(|it| it.body().sha256() == body.sha256());
        let name = match (same, ArticleRecord::parse_id(&id)) {
            (Some(true), _) => named,
            (None, Some(own)) => own,
            _ => ArticleRecord::id_for_text(body.sha256()),
        };
        if name.as_str() != id {
            self.aliases.insert(id, name.clone());
        }
        if self.context.library.get(&name).is_some() || self.new.iter().any(|it| it.id == name) {
            return;
        }
        let title = if title.trim().is_empty() { "Untitled" } else { &title };
        self.new.push(NewArticle {
            id: name.clone(),
            title: title.into(),
            kind: kind.as_str().into(),
            source: source.as_str().into(),
            sha256: Rc::clone(body.sha256()),
        });
        if self.context.library.known(&name).is_none() {
            self.texts.push(Rc::clone(&body));
            self.context.library.add_unlisted(Rc::new(Article::with_text(name, title, &kind, &source, body)));
        }
    }
}
