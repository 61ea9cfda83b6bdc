//! Tagging the same words wherever else they stand: which they are, where they were found, and which are chosen.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{App, Dialog, State, notice::count, work::CalledOff};
use crate::{
    annotation::Tag,
    session::Command,
    text::{Article, ArticleId, Context, Query, Search, Span},
};

/// No more places than this are listed and tagged at once.
const MOST: usize = 2_000;
/// How much is shown before and after the words, in characters.
const CONTEXT: usize = 48;

/// A place where the words are.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Occurrence {
    pub(in crate::ui) article: ArticleId,
    pub(in crate::ui) span: Span,
    pub(in crate::ui) context: Context,
    /// The tags that it has already, by their place in the codebook.
    pub(in crate::ui) tagged: [bool; Tag::ALL.len()],
    /// What the person said; nothing while they have not.
    said: Option<bool>,
}

impl Occurrence {
    /// Whether it is to be tagged: all that do not have the tag yet, unless the person says otherwise.
    pub(in crate::ui) fn is_chosen(&self, tag: Tag) -> bool {
        self.said.unwrap_or(!self.tagged[tag.index()])
    }
}

/// How words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) struct How {
    pub(in crate::ui) match_case: bool,
    pub(in crate::ui) whole_words: bool,
    /// In all articles, or in the open one.
    pub(in crate::ui) everywhere: bool,
}

/// The words and where they are, while their window is open.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Occurrences {
    pub(in crate::ui) words: Rc<str>,
    pub(in crate::ui) how: How,
    pub(in crate::ui) tag: Tag,
    pub(in crate::ui) found: Vec<Occurrence>,
    /// Whether everything has been looked through.
    pub(in crate::ui) done: bool,
    /// Whether there are more than are listed.
    pub(in crate::ui) more: bool,
    turn: u32,
}

impl Occurrences {
    /// How many are to be tagged.
    pub(in crate::ui) fn chosen(&self) -> usize {
        self.found.iter().filter(|it| it.is_chosen(self.tag)).count()
    }
}

impl App {
    /// Opens the window for tagging the selected words, or those of the focused annotation, wherever else they stand.
    pub(in crate::ui) fn tag_others(&self) {
        let begun = self.read(|state| {
            let (article, set) = state.opened()?;
            let focused = state.focus.and_then(|it| set.get(it));
            let passage = state.passage();
            let span = passage.or(focused.map(|it| it.span)).or(state.drafted_here())?;
            let tag = if passage.is_some() { state.armed } else { focused.map(|it| it.tag) };
            let whole_words = is_whole(article, span);
            let how = How { match_case: false, whole_words, everywhere: false };
            let words = Rc::from(article.slice(span));
            let tag = tag.unwrap_or(Tag::ALL[0]);
            Some(Occurrences { words, how, tag, found: Vec::new(), done: false, more: false, turn: 0 })
        });
        if let Some(begun) = begun {
            self.update(|state| {
                state.occurrences = Some(begun);
                state.dialog = Some(Dialog::Occurrences);
            });
            self.look_for_others();
        }
    }

    /// Looks for the words in another way.
    pub(in crate::ui) fn look_otherwise(&self, how: How) {
        self.update(|state| {
            if let Some(all) = &mut state.occurrences {
                all.how = how;
            }
        });
        self.look_for_others();
    }

    /// Chooses the tag that they are to get.
    pub(in crate::ui) fn tag_others_as(&self, tag: Tag) {
        self.update(|state| {
            if let Some(all) = &mut state.occurrences {
                all.tag = tag;
            }
        });
    }

    /// Chooses a place or all of them, or no longer.
    pub(in crate::ui) fn choose_others(&self, place: Option<usize>, chosen: bool) {
        self.update(|state| {
            let Some(all) = &mut state.occurrences else { return };
            for (at, it) in all.found.iter_mut().enumerate() {
                if place.is_none_or(|place| place == at) {
                    it.said = Some(chosen);
                }
            }
        });
    }

    /// Tags what is chosen, in one step.
    pub(in crate::ui) fn tag_chosen_others(&self) {
        let chosen = self.update(|state| {
            let all = state.occurrences.take()?;
            state.dialog = None;
            let chosen = all.found.iter().filter(|it| it.is_chosen(all.tag));
            Some((chosen.map(|it| (it.article.clone(), it.span)).collect::<Vec<_>>(), all.tag))
        });
        let Some((passages, tag)) = chosen else { return };
        let passages_said = count(passages.len(), "passage", "passages");
        self.unhide(tag);
        self.clear_selection();
        if self.execute(&Command::TagAll(passages, tag)).is_some() {
            self.say(format!("Tagged {passages_said} as {}. Undo takes all of them back.", tag.name()));
        }
    }

    fn look_for_others(&self) {
        let begun = self.update(|state| {
            let articles: Vec<Rc<Article>> = state.session.library().iter().cloned().collect();
            let open = state.open.clone();
            let all = state.occurrences.as_mut()?;
            all.turn += 1;
            (all.found, all.done, all.more) = (Vec::new(), false, false);
            let here = |it: &Rc<Article>| all.how.everywhere || Some(it.id()) == open.as_ref();
            let articles: Vec<_> = articles.into_iter().filter(here).collect();
            Some((Rc::clone(&all.words), all.how, all.turn, articles))
        });
        let Some((words, how, turn, articles)) = begun else { return };
        let query = Query::new(&words, &mut self.0.alphabets.0.borrow_mut());
        let app = self.clone();
        spawn_local(async move {
            if let Some(query) = query {
                let _ = app.look_through(&articles, &query, &words, how, turn).await;
            }
            app.update(|state| {
                if let Some(all) = state.occurrences.as_mut().filter(|it| it.turn == turn) {
                    all.done = true;
                }
            });
        });
    }

    async fn look_through(
        &self,
        articles: &[Rc<Article>],
        query: &Query,
        words: &str,
        how: How,
        turn: u32,
    ) -> Result<(), CalledOff> {
        let mut work = self.begin_unseen();
        for article in articles {
            let mut search = Search::new(query.clone(), article.text().len());
            loop {
                let mut spans = Vec::new();
                let more = search.step(article, &mut self.0.alphabets.0.borrow_mut(), &mut spans);
                // The search takes one accent for another; here the words are to be the same.
                spans.retain(|it| is_same(article.slice(*it), words, how.match_case));
                spans.retain(|it| !how.whole_words || is_whole(article, *it));
                if !spans.is_empty() {
                    self.update(|state| state.add_others(article, &spans, turn));
                }
                let current = self
                    .read(|state| state.occurrences.as_ref().is_some_and(|it| it.turn == turn && !it.more));
                if !current {
                    return Err(CalledOff);
                }
                if !more {
                    break;
                }
                work.rest(0, 1).await?;
            }
        }
        Ok(())
    }
}

impl State {
    fn add_others(&mut self, article: &Article, spans: &[Span], turn: u32) {
        let found: Vec<Occurrence> = spans.iter().map(|it| self.occurrence(article, *it)).collect();
        if let Some(all) = self.occurrences.as_mut().filter(|it| it.turn == turn) {
            all.found.extend(found);
            all.more = all.found.len() > MOST;
            all.found.truncate(MOST);
        }
    }

    fn occurrence(&self, article: &Article, span: Span) -> Occurrence {
        let mut tagged = [false; Tag::ALL.len()];
        let here = self.session.annotations(article.id()).map(|it| it.overlapping(span)).unwrap_or_default();
        for (_, it) in here {
            tagged[it.tag.index()] |= it.span.hull(span) == it.span;
        }
        Occurrence {
            article: article.id().clone(),
            span,
            context: article.context(span, CONTEXT, CONTEXT),
            tagged,
            said: None,
        }
    }
}

/// Whether the words are the same but for white space and, unless it matters, for case.
fn is_same(one: &str, other: &str, match_case: bool) -> bool {
    let same = |a: &str, b: &str| a == b || (!match_case && a.to_lowercase() == b.to_lowercase());
    let (mut one, mut other) = (one.split_whitespace(), other.split_whitespace());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if same(a, b) => {}
            _ => return false,
        }
    }
}

/// Whether no letter or digit goes on where the words end.
fn is_whole(article: &Article, span: Span) -> bool {
    let text = article.text();
    let goes_on = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let (before, after) = (text[..span.start()].chars().next_back(), text[span.end()..].chars().next());
    let words = article.slice(span);
    !(goes_on(before) && goes_on(words.chars().next())
        || goes_on(after) && goes_on(words.chars().next_back()))
}
