//! The page's address goes with the person, and the person with the address.
//!
//! An article that is opened is a new address, so that Back leads to where they were in the one before; which annotation
//! stands out changes the present one. What the address names may be in the durable copy only: it is waited for.

use std::cell::{Cell, RefCell};

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{App, Notice, State, moving::FRAMES_TO_SETTLE};
use crate::{
    storage::ArticleRange,
    text::ArticleId,
    ui::{
        address::{Place, Standing, View, Visit},
        platform,
        surface::Surface,
    },
};

/// How long the address waits where annotations stand out one right after the other, in milliseconds: browsers refuse
/// addresses that come too fast, as they do while a key is held.
const SETTLED: u32 = 250;

/// How long it is told that a link was copied, in milliseconds.
const READ: u32 = 5_000;

/// Where the person has been.
#[derive(Default)]
pub(super) struct Trail {
    /// Where they were seen last. The present entry of the history may still say where they were before that.
    seen: RefCell<Option<Place>>,
    depth: Cell<u32>,
    /// Where in the text they were before they left it.
    left: Cell<Option<Standing>>,
    /// Where in the text they were when that was last written down.
    stood: Cell<Option<Standing>>,
    /// Whether a look at where they are is due.
    due: Cell<bool>,
    /// Whether they went on within the article while what they had done was to be seen first.
    moved: Cell<bool>,
    /// The next writing of the address.
    timer: RefCell<Option<Timeout>>,
    /// What the address names and is not here, until everything that is kept has been read; and where in its text the person
    /// was.
    wanted: RefCell<Option<(Place, Option<Standing>)>>,
    /// Whether the next place takes the one of the present in the history.
    quiet: Cell<bool>,
    /// Whether that has been read.
    complete: Cell<bool>,
    /// Takes away what is told of a link that was copied.
    read: RefCell<Option<Timeout>>,
}

/// What of a place is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Missing {
    Article,
    Annotation,
    Everything,
}

impl App {
    /// Goes to what the address names, as the page is opened.
    pub(super) fn begin_trail(&self) {
        let visit = Visit::current().unwrap_or_default();
        self.0.trail.depth.set(visit.depth);
        let place = Place::current();
        if self.read(|state| state.missing(&place)) == Some(Missing::Article) {
            // To draw another one first would take longer than to read this one.
            self.update(|state| {
                state.open = None;
                state.awaited = place.article().cloned();
            });
        }
        self.enter(place, visit.standing);
    }

    /// The part of an article that is going to be seen first, as far as that is known before annotations have been read.
    pub(super) fn first_part(&self) -> Option<ArticleRange> {
        /// So many bytes before where the view begins may be seen, or drawn beside what is.
        const BEFORE: usize = 4 << 10;
        /// The same behind where the view begins.
        const BEHIND: usize = 16 << 10;
        let byte = match Place::current() {
            Place::Annotation(_, Some(id)) => {
                self.read(|state| Some(state.session.annotation(id)?.span.start()))?
            }
            Place::Start | Place::Article(_) | Place::Annotation(_, None) => {
                Visit::current().and_then(|it| it.standing).map_or(0, |it| it.byte)
            }
            Place::Table | Place::Chart | Place::Unknown => return None,
        };
        let article = self.read(|state| state.open.clone().or_else(|| state.awaited.clone()))?;
        Some(ArticleRange { article, bytes: byte.saturating_sub(BEFORE)..byte + BEHIND })
    }

    /// The address was changed by Back, by Forward or by hand.
    pub(in crate::ui) fn address_changed(&self) {
        let trail = &self.0.trail;
        let place = Place::current();
        if trail.seen.borrow().as_ref() == Some(&place) {
            return;
        }
        trail.timer.borrow_mut().take();
        let visit = Visit::current().unwrap_or(Visit { depth: trail.depth.get() + 1, standing: None });
        trail.depth.set(visit.depth);
        visit.replace(&place);
        self.enter(place, visit.standing);
    }

    /// Everything that is kept has been read, or cannot be: what the address named and was not here is, or never will be.
    pub(super) fn end_waiting(&self) {
        let wanted = self.0.trail.wanted.borrow_mut().take();
        self.0.trail.complete.set(true);
        let lost =
            |state: &State| wanted.as_ref().and_then(|(it, _)| state.missing(it)) == Some(Missing::Article);
        if self.read(|state| state.awaited.is_some() && lost(state)) {
            self.update(|state| state.awaited = None);
            self.stay_listed();
        }
        if let Some((place, standing)) = wanted {
            self.enter(place, standing);
        }
        self.lift_glimpse();
    }

    /// Takes away what was shown of the last time, once the same has been drawn and stands in the same place.
    pub(super) fn lift_glimpse(&self) {
        let app = self.clone();
        spawn_local(async move {
            let is_coming =
                |state: &State| state.awaited.is_some() || (state.open.is_some() && app.surface().is_none());
            while platform::has_glimpse() && (app.0.frame.borrow().is_some() || app.read(is_coming)) {
                platform::drawn().await;
            }
            platform::lift_glimpse();
        });
    }

    /// What the address names may have come with the articles: its text is shown before all annotations have been read.
    pub(super) fn enter_wanted(&self) {
        let wanted = &self.0.trail.wanted;
        let here = |(place, _): &(Place, _)| self.read(|state| state.missing(place).is_none());
        let found = wanted.borrow().as_ref().is_some_and(here);
        let wanted = wanted.borrow_mut().take_if(|_| found);
        if let Some((place, standing)) = wanted {
            self.enter(place, standing);
        }
    }

    /// Shows what a place names, or what there is of it, and tells what is not there.
    fn enter(&self, place: Place, standing: Option<Standing>) {
        let missing = self.read(|state| state.missing(&place));
        self.turn(place.view());
        let waits = missing.is_some() && !self.0.trail.complete.get();
        if let Place::Annotation(_, Some(id)) = &place
            && missing.is_none()
        {
            if let Some(tag) = self.read(|state| state.session.annotation(*id).map(|it| it.tag)) {
                self.unhide(tag);
            }
            self.go_to(*id);
        } else {
            let article = place.article().filter(|_| missing != Some(Missing::Article));
            let first = || self.read(|state| state.session.library().iter().next().map(|it| it.id().clone()));
            match article {
                Some(article) => self.open(article),
                None if place == Place::Start => first().into_iter().for_each(|it| self.open(&it)),
                None => {}
            }
            if place.view() == View::Reader {
                self.focus(None);
            }
        }
        let later = standing.filter(|_| waits && missing == Some(Missing::Article));
        if let Some(standing) = standing.filter(|_| later.is_none()) {
            self.stand(standing, FRAMES_TO_SETTLE);
        }
        // The address stays as it is until the person goes on: it may hold again when it is opened the next time.
        let trail = &self.0.trail;
        *trail.seen.borrow_mut() = Some(self.read(State::place));
        *trail.wanted.borrow_mut() = waits.then_some((place, later));
        self.name_page();
        if let Some(missing) = missing.filter(|_| !waits) {
            self.update(|state| {
                let notice = Notice::Missing(missing);
                state.say(notice.text());
                state.notify(notice);
            });
        }
    }

    /// The state changed, and with it perhaps where the person is. Looked at when what is under way is done: going to an
    /// annotation of another article is more than one change. In the same article, what was done is seen first; where one goes
    /// elsewhere, a browser goes back only to what was left within what the person did.
    pub(super) fn follow(&self, state: &State) {
        let trail = &self.0.trail;
        let now = state.place();
        let (moved, is_beside) = match trail.seen.borrow().as_ref() {
            Some(before) => (*before != now, before.is_beside(&now)),
            None => return,
        };
        if moved && is_beside && self.0.drawing.get() {
            trail.moved.set(true);
        } else if moved && !trail.due.replace(true) {
            let app = self.clone();
            spawn_local(async move {
                app.0.trail.due.set(false);
                app.note_place();
            });
        } else if trail.moved.take() && !moved {
            // They are back already.
            self.keep_place_soon();
        }
    }

    fn note_place(&self) {
        let trail = &self.0.trail;
        let now = self.read(State::place);
        let Some(before) = trail.seen.replace(Some(now.clone())).filter(|it| *it != now) else { return };
        trail.wanted.borrow_mut().take();
        self.name_page();
        if before.is_beside(&now) {
            // The first of several at once, and the last: the page may be loaded again at any time. Where in the text they are
            // is asked for the last only, since the text is being drawn.
            if trail.timer.borrow().is_none() {
                Visit { depth: trail.depth.get(), standing: trail.stood.get() }.replace(&now);
            }
            self.keep_place_soon();
            return;
        }
        let is_said = trail.timer.borrow_mut().take().is_none();
        let stood = trail.stood.take();
        if trail.quiet.take() {
            Visit { depth: trail.depth.get(), standing: None }.replace(&now);
            return;
        }
        let standing = trail.left.take();
        if !is_said || standing.is_none() || standing != stood {
            Visit { depth: trail.depth.get(), standing }.replace(&before);
        }
        trail.depth.set(trail.depth.get() + 1);
        Visit { depth: trail.depth.get(), standing: None }.push(&now);
    }

    /// Has the address say where the person is, and the history where in the text.
    pub(in crate::ui) fn keep_place(&self) {
        let trail = &self.0.trail;
        trail.timer.borrow_mut().take();
        if self.0.frame.borrow().is_some() {
            // On the way there: to where it is said already that the person is.
            return;
        }
        let standing = self.with_surface(Surface::standing);
        trail.stood.set(standing);
        if let Some(place) = trail.seen.borrow().as_ref().filter(|_| trail.wanted.borrow().is_none()) {
            Visit { depth: trail.depth.get(), standing }.replace(place);
            platform::keep_glimpse();
        }
    }

    /// The page may be about to be left: its address is not changed any more, but for what waits to be seen first.
    pub(in crate::ui) fn leave_address(&self) {
        let trail = &self.0.trail;
        if trail.moved.take() {
            self.note_place();
        }
        trail.timer.borrow_mut().take();
    }

    /// Has the address name nothing any more.
    pub(super) fn forget_trail(&self) {
        let trail = &self.0.trail;
        trail.timer.borrow_mut().take();
        trail.seen.borrow_mut().take();
        Visit::default().replace(&Place::Start);
    }

    /// The same when the person stays where they are for a moment.
    pub(super) fn keep_place_soon(&self) {
        let app = self.clone();
        *self.0.trail.timer.borrow_mut() = Some(Timeout::new(SETTLED, move || app.keep_place()));
    }

    /// Shows the annotations in another way, or goes back from where they are shown in it.
    pub(in crate::ui) fn show_view(&self, view: View) {
        if self.read(|state| state.view) == view {
            return;
        }
        self.leave_standing();
        self.turn(view);
    }

    /// The same; where they are shown in this way already, goes back.
    pub(in crate::ui) fn show_or_leave(&self, view: View) {
        if self.read(|state| state.view) == view {
            self.leave_view();
        } else {
            self.show_view(view);
        }
    }

    /// Goes back to the text, to where it was left.
    pub(in crate::ui) fn leave_view(&self) {
        if self.0.trail.depth.get() > 0 {
            if let Ok(history) = gloo::utils::window().history() {
                let _ = history.back();
            }
        } else {
            self.show_view(View::Reader);
        }
    }

    fn turn(&self, view: View) {
        if self.read(|state| state.view) == view {
            return;
        }
        self.clear_selection();
        self.update(|state| {
            state.view = view;
            state.sheet = None;
            state.finding = None;
            match view {
                View::Reader => {}
                View::Table => state.say("All annotations"),
                View::Chart => state.say("Tags by article"),
            }
        });
        self.paint_matches();
        if view == View::Table {
            self.table_changed();
        }
    }

    /// The person is about to leave this part of the text.
    pub(super) fn leave_standing(&self) {
        self.0.trail.left.set(self.with_surface(Surface::standing));
    }

    /// The next article takes the place of the present one in the history.
    pub(super) fn go_quietly(&self) {
        self.0.trail.quiet.set(true);
    }

    /// Scrolls to where the person was, or to the beginning.
    pub(super) fn stand_at(&self, standing: Option<Standing>) {
        self.stand(standing.unwrap_or(Standing { byte: 0, below: f64::INFINITY }), FRAMES_TO_SETTLE);
    }

    /// Scrolls to where the person was, once the text is there.
    fn stand(&self, standing: Standing, frames: u32) {
        let app = self.clone();
        let frame = gloo::render::request_animation_frame(move |_| {
            let drawn = app.surface().is_some();
            app.with_surface(|it| it.stand(standing));
            if drawn && frames > 0 {
                app.stand(standing, frames - 1);
            } else if !drawn && app.read(|state| state.open.is_some()) {
                app.stand(standing, frames);
            } else {
                app.0.frame.take();
            }
        });
        *self.0.frame.borrow_mut() = Some(frame);
    }

    /// Gives the page the name under which the browser lists it.
    fn name_page(&self) {
        let title = self.read(|state| match (state.view, state.opened()) {
            (View::Table, _) => "Table · Glossator".to_owned(),
            (View::Chart, _) => "Chart · Glossator".to_owned(),
            (View::Reader, Some((article, _))) => format!("{} · Glossator", article.title()),
            (View::Reader, None) => "Glossator".to_owned(),
        });
        let document = gloo::utils::document();
        if document.title() != title {
            document.set_title(&title);
        }
    }

    /// Gives the person the link of an annotation or, without one, of the open article.
    pub(in crate::ui) fn copy_link(&self) {
        self.copy_link_to(&self.read(State::place));
    }

    /// Gives the person the link of an article.
    pub(in crate::ui) fn copy_link_of(&self, article: &ArticleId) {
        self.copy_link_to(&Place::Article(article.clone()));
    }

    fn copy_link_to(&self, place: &Place) {
        let link = place.link();
        let what = if matches!(place, Place::Annotation(..)) { "annotation" } else { "article" };
        let app = self.clone();
        spawn_local(async move {
            let copied = platform::copy(&link).await;
            app.update(|state| {
                if copied {
                    let notice = Notice::LinkCopied { what };
                    state.say(notice.text());
                    state.notify(notice);
                } else {
                    state.link = Some(link);
                    state.dialog = Some(super::Dialog::Link);
                }
            });
            if copied {
                let later = app.clone();
                let timer = Timeout::new(READ, move || later.dismiss("link-copied"));
                *app.0.trail.read.borrow_mut() = Some(timer);
            }
        });
    }
}

impl State {
    /// Where the person is.
    pub(in crate::ui) fn place(&self) -> Place {
        match (self.view, &self.open, self.focus) {
            (View::Reader, Some(article), None) => Place::Article(article.clone()),
            (View::Reader, Some(article), Some(id)) => Place::Annotation(article.clone(), Some(id)),
            (View::Reader, None, _) => Place::Start,
            (View::Table, ..) => Place::Table,
            (View::Chart, ..) => Place::Chart,
        }
    }

    /// What of a place is not here.
    fn missing(&self, place: &Place) -> Option<Missing> {
        let has = |article| self.session.library().get(article).is_some();
        match place {
            Place::Start | Place::Table | Place::Chart => None,
            Place::Unknown => Some(Missing::Everything),
            Place::Article(article) => (!has(article)).then_some(Missing::Article),
            Place::Annotation(article, id) => {
                let found = id.is_some_and(|it| self.session.find(it).is_some());
                let what = if has(article) { Missing::Annotation } else { Missing::Article };
                (!found).then_some(what)
            }
        }
    }
}
