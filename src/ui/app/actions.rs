//! What changes annotations: a person, another tab, the store; and what else a person can set.

use super::{App, Dialog, Notice, Selected, Settings, Sheet, State, drawn};
use crate::{
    annotation::{AnnotationId, Record, Tag},
    session::{Change, Command, Label},
    storage::{Incoming, Saved},
    text::{ArticleId, Span},
    ui::{
        platform,
        surface::{Marks, Surface},
    },
};

/// With more changed passages than this, all of what is near the viewport is drawn anew at once.
const MANY: usize = 64;

impl App {
    /// Reads what this browser keeps.
    pub(super) fn load(&self) {
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let loaded = state.store.load();
            state.unread = loaded.failure;
            state.put_aside(loaded.set_aside);
            if loaded.not_ours > 0 {
                state.notify(Notice::NotOurs { items: loaded.not_ours });
            }
            state.session.merge(loaded.records).change.touched
        };
        self.refresh(&touched);
    }

    /// Does what a person wants done to an annotation, and keeps it.
    pub(in crate::ui) fn execute(&self, command: &Command) -> Option<AnnotationId> {
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
        id
    }

    /// Tags the selection or, without one, gives the focused annotation another tag.
    pub(in crate::ui) fn tag(&self, tag: Tag) {
        let (selection, focus, article) =
            self.read(|state| (state.selection, state.focus, state.open.clone()));
        if let (Some(Selected { span, .. }), Some(article)) = (selection, article) {
            self.unhide(tag);
            self.clear_selection();
            let words = self.read(|state| state.opened().map(|(it, _)| excerpt(it.slice(span))));
            if let Some(id) = self.execute(&Command::Tag { article, span, tag }) {
                let words = words.unwrap_or_default();
                self.update(|state| state.say(format!("Tagged as {}: {words}", tag.name())));
                self.focus(Some(id));
            }
        } else if let Some(id) = focus {
            self.retag(id, tag);
        } else {
            self.update(|state| state.say("Select a passage first."));
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
    fn unhide(&self, tag: Tag) {
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
        let now = platform::now();
        let done = {
            let mut state = self.0.state.borrow_mut();
            state.forget_import();
            if back { state.session.undo(now) } else { state.session.redo(now) }
        };
        let word = if back { "Undone" } else { "Redone" };
        match done {
            Some((label, change)) => {
                let place = change.touched.first().map(|(article, span)| (article.clone(), span.start()));
                let back = change.records.first().and_then(|it| Some((it.id, it.content.as_ref()?.tag)));
                let id = back.map(|(id, _)| id);
                if let Some((_, tag)) = back {
                    self.unhide(tag);
                }
                self.count_change();
                self.settle(change);
                self.update(|state| state.say(format!("{word}: {label}")));
                if label != Label::Import {
                    if let Some((article, start)) = place {
                        self.open(&article);
                        self.reveal(start);
                    }
                    self.focus(id);
                }
            }
            None => self.update(|state| state.say(format!("Nothing to be {}", word.to_lowercase()))),
        }
    }

    /// Shows or hides the annotations with a tag.
    pub(in crate::ui) fn toggle(&self, tag: Tag) {
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
    }

    /// A dialog was closed, by whatever means.
    pub(in crate::ui) fn closed(&self, dialog: Dialog) {
        if dialog == Dialog::Progress {
            self.call_off();
        }
        self.update(|state| state.dialog = state.dialog.filter(|it| *it != dialog));
    }

    /// Opens a side pane over the reader, or closes it.
    pub(in crate::ui) fn sheet(&self, sheet: Option<Sheet>) {
        self.update(|state| state.sheet = sheet);
    }

    /// Changes how the page looks.
    pub(in crate::ui) fn set(&self, settings: Settings) {
        settings.keep();
        self.update(|state| state.settings = settings);
    }

    /// Shows the notice that says why something is not kept, or puts it away.
    pub(in crate::ui) fn explain_unsaved(&self, explain: bool) {
        self.update(|state| state.failure_read = !explain);
    }

    /// Takes a notice away.
    pub(in crate::ui) fn dismiss(&self, kind: &str) {
        self.update(|state| state.notices.retain(|it| it.kind() != kind));
    }

    /// Tries again to read what could not be read and to keep what could not be kept.
    pub(in crate::ui) fn retry(&self) {
        if self.read(|state| state.unread.is_some()) {
            self.load();
        }
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let saved = state.store.retry();
            state.take(saved)
        };
        self.refresh(&touched);
        self.update(|state| {
            let kept = state.unsaved().is_none();
            state.failure_read = false;
            state.say(if kept { "Saved in this browser" } else { "Still not saved" });
        });
    }

    /// Another tab changed what this browser keeps: one item, or all of it.
    pub(in crate::ui) fn heard(&self, key: Option<&str>, value: Option<&str>) {
        let change = {
            let mut state = self.0.state.borrow_mut();
            let state = &mut *state;
            match key.map(|key| state.store.incoming(key, value)) {
                // All was cleared from outside: what is on this page is not lost.
                None => rewrite(state.session.records().iter().cloned().collect()),
                Some(Incoming::Removed(id)) => {
                    rewrite(state.session.records().get(id).cloned().into_iter().collect())
                }
                Some(Incoming::Record(record)) => {
                    let merged = state.session.merge([record]);
                    // An older version came over a later one of this page: the later one is written again.
                    let later = merged.older.iter().filter_map(|it| state.session.records().get(it.id));
                    Change { records: later.cloned().collect(), touched: merged.change.touched }
                }
                Some(Incoming::SetAside(aside)) => {
                    let id = aside.id;
                    state.put_aside(vec![aside]);
                    rewrite(id.and_then(|it| state.session.records().get(it)).cloned().into_iter().collect())
                }
                Some(Incoming::Irrelevant) => return,
            }
        };
        self.settle(change);
    }

    /// Keeps what changed and shows it.
    pub(super) fn settle(&self, change: Change) {
        if !change.records.is_empty() {
            self.write_file_soon();
        }
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let mut touched = change.touched;
            if !change.records.is_empty() {
                let saved = state.store.save(&change.records);
                if state.store.unsaved() > 0 {
                    for record in &change.records {
                        platform::offer_for_rescue(record.id, state.store.unsaved_item(record.id));
                    }
                }
                touched.extend(state.take(saved));
            }
            touched
        };
        self.refresh(&touched);
    }

    fn refresh(&self, touched: &[(ArticleId, Span)]) {
        let writing = platform::written_note();
        self.update(|state| {
            let gone = state.focus.filter(|it| state.session.annotation(*it).is_none());
            if gone.is_some() {
                state.focus = None;
                // The field goes with its card: what is typed on is not to be taken for commands.
                if let Some(note) = writing {
                    state.deaf = true;
                    state.notify(Notice::NoteLost { note });
                }
            }
        });
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
            reselect(&state, surface);
        }
    }

    /// Draws the passage of an annotation anew.
    pub(super) fn paint(&self, id: AnnotationId) {
        let state = self.0.state.borrow();
        if let (Some(surface), Some(it)) = (self.surface().as_ref(), state.session.annotation(id))
            && it.article == *surface.article().id()
        {
            drawn(surface.draw(it.span, &marks(&state, surface)));
        }
    }

    fn redraw_all(&self) {
        let state = self.0.state.borrow();
        if let Some(surface) = self.surface().as_ref() {
            drawn(surface.draw_all(&marks(&state, surface)));
            reselect(&state, surface);
        }
    }
}

impl State {
    /// Takes in what came of saving: the passages to draw anew where the store had a later version.
    fn take(&mut self, saved: Saved) -> Vec<(ArticleId, Span)> {
        if self.failure.is_some() && self.store.unsaved() == 0 {
            platform::clear_rescue();
        }
        if self.failure != saved.failure {
            self.failure_read = false;
        }
        self.failure = saved.failure;
        self.put_aside(saved.set_aside);
        self.session.merge(saved.newer).change.touched
    }
}

fn rewrite(records: Vec<Record>) -> Change {
    Change { records, touched: Vec::new() }
}

/// What the text on the page is to be highlighted with. Another article may have been opened and not be there yet.
pub(super) fn marks<'a>(state: &'a State, surface: &Surface) -> Marks<'a> {
    let set = state.session.annotations(surface.article().id());
    Marks { set, hidden: state.hidden, focus: state.focus }
}

/// Drawing replaces the nodes that a selection hangs on; the person goes on selecting.
fn reselect(state: &State, surface: &Surface) {
    if let Some(Selected { span, .. }) = state.selection.filter(|_| !state.selecting) {
        surface.select(span);
    }
}

/// The beginning of a passage, for telling which one is meant.
pub(super) fn excerpt(words: &str) -> String {
    const CHARACTERS: usize = 80;
    match words.char_indices().nth(CHARACTERS) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}
