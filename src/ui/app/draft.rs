//! A note that is written before its passage has a tag.

use super::{App, State};
use crate::{
    annotation::Tag,
    interchange::{Reason, parse_draft, write_draft},
    session::Command,
    storage::TabItem,
    text::{ArticleId, Span},
    ui::{platform, surface::Paint},
};

/// The `id` of the field that it is written in.
pub(in crate::ui) const DRAFT_FIELD: &str = "draft-note";

/// A note on a passage that has no tag yet.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Draft {
    pub(in crate::ui) article: ArticleId,
    pub(in crate::ui) span: Span,
    pub(in crate::ui) note: String,
}

/// The frames until the text that has just been put into the page is painted.
const FRAMES_TO_PAINT: u32 = 2;

impl App {
    /// Puts the cursor into a note: a new one on the selected passage, or that of the focused annotation.
    pub(in crate::ui) fn write_note(&self) {
        let (passage, article, draft) =
            self.read(|state| (state.passage(), state.open.clone(), state.draft.clone()));
        let (Some(span), Some(article)) = (passage, article) else {
            self.write_focused_note();
            return;
        };
        match draft {
            Some(it) if it.span != span && !it.note.is_empty() => {
                self.say("There is a note without a tag already. Give it a tag or discard it first.");
            }
            Some(it) if it.article == article && it.span == span => {}
            _ => self.keep_draft(Some(Draft { article, span, note: String::new() })),
        }
        self.show_cards();
        self.focus(None);
        self.when_there(DRAFT_FIELD, |field| {
            let _ = field.focus();
        });
    }

    /// Takes over what is written.
    pub(in crate::ui) fn write_draft(&self, note: String) {
        let draft = self.read(|state| state.draft.clone());
        self.keep_draft(draft.map(|it| Draft { note, ..it }));
    }

    /// Makes an annotation of the draft; whether there was one on this passage, or on any where none is given.
    pub(in crate::ui) fn tag_draft(&self, tag: Tag, passage: Option<(&ArticleId, Span)>) -> bool {
        let draft = self.read(|state| state.draft.clone());
        let Some(it) = draft.filter(|it| passage.is_none_or(|here| here == (&it.article, it.span))) else {
            return false;
        };
        self.unhide(tag);
        self.clear_selection();
        let Draft { article, span, note } = it;
        if let Some(id) = self.execute(&Command::TagWithNote { article, span, tag, note: note.into() }) {
            self.keep_draft(None);
            self.focus(Some(id));
            let words = self.words_of(id);
            self.say(format!("Tagged as {} with its note: {words}", tag.name()));
        }
        true
    }

    /// Throws the draft away.
    pub(in crate::ui) fn discard_draft(&self) {
        self.keep_draft(None);
        self.say("Note discarded");
        platform::focus_first("#reader");
    }

    /// Throws the draft away if nothing is written.
    pub(super) fn drop_empty_draft(&self) -> bool {
        let empty = self.read(|state| state.draft.as_ref().is_some_and(|it| it.note.is_empty()));
        if empty {
            self.keep_draft(None);
        }
        empty
    }

    /// Takes up a draft as it is kept, and shows its passage, unless the person is at something else already.
    pub(super) fn take_up_draft(&self, kept: &str) {
        match self.read(|state| parse_draft(kept, state.session.library())) {
            Ok((article, span, note)) => {
                let shown = self.surface().is_none() || self.is_free_for(&article);
                if shown {
                    self.open(&article);
                }
                self.update(|state| state.draft = Some(Draft { article, span, note }));
                if shown {
                    self.show_draft();
                } else {
                    self.paint_draft();
                }
            }
            // Its text comes with the durable copy.
            Err(Reason::Article { .. }) => {}
            Err(reason) => self.update(|state| {
                let now = platform::now();
                let _ = state.saver.tab_state().set(TabItem::Draft, None, now);
                state.fail(format!(
                    "A note without a tag could not be shown again, since {reason}. It was: {kept}"
                ));
            }),
        }
    }

    /// Has the page show no draft any more.
    pub(super) fn lay_down_draft(&self) {
        self.update(|state| state.draft = None);
        self.paint_draft();
    }

    /// Brings the draft's passage into view and selects it, where it is on the page.
    pub(super) fn show_draft(&self) {
        let passage = self.read(State::drafted_here);
        if let Some(span) = passage {
            self.paint_draft();
            self.reveal(span.start());
            self.select_draft(FRAMES_TO_PAINT);
        }
    }

    /// Later, since `WebKit` never draws a part of the text that was selected before it was drawn for the first time.
    fn select_draft(&self, frames: u32) {
        let app = self.clone();
        let frame = gloo::render::request_animation_frame(move |_| {
            if frames > 0 {
                app.select_draft(frames - 1);
            } else if let Some(span) = app.read(State::drafted_here) {
                app.with_surface(|it| it.select(span, false));
                // Not every browser tells of it so early.
                app.selection_changed();
            }
        });
        *self.0.note_frame.borrow_mut() = Some(frame);
    }

    fn keep_draft(&self, draft: Option<Draft>) {
        let item = self.read(|state| {
            let it = draft.as_ref()?;
            Some(write_draft(state.session.library().get(&it.article)?, it.span, &it.note))
        });
        self.update(|state| {
            if let Err(failure) = state.saver.tab_state().set(TabItem::Draft, item, platform::now()) {
                state.fail(format!("The note without a tag would not survive a reload: {failure}."));
            }
            state.draft = draft;
        });
        self.deliver();
        self.paint_draft();
    }

    /// Paints the draft's passage: while one writes, nothing is selected.
    pub(super) fn paint_draft(&self) {
        let passage = self.read(State::drafted_here);
        if let Some(surface) = self.surface().as_ref() {
            surface.paint(Paint::Draft, passage);
        }
    }
}

impl State {
    /// The passage of the draft, when its article is open.
    pub(in crate::ui) fn drafted_here(&self) -> Option<Span> {
        let draft = self.draft.as_ref()?;
        (self.open.as_ref() == Some(&draft.article)).then_some(draft.span)
    }
}
