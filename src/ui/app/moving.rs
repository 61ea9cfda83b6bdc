//! Where the person is: what is near the viewport, what is selected, which annotation is focused, and the ways between.

use super::{
    App, Sheet,
    actions::{excerpt, marks},
    drawn,
};
use gloo::timers::callback::Timeout;
use web_sys::HtmlElement;

use crate::{
    annotation::{AnnotationId, cycle},
    text::ArticleId,
    ui::{
        address::View,
        platform,
        surface::{Crossings, Surface},
    },
};

/// A passage far away moves while what is around it is laid out for the first time; after so many frames it stands.
pub(super) const FRAMES_TO_SETTLE: u32 = 5;

/// So many milliseconds after it was last scrolled fast, a text does not rush by any more.
const SLOWER: u32 = 80;

/// The `id` of the field for the focused annotation's note.
pub(in crate::ui) const NOTE_FIELD: &str = "note";

/// Which way to go through the annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Direction {
    Next,
    Previous,
}

impl App {
    /// Shows the open article's text through `surface`.
    pub(in crate::ui) fn show(&self, surface: Surface) {
        self.draw_text_first();
        surface.redraw();
        *self.0.surface.borrow_mut() = Some(surface);
        self.draw_due_from(0);
        self.make_highlights(self.read(|state| state.settings.whole));
        // What is near is found out when the browser has laid it all out, and says so.
        self.search_opened();
        self.show_draft();
    }

    /// The text is leaving the page.
    pub(in crate::ui) fn hide(&self) {
        if let Some(surface) = self.0.surface.take() {
            surface.to_top();
        }
        self.0.state.borrow_mut().near = None;
    }

    /// Has all highlights in the page, or only those near the viewport.
    pub(super) fn make_highlights(&self, whole: bool) {
        if let Some(surface) = self.surface().as_ref() {
            drawn(surface.make_all(whole, &marks(&self.0.state.borrow(), surface)));
        }
    }

    /// The page is about to be printed, whole, or has been.
    pub(in crate::ui) fn print(&self, begins: bool) {
        self.make_highlights(begins || self.read(|state| state.settings.whole));
    }

    /// Chunks came near the viewport or left it.
    pub(in crate::ui) fn cross(&self, crossings: &Crossings) {
        // Behind another view nothing is near, and all of it is to be there when it is shown again.
        if self.read(|state| state.view != View::Reader) {
            return;
        }
        if let Some(surface) = self.surface().as_ref() {
            surface.cross(crossings);
        }
        self.draw_due();
        if !self.rushes() {
            self.look_around();
        }
    }

    /// The reader was scrolled. What is near reaches a whole viewport on, so it is good for half of one. While the text rushes
    /// by, nobody reads a card: they are drawn when it slows down.
    pub(in crate::ui) fn scrolled(&self) {
        let now = platform::milliseconds();
        if self.with_surface(|it| Some(it.rushes(now))) == Some(true) {
            let app = self.clone();
            let slower = Timeout::new(SLOWER, move || {
                app.0.rush.borrow_mut().take();
                app.moved();
            });
            *self.0.rush.borrow_mut() = Some(slower);
        } else if !self.rushes() && self.with_surface(|it| Some(it.has_moved_on())) == Some(true) {
            self.look_around();
        }
        self.keep_place_soon();
        self.drag_on();
    }

    /// Finds out which text is near the viewport now.
    pub(in crate::ui) fn look_around(&self) {
        let near = self.with_surface(Surface::near);
        if self.read(|state| state.near != near) {
            self.update(|state| state.near = near);
            self.paint_matches();
        }
    }

    /// Passages may have moved on the page.
    pub(in crate::ui) fn moved(&self) {
        if !self.rushes() {
            self.look_around();
            self.update(|state| state.layout += 1);
        }
    }

    fn rushes(&self) -> bool {
        self.0.rush.borrow().is_some()
    }

    /// Makes an annotation stand out, or none.
    pub(in crate::ui) fn focus(&self, id: Option<AnnotationId>) {
        let before = self.read(|state| state.focus);
        if before == id {
            return;
        }
        if id.is_some() {
            self.draw_text_first();
        }
        let mut painted = true;
        if let Some(surface) = self.surface().as_ref() {
            for (annotation, focused) in [(before, false), (id, true)] {
                painted = annotation.is_none_or(|it| surface.set_focused(it, focused));
            }
        }
        if id.is_some() {
            self.drop_cursor();
        }
        self.update(|state| {
            state.session.close_step();
            state.focus = id;
        });
        // Among very many in one place it may be one that was not painted.
        if let Some(id) = id.filter(|_| !painted) {
            self.paint(id);
        }
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
        self.show_view(View::Reader);
        self.open_behind(article);
    }

    /// Opens an article in whatever way the annotations are shown.
    pub(super) fn open_behind(&self, article: &ArticleId) {
        if self.read(|state| state.open.as_ref() == Some(article)) {
            return;
        }
        self.leave_standing();
        // What was scrolled to was in another text.
        self.0.frame.take();
        self.clear_selection();
        self.drop_cursor();
        self.focus(None);
        self.update(|state| {
            state.open = Some(article.clone());
            state.awaited = None;
            state.left = None;
            state.near = None;
            state.sheet = None;
            if let Some(title) = state.opened().map(|(it, _)| it.title().to_owned()) {
                state.say(format!("{title} opened"));
            }
        });
    }

    /// Opens the next or the previous article of the list.
    pub(in crate::ui) fn turn_to(&self, direction: Direction) {
        let to = self.read(|state| {
            let library = state.session.library();
            let here = library.position(state.open.as_ref()?)?;
            let to = match direction {
                Direction::Next => here + 1,
                Direction::Previous => here.checked_sub(1)?,
            };
            library.iter().nth(to).map(|it| it.id().clone())
        });
        match to {
            Some(id) => self.open(&id),
            None => self.say("No further article"),
        }
    }

    /// The person has pointed at something or moved the focus: keys are commands again.
    pub(in crate::ui) fn listen_again(&self) {
        self.0.state.borrow_mut().deaf = None;
    }

    /// Whether a key is no command, since the person goes on writing into a field that is gone: until they press Escape, or
    /// pause after they did.
    pub(in crate::ui) fn is_deaf_to(&self, leave: bool) -> bool {
        const PAUSE: f64 = 2_000.0;
        let now = platform::milliseconds();
        let deaf = &mut self.0.state.borrow_mut().deaf;
        *deaf = deaf.filter(|last| !leave && now - last < PAUSE).map(|_| now);
        deaf.is_some()
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
        self.foresee(None);
    }

    /// Puts the cursor into the focused annotation's note.
    pub(super) fn write_focused_note(&self) {
        let Some(id) = self.read(|state| state.focus) else { return };
        self.show_cards();
        self.go_to(id);
        self.when_there(NOTE_FIELD, |field| {
            let _ = field.focus();
        });
    }

    /// Does something with an element that is about to be in the page, as the fields of a focused card are, once it is there.
    pub(super) fn when_there(&self, id: &'static str, act: impl FnOnce(&HtmlElement) + 'static) {
        self.when_there_within(FRAMES_TO_SETTLE, id, act);
    }

    fn when_there_within(&self, frames: u32, id: &'static str, act: impl FnOnce(&HtmlElement) + 'static) {
        match platform::element(id) {
            Some(element) => act(&element),
            // Its card is drawn when the passage has come into view.
            None if frames > 0 => {
                let app = self.clone();
                let next = move |_| app.when_there_within(frames - 1, id, act);
                *self.0.note_frame.borrow_mut() = Some(gloo::render::request_animation_frame(next));
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
        let (sheet, selection, armed, cursor) = self.read(|state| {
            (state.sheet.is_some(), state.selection.is_some(), state.armed.is_some(), state.cursor.is_some())
        });
        if self.read(|state| state.drag.is_some()) {
            self.end_drag(false);
        } else if self.read(|state| state.view != View::Reader) {
            self.leave_view();
        } else if sheet {
            self.sheet(None);
        } else if selection {
            self.clear_selection();
            self.drop_cursor();
        } else if armed {
            self.disarm();
        } else if cursor {
            self.drop_cursor();
        } else if self.read(|state| state.finding.is_some()) {
            self.end_search(false);
        } else if !self.drop_empty_draft() {
            self.focus(None);
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

    pub(super) fn reveal(&self, start: usize) {
        self.reveal_within(start, FRAMES_TO_SETTLE);
    }

    fn reveal_within(&self, start: usize, frames: u32) {
        let app = self.clone();
        // The article may just have been opened; its text is on the page by the next frame.
        let frame = gloo::render::request_animation_frame(move |_| {
            let moved = app.with_surface(|it| Some(it.reveal(start)));
            if frames > 0 && moved != Some(false) {
                app.reveal_within(start, frames - 1);
            } else {
                app.0.frame.take();
            }
        });
        *self.0.frame.borrow_mut() = Some(frame);
    }
}
