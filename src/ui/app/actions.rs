//! What a person, another tab or the browser can make the page do.

use super::{App, Dialog, Notice, Selected, Settings, Sheet, State, drawn};
use crate::{
    annotation::{AnnotationId, Record, Tag, cycle},
    session::{Change, Command, Label},
    storage::{Incoming, Saved},
    text::{ArticleId, Span},
    ui::{
        platform,
        surface::{Crossings, Marks, Surface},
    },
};

/// With more changed passages than this, all of what is near the viewport is drawn anew at once.
const MANY: usize = 64;
/// A passage far away moves while what is around it is laid out for the first time; after so many frames it stands.
const FRAMES_TO_SETTLE: u32 = 5;

/// The `id` of the field for the focused annotation's note.
pub(in crate::ui) const NOTE_FIELD: &str = "note";

/// Which way to go through the annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Direction {
    Next,
    Previous,
}

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

    /// Shows the open article's text through `surface`.
    pub(in crate::ui) fn show(&self, surface: Surface) {
        drawn(surface.draw_all(&marks(&self.0.state.borrow(), &surface)));
        *self.0.surface.borrow_mut() = Some(surface);
        self.look_around();
    }

    /// The text is leaving the page.
    pub(in crate::ui) fn hide(&self) {
        *self.0.surface.borrow_mut() = None;
    }

    /// Chunks came near the viewport or left it.
    pub(in crate::ui) fn cross(&self, crossings: &Crossings) {
        if let Some(surface) = self.surface().as_ref() {
            drawn(surface.cross(crossings, &marks(&self.0.state.borrow(), surface)));
        }
        self.look_around();
    }

    /// The reader was scrolled. What is near reaches a whole viewport on, so it is good for half of one.
    pub(in crate::ui) fn scrolled(&self) {
        if self.with_surface(|it| Some(it.has_moved_on())) == Some(true) {
            self.look_around();
        }
    }

    /// Finds out which text is near the viewport now.
    pub(in crate::ui) fn look_around(&self) {
        let near = self.with_surface(Surface::near);
        if self.read(|state| state.near != near) {
            self.update(|state| state.near = near);
        }
    }

    /// Passages may have moved on the page.
    pub(in crate::ui) fn moved(&self) {
        self.look_around();
        self.update(|state| state.layout += 1);
    }

    /// Does what a person wants done to an annotation, and keeps it.
    pub(in crate::ui) fn execute(&self, command: &Command) -> Option<AnnotationId> {
        let change = {
            let mut state = self.0.state.borrow_mut();
            state.forget_import();
            state.session.execute(command, platform::moment())
        };
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

    /// Makes an annotation stand out, or none.
    pub(in crate::ui) fn focus(&self, id: Option<AnnotationId>) {
        let before = self.read(|state| state.focus);
        if before == id {
            return;
        }
        if let Some(surface) = self.surface().as_ref() {
            for (annotation, focused) in [(before, false), (id, true)] {
                if let Some(annotation) = annotation {
                    surface.set_focused(annotation, focused);
                }
            }
        }
        self.update(|state| {
            state.session.close_step();
            state.focus = id;
        });
    }

    /// Makes an annotation stand out and brings it into view.
    pub(in crate::ui) fn go_to(&self, id: AnnotationId) {
        let place = self.read(|state| {
            state
                .session
                .find(id)
                .map(|(article, it)| (article.id().clone(), it.span, it.tag, excerpt(article.slice(it.span))))
        });
        let Some((article, span, tag, words)) = place else { return };
        self.open(&article);
        self.focus(Some(id));
        self.reveal(span.start());
        self.update(|state| state.say(format!("{}: {words}", tag.name())));
    }

    /// Goes to the next or the previous annotation that the filter shows.
    pub(in crate::ui) fn step(&self, direction: Direction) {
        let view = self.with_surface(|it| Some(it.first_in_view()));
        let to = self.read(|state| {
            let (_, set) = state.opened()?;
            let wanted = |tag| state.shows(tag);
            match (state.focus, direction) {
                (Some(id), Direction::Next) => set.next(id, wanted),
                (Some(id), Direction::Previous) => set.previous(id, wanted),
                (None, _) => set.first_from(view.unwrap_or(0), wanted).or_else(|| set.first_from(0, wanted)),
            }
        });
        match to {
            Some(id) => self.go_to(id),
            None => self.update(|state| state.say("No further annotation here")),
        }
    }

    /// Focuses the next of the annotations that lie over each other at a click, by their names in the page.
    pub(in crate::ui) fn pick(&self, ids: &[String]) {
        let ids: Vec<AnnotationId> = ids.iter().filter_map(|it| it.parse().ok()).collect();
        let next = cycle(&ids, self.read(|state| state.focus));
        self.focus(next);
        // Where there is no margin, the card is what a tap on a highlight asks for.
        if next.is_some() && platform::is_narrow() {
            self.sheet(Some(Sheet::Annotations));
        }
    }

    /// Focuses the next of the annotations that overlap the focused one.
    pub(in crate::ui) fn cycle(&self) {
        let next = self.read(|state| {
            let (_, set) = state.opened()?;
            let id = state.focus?;
            let here = set.overlapping(set.get(id)?.span);
            let here: Vec<AnnotationId> =
                here.iter().filter(|(_, it)| state.shows(it.tag)).map(|(id, _)| *id).collect();
            cycle(&here, Some(id)).filter(|it| *it != id)
        });
        match next {
            Some(id) => self.go_to(id),
            None => self.update(|state| state.say("No other annotation overlaps here")),
        }
    }

    /// Opens an article.
    pub(in crate::ui) fn open(&self, article: &ArticleId) {
        if self.read(|state| state.open.as_ref() == Some(article)) {
            return;
        }
        self.clear_selection();
        self.focus(None);
        self.update(|state| {
            state.open = Some(article.clone());
            state.near = None;
            state.sheet = None;
            if let Some(title) = state.opened().map(|(it, _)| it.title().to_owned()) {
                state.say(format!("{title} opened"));
            }
        });
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

    /// Takes over what is selected on the page.
    pub(in crate::ui) fn selection_changed(&self) {
        let selection =
            self.with_surface(Surface::selection).map(|(span, backwards)| Selected { span, backwards });
        if self.read(|state| state.selection != selection) {
            self.update(|state| state.selection = selection);
        }
    }

    /// A pointer began to select, or is done.
    pub(in crate::ui) fn selecting(&self, selecting: bool) {
        if self.read(|state| state.selecting != selecting) {
            self.update(|state| state.selecting = selecting);
        }
    }

    /// The person has pointed at something or moved the focus: keys are commands again.
    pub(in crate::ui) fn listen_again(&self) {
        self.0.state.borrow_mut().deaf = false;
    }

    /// Selects nothing.
    pub(in crate::ui) fn clear_selection(&self) {
        if self.read(|state| state.selection.is_none()) {
            return;
        }
        if let Some(Ok(Some(selection))) = web_sys::window().map(|it| it.get_selection()) {
            let _ = selection.remove_all_ranges();
        }
        self.update(|state| state.selection = None);
    }

    /// Puts the cursor into the focused annotation's note.
    pub(in crate::ui) fn write_note(&self) {
        let Some(id) = self.read(|state| state.focus) else {
            self.update(|state| state.say("Focus an annotation first."));
            return;
        };
        if platform::is_narrow() {
            self.sheet(Some(Sheet::Annotations));
        }
        self.go_to(id);
        self.enter_note(FRAMES_TO_SETTLE);
    }

    fn enter_note(&self, frames: u32) {
        match platform::element(NOTE_FIELD) {
            Some(field) => {
                let _ = field.focus();
            }
            // Its card is drawn when the passage has come into view.
            None if frames > 0 => {
                let app = self.clone();
                let frame = gloo::render::request_animation_frame(move |_| app.enter_note(frames - 1));
                *self.0.note_frame.borrow_mut() = Some(frame);
            }
            None => {}
        }
    }

    /// The note is written: what comes next is a step of its own.
    pub(in crate::ui) fn end_note(&self) {
        self.update(|state| state.session.close_step());
    }

    /// Leaves what the person is in the middle of, the innermost first.
    pub(in crate::ui) fn clear(&self) {
        let (sheet, selection) = self.read(|state| (state.sheet.is_some(), state.selection.is_some()));
        if sheet {
            self.sheet(None);
        } else if selection {
            self.clear_selection();
        } else {
            self.focus(None);
        }
    }

    /// Opens a dialog, or closes the one that is open.
    pub(in crate::ui) fn dialog(&self, dialog: Option<Dialog>) {
        self.update(|state| state.dialog = dialog);
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
            state.revision += 1;
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

    fn redraw_all(&self) {
        let state = self.0.state.borrow();
        if let Some(surface) = self.surface().as_ref() {
            drawn(surface.draw_all(&marks(&state, surface)));
            reselect(&state, surface);
        }
    }

    /// Goes to the text at a share of the open article's length, 0 to 1.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a click on the ruler is no more exact than its pixels"
    )]
    pub(in crate::ui) fn go_to_share(&self, share: f64) {
        let length = self.read(|state| state.opened().map_or(0, |(it, _)| it.text().len()));
        self.reveal((share * length.saturating_sub(1) as f64) as usize);
    }

    fn reveal(&self, start: usize) {
        self.reveal_within(start, FRAMES_TO_SETTLE);
    }

    fn reveal_within(&self, start: usize, frames: u32) {
        let app = self.clone();
        // The article may just have been opened; its text is on the page by the next frame.
        let frame = gloo::render::request_animation_frame(move |_| {
            let moved = app.with_surface(|it| Some(it.reveal(start)));
            if frames > 0 && moved != Some(false) {
                app.reveal_within(start, frames - 1);
            }
        });
        *self.0.frame.borrow_mut() = Some(frame);
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
fn marks<'a>(state: &'a State, surface: &Surface) -> Marks<'a> {
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
fn excerpt(words: &str) -> String {
    const CHARACTERS: usize = 80;
    match words.char_indices().nth(CHARACTERS) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words.to_owned(),
    }
}
