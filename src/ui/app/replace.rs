//! A newer text for an article: what becomes of the annotations on the earlier one.

use std::rc::Rc;

use super::{App, Dialog, Notice, State, actions::excerpt, texts::Incoming};
use crate::{
    annotation::{AnnotationId, AnnotationSet, ArticleRecord, NewArticle, Tag},
    session::{ArticleCommand, Command},
    text::{Anchored, Article, ArticleId, Span, Text, anchor},
    ui::platform,
};

/// More annotations than these are not listed at once.
const LISTED: usize = 50;

/// What became of annotations when their article got a newer text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui) struct Outcome {
    /// How many are where they were, and how many were found elsewhere; only just after the text was replaced.
    pub(in crate::ui) found: Option<(usize, usize)>,
    /// Those that a person has to decide about.
    pub(in crate::ui) strays: Vec<Stray>,
    /// How many more there are.
    pub(in crate::ui) unlisted: usize,
    /// The article with the newer text.
    article: Option<ArticleId>,
}

/// An annotation of an earlier text that is not placed.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Stray {
    pub(in crate::ui) id: AnnotationId,
    pub(in crate::ui) tag: Tag,
    pub(in crate::ui) quote: String,
    pub(in crate::ui) note: String,
    /// Whether its words stand in the newer text, and it is not certain where they are meant.
    pub(in crate::ui) ambiguous: bool,
    pub(in crate::ui) places: Vec<Place>,
}

/// Where it may belong.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Place {
    pub(in crate::ui) span: Span,
    pub(in crate::ui) before: String,
    pub(in crate::ui) words: String,
    pub(in crate::ui) after: String,
}

impl App {
    /// Has the person bring a text.
    pub(in crate::ui) fn ask_for_text(&self) {
        self.update(|state| {
            state.replacing = None;
            state.dialog = Some(Dialog::AddText);
        });
    }

    /// Has the person bring a newer text for an own article.
    pub(in crate::ui) fn ask_for_newer(&self, id: &ArticleId) {
        self.update(|state| {
            state.replacing = Some(id.clone());
            state.dialog = Some(Dialog::AddText);
        });
    }

    /// Gives an own article a newer text.
    pub(super) fn replace_text(&self, id: ArticleId, incoming: Incoming) {
        let Some(mut work) = self.begin("Finding the annotations again".to_owned()) else { return };
        let app = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let before = app.read(|state| {
                let article = Rc::clone(state.session.library().get(&id)?);
                let all = state.session.annotations(&id)?.in_order();
                Some((article, all.iter().map(|(id, it)| (*id, it.span)).collect::<Vec<_>>()))
            });
            let Some((old, annotations)) = before else { return };
            let body = Rc::new(Text::new(&incoming.text));
            if body.sha256() == old.body().sha256() {
                app.update(|state| state.fail("This is the text that the article has already."));
                return;
            }
            let moment = platform::moment();
            let new = NewArticle {
                id: ArticleRecord::mint(moment.now, moment.entropy),
                title: old.title().into(),
                kind: incoming.kind.into(),
                source: incoming.source.as_str().into(),
                sha256: Rc::clone(body.sha256()),
            };
            let article = Article::with_text(
                new.id.clone(),
                old.title(),
                incoming.kind,
                &incoming.source,
                Rc::clone(&body),
            );
            let mut found = Vec::new();
            for (place, (id, span)) in annotations.iter().enumerate() {
                if let Anchored::Found(to) = anchor(&old, *span, &article) {
                    found.push((*id, to));
                }
                if work.rest(place, annotations.len()).await.is_err() {
                    app.update(|state| state.say("Called off. Everything is as it was."));
                    return;
                }
            }
            drop(work);
            let places: std::collections::HashMap<_, _> = annotations.into_iter().collect();
            let exact = found.iter().filter(|(id, to)| places.get(id) == Some(to)).count();
            let counts = (exact, found.len() - exact);
            let (to, strays) = (new.id.clone(), places.len() - found.len());
            app.0.state.borrow_mut().session.add_texts([body]);
            app.execute(&Command::Article(ArticleCommand::Replace { id, new, found }));
            app.open(&to);
            if strays > 0 {
                app.show_strays(&to, Some(counts));
            } else {
                app.update(|state| {
                    let notice = Notice::Replaced { exact: counts.0, moved: counts.1 };
                    state.say(notice.text());
                    state.notify(notice);
                });
            }
        });
    }

    /// Shows the annotations of earlier texts of an article that are not placed yet.
    pub(in crate::ui) fn show_strays(&self, article: &ArticleId, found: Option<(usize, usize)>) {
        self.update(|state| {
            let (strays, unlisted) = state.strays(article);
            let dialog = (!strays.is_empty()).then_some(Dialog::Placing);
            state.replaced =
                Some(Rc::new(Outcome { found, strays, unlisted, article: Some(article.clone()) }));
            if dialog.is_some() || state.dialog == Some(Dialog::Placing) {
                state.dialog = dialog;
            }
        });
    }

    /// The same, found by an earlier text.
    pub(in crate::ui) fn place_strays_of(&self, earlier: &ArticleId) {
        let latest = self.read(|state| state.session.articles().successor(earlier).cloned());
        if let Some(latest) = latest {
            self.show_strays(&latest, None);
        }
    }

    /// What is left to be decided, after a decision.
    fn go_on_placing(&self, said: &str) {
        self.update(|state| state.say(said));
        let outcome = self.read(|state| state.replaced.clone());
        if let Some(outcome) = outcome
            && let Some(article) = &outcome.article
        {
            self.show_strays(article, outcome.found);
        }
    }

    /// Puts an annotation of an earlier text on this passage of the newer one.
    pub(in crate::ui) fn place_stray(&self, annotation: AnnotationId, span: Span) {
        let on = self.read(|state| state.replaced.as_ref().and_then(|it| it.article.clone()));
        if let Some(on) = on {
            self.execute(&Command::Article(ArticleCommand::Place { annotation, on, span }));
            self.go_on_placing("Placed");
        }
    }

    /// Leaves an annotation with its earlier text.
    pub(in crate::ui) fn settle_stray(&self, annotation: AnnotationId) {
        self.execute(&Command::Article(ArticleCommand::Settle(annotation)));
        self.go_on_placing("Kept with the earlier text");
    }

    /// Deletes an annotation of an earlier text.
    pub(in crate::ui) fn delete_stray(&self, annotation: AnnotationId) {
        self.execute(&Command::Delete(annotation));
        self.go_on_placing("Deleted. Undo brings it back.");
    }

    /// Has the person select the passage of an annotation in the newer text.
    pub(in crate::ui) fn place_by_hand(&self, annotation: AnnotationId) {
        let article = self.read(|state| state.replaced.as_ref().and_then(|it| it.article.clone()));
        let Some(article) = article else { return };
        self.open(&article);
        self.update(|state| {
            let Some(it) = state.session.annotation(annotation) else { return };
            let quote =
                state.session.library().get(&it.article).map(|article| excerpt(article.slice(it.span)));
            state.placing = Some(annotation);
            let notice = Notice::Placing { quote: quote.unwrap_or_default() };
            state.say(notice.text());
            state.notify(notice);
        });
    }

    /// Puts the annotation for which a passage was being selected on the selection.
    pub(in crate::ui) fn place_selection(&self) {
        let Some(annotation) = self.read(|state| state.placing) else { return };
        let Some(span) = self.read(|state| state.selection.map(|it| it.span)) else {
            self.update(|state| state.say("Select a passage first."));
            return;
        };
        self.stop_placing();
        self.clear_selection();
        self.place_stray(annotation, span);
        self.focus(Some(annotation));
    }

    /// Places it later.
    pub(in crate::ui) fn stop_placing(&self) {
        self.update(|state| {
            state.placing = None;
            state.notices.retain(|it| !matches!(it, Notice::Placing { .. }));
        });
    }
}

impl State {
    /// How many annotations of an earlier text are not placed yet.
    pub(in crate::ui) fn to_place(&self, earlier: &ArticleId) -> usize {
        let settled = self.session.articles().info(earlier).map(|it| &it.settled);
        let all = self.session.annotations(earlier).map(AnnotationSet::in_order).unwrap_or_default();
        all.iter().filter(|(id, _)| settled.is_none_or(|it| !it.contains(id))).count()
    }

    fn strays(&self, article: &ArticleId) -> (Vec<Stray>, usize) {
        let Some(new) = self.session.library().get(article) else { return (Vec::new(), 0) };
        let mut all = Vec::new();
        for old in self.session.library().iter() {
            if self.session.articles().successor(old.id()) != Some(article) {
                continue;
            }
            let settled =
                self.session.articles().info(old.id()).map(|it| it.settled.clone()).unwrap_or_default();
            let here = self.session.annotations(old.id()).map(AnnotationSet::in_order).unwrap_or_default();
            all.extend(
                here.into_iter().filter(|(id, _)| !settled.contains(id)).map(|it| (Rc::clone(old), it)),
            );
        }
        let unlisted = all.len().saturating_sub(LISTED);
        let strays = all.into_iter().take(LISTED).map(|(old, (id, it))| {
            let (ambiguous, spans) = match anchor(&old, it.span, new) {
                Anchored::Found(span) => (true, vec![span]),
                Anchored::Ambiguous(spans) => (true, spans),
                Anchored::Orphan(spans) => (false, spans),
            };
            let place = |span: Span| {
                let quote = new.quote(span);
                Place {
                    span,
                    before: quote.prefix.to_owned(),
                    words: excerpt(quote.exact),
                    after: quote.suffix.to_owned(),
                }
            };
            Stray {
                id,
                tag: it.tag,
                quote: excerpt(old.slice(it.span)),
                note: excerpt(&it.note),
                ambiguous,
                places: spans.into_iter().map(place).collect(),
            }
        });
        (strays.collect(), unlisted)
    }
}
