//! What changes annotations: a person, another tab, the store; and what else a person can set.

use super::{App, Dialog, Notice, Settings, Sheet, State, drawn};
use crate::{
    annotation::{AnnotationId, Tag},
    session::{Command, Label},
    text::{ArticleId, EXCERPT_LENGTH, Span, beginning},
    ui::{
        address::View,
        platform,
        surface::{Marks, Paint, Surface},
    },
};

/// With more changed passages than this, all of what is near the viewport is drawn anew at once.
const MANY: usize = 64;

impl App {
    /// Does what a person wants done to an annotation, and keeps it.
    pub(in crate::ui) fn execute(&self, command: &Command) -> Option<AnnotationId> {
        self.draw_text_first();
        let (change, new_step) = {
            let mut state = self.0.state.borrow_mut();
            state.forget_import();
            let steps = state.session.history().steps();
            let change = state.session.execute(command, platform::moment());
            (change, state.session.history().steps() > steps)
        };
        if new_step {
            self.count_change();
        }
        let id = change.records.first().map(|it| it.id);
        self.settle(change);
        if id.is_some() {
            platform::ask_to_persist();
        }
        id
    }

    /// Tags the selection or what the text cursor is on; without them, gives the focused annotation another tag.
    pub(in crate::ui) fn tag(&self, tag: Tag) {
        let (passage, focus, article) = self.read(|state| (state.passage(), state.focus, state.open.clone()));
        if let (Some(span), Some(article)) = (passage, article) {
            if self.tag_draft(tag, Some((&article, span))) {
                return;
            }
            self.unhide(tag);
            self.clear_selection();
            self.drop_cursor();
            let words = self.read(|state| state.opened().map(|(it, _)| excerpt(it.slice(span))));
            if let Some(id) = self.execute(&Command::Tag { article, span, tag }) {
                let words = words.unwrap_or_default();
                self.update(|state| state.say(format!("Tagged as {}: {words}", tag.name())));
                self.focus(Some(id));
            }
        } else if let Some(id) = focus {
            self.retag(id, tag);
        } else {
            // While the note is written, nothing is selected.
            self.tag_draft(tag, None);
        }
    }

    /// Gives an annotation another tag.
    pub(in crate::ui) fn retag(&self, id: AnnotationId, tag: Tag) {
        self.unhide(tag);
        if self.execute(&Command::Retag(id, tag)).is_some() {
            self.update(|state| state.say(format!("Changed to {}", tag.name())));
        }
    }

    /// What a person just gave is shown, whatever the filter hid before.
    pub(super) fn unhide(&self, tag: Tag) {
        if self.read(|state| state.hidden[tag.index()]) {
            self.toggle(tag);
        }
    }

    /// Deletes an annotation.
    pub(in crate::ui) fn delete(&self, id: AnnotationId) {
        if self.execute(&Command::Delete(id)).is_some() {
            self.update(|state| state.say("Deleted. Undo brings it back."));
        }
    }

    /// Takes back the latest change, or does it again.
    pub(in crate::ui) fn travel(&self, back: bool) {
        self.draw_text_first();
        let now = platform::now();
        let done = {
            let mut state = self.0.state.borrow_mut();
            state.forget_import();
            if back { state.session.undo(now) } else { state.session.redo(now) }
        };
        let word = if back { "Undone" } else { "Redone" };
        match done {
            Some((label, change)) => {
                let here = |it: &ArticleId| self.read(|state| state.session.library().get(it).is_some());
                let place = change.touched.iter().find(|(article, _)| here(article));
                let place = place.map(|(article, span)| (article.clone(), span.start()));
                let back = change.records.first().and_then(|it| Some((it.id, it.content.as_ref()?.tag)));
                let id = back.map(|(id, _)| id);
                let listed =
                    change.articles.iter().find(|it| it.content.as_ref().is_some_and(|it| it.listed));
                // What comes back is shown, and so is what stands in the place of what goes.
                let article = listed.filter(|_| label != Label::MoveText).map(|it| it.id.clone());
                if let Some((_, tag)) = back {
                    self.unhide(tag);
                }
                self.count_change();
                self.settle(change);
                self.update(|state| state.say(format!("{word}: {label}")));
                // In the table one goes on where one is.
                if label != Label::Import && self.read(|state| state.view == View::Reader) {
                    match (place, article.filter(here)) {
                        (Some((article, start)), None) => {
                            self.open(&article);
                            self.reveal(start);
                        }
                        (_, Some(article)) => self.open(&article),
                        (None, None) => {}
                    }
                    self.focus(id);
                }
            }
            None => self.update(|state| state.say(format!("Nothing to be {}", word.to_lowercase()))),
        }
    }

    /// Shows or hides the annotations with a tag.
    pub(in crate::ui) fn toggle(&self, tag: Tag) {
        self.draw_text_first();
        let hidden_focus = self.update(|state| {
            let hidden = &mut state.hidden[tag.index()];
            *hidden = !*hidden;
            let verb = if *hidden { "hidden" } else { "shown" };
            state.say(format!("{} {verb}", tag.name()));
            let focused = state.focus.and_then(|it| state.session.annotation(it));
            focused.is_some_and(|it| !state.shows(it.tag))
        });
        if hidden_focus {
            self.focus(None);
        }
        self.redraw_all();
    }

    /// Opens a dialog, or closes the one that is open.
    pub(in crate::ui) fn dialog(&self, dialog: Option<Dialog>) {
        self.update(|state| state.dialog = dialog);
        if dialog.is_none() {
            self.select_again();
        }
    }

    /// Selects on the page what was selected before a dialog took the selection.
    fn select_again(&self) {
        let state = self.0.state.borrow();
        if let Some(surface) = self.surface().as_ref() {
            restore(&state, surface);
        }
    }

    /// A dialog was closed, by whatever means.
    pub(in crate::ui) fn closed(&self, dialog: Dialog) {
        if dialog == Dialog::Progress {
            self.call_off();
        }
        self.update(|state| state.dialog = state.dialog.filter(|it| *it != dialog));
        self.select_again();
    }

    /// Opens a side pane over the reader, or closes it.
    pub(in crate::ui) fn sheet(&self, sheet: Option<Sheet>) {
        if sheet == Some(Sheet::Annotations) {
            self.show_view(View::Reader);
        }
        self.update(|state| state.sheet = sheet);
    }

    /// Has the cards in sight, where there is no room for them beside the text.
    pub(super) fn show_cards(&self) {
        if platform::is_narrow() {
            self.sheet(Some(Sheet::Annotations));
        }
    }

    /// Changes how the page looks.
    pub(in crate::ui) fn set(&self, settings: Settings) {
        settings.keep();
        self.update(|state| state.settings = settings);
        self.make_highlights(settings.whole);
    }

    /// Changes something of how the page looks.
    pub(in crate::ui) fn change(&self, change: impl FnOnce(Settings) -> Settings) {
        self.set(change(self.read(|state| state.settings)));
    }

    /// Tells assistive technology something.
    pub(in crate::ui) fn say(&self, words: impl Into<String>) {
        self.update(|state| state.say(words));
    }

    /// Shows the notice that says why something is not kept, or puts it away.
    pub(in crate::ui) fn explain_unsaved(&self, explain: bool) {
        self.update(|state| state.failure_read = !explain);
    }

    /// Takes a notice away.
    pub(in crate::ui) fn dismiss(&self, kind: &str) {
        self.update(|state| state.notices.retain(|it| it.kind() != kind));
    }

    pub(super) fn refresh(&self, touched: &[(ArticleId, Span)]) {
        if !touched.is_empty() {
            self.draw_text_first();
        }
        let writing = platform::written();
        self.update(|state| {
            let Some(focus) = state.focus else { return };
            let here = state.session.annotation(focus);
            let deleted = here.is_none();
            let asks_for = |it: &platform::Written| {
                let attribute = it.attribute.as_deref();
                here.is_some_and(|here| attribute.is_none_or(|it| here.tag.attribute(it).is_some()))
            };
            // The field goes with its card or its tag: what is typed on is not to be taken for commands.
            if let Some(written) = writing.filter(|it| !asks_for(it)) {
                state.deaf = Some(f64::INFINITY);
                state.notify(Notice::NoteLost { note: written.text, deleted });
            }
            if deleted {
                state.focus = None;
            }
        });
        if !touched.is_empty() {
            self.table_changed();
        }
        if touched.len() > MANY {
            self.redraw_all();
            return;
        }
        let state = self.0.state.borrow();
        if let Some(surface) = self.surface().as_ref() {
            let marks = marks(&state, surface);
            for (_, span) in touched.iter().filter(|(article, _)| article == surface.article().id()) {
                drawn(surface.draw(*span, &marks));
            }
            restore(&state, surface);
        }
        drop(state);
        self.paint_matches();
    }

    /// Draws the passage of an annotation anew.
    pub(super) fn paint(&self, id: AnnotationId) {
        let state = self.0.state.borrow();
        if let (Some(surface), Some(it)) = (self.surface().as_ref(), state.session.annotation(id))
            && it.article == *surface.article().id()
        {
            drawn(surface.draw(it.span, &marks(&state, surface)));
        }
        drop(state);
        self.paint_matches();
    }

    fn redraw_all(&self) {
        if let Some(surface) = self.surface().as_ref() {
            surface.redraw();
        }
        self.draw_due();
    }

    /// Draws what is due of the highlights, what is in view first; if that takes longer than a frame has time for, the rest in
    /// the frames that follow.
    pub(super) fn draw_due(&self) {
        let first = self.with_surface(Surface::first_paragraph_in_view);
        self.draw_due_from(first.unwrap_or_default());
    }

    /// The same from a paragraph on.
    pub(super) fn draw_due_from(&self, first: usize) {
        /// In milliseconds.
        const SLICE: f64 = 8.0;
        let end = platform::milliseconds() + SLICE;
        let state = self.0.state.borrow();
        let mut all = true;
        if let Some(surface) = self.surface().as_ref() {
            match surface.draw_due(first, || platform::milliseconds() < end, &marks(&state, surface)) {
                Ok(done) => {
                    all = done.all;
                    if done.touched.is_some_and(|it| state.hangs_on(it)) {
                        restore(&state, surface);
                    }
                }
                Err(error) => drawn(Err(error)),
            }
        }
        drop(state);
        self.paint_matches();
        if !all && !self.0.drawing_on.replace(true) {
            self.when_drawn(|app| {
                app.0.drawing_on.set(false);
                app.draw_due();
            });
        }
    }
}

impl State {
    /// Whether something that is painted over the text, or selected in it, overlaps a passage.
    fn hangs_on(&self, span: Span) -> bool {
        let selection = self.selection.map(|it| it.span);
        let painted = [selection, self.cursor.map(|it| it.span), self.drafted_here()];
        painted.into_iter().flatten().any(|it| it.overlaps(span))
    }
}

/// What the text on the page is to be highlighted with. Another article may have been opened and not be there yet.
pub(super) fn marks<'a>(state: &'a State, surface: &Surface) -> Marks<'a> {
    let set = state.session.annotations(surface.article().id());
    Marks { set, hidden: state.hidden, focus: state.focus }
}

/// Drawing replaces the nodes that a selection hangs on; the person goes on selecting.
fn restore(state: &State, surface: &Surface) {
    if let Some(selection) = state.selection.filter(|_| !state.selecting) {
        surface.select(selection.span, selection.backwards);
    }
    surface.paint(Paint::Cursor, state.cursor.filter(|it| !it.grown).map(|it| it.span));
    surface.paint(Paint::Draft, state.drafted_here());
}

/// The beginning of a passage, for telling which one is meant.
pub(super) fn excerpt(words: &str) -> String {
    beginning(words, EXCERPT_LENGTH).into_owned()
}
