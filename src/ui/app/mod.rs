//! The page's state and everything that changes it; components read it through [`use_view`].

mod actions;
mod auto;
mod backup;
mod bounds;
mod cursor;
mod draft;
mod edits;
mod exchange;
mod finding;
mod going;
mod history;
mod import;
mod keeping;
mod moving;
mod notice;
mod occurring;
mod opening;
mod reading;
mod replace;
mod restore;
mod settings;
mod snap;
mod tab;
mod tabling;
mod texts;
mod work;

use std::{
    cell::{Cell, Ref, RefCell},
    collections::HashSet,
    rc::Rc,
};

use gloo::{render::AnimationFrame, timers::callback::Timeout};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

pub(super) use auto::AutoBackup;
pub(super) use backup::{Backups, REMINDERS};
pub(super) use bounds::Bound;
pub(super) use cursor::Motion;
pub(super) use draft::{DRAFT_FIELD, Draft};
pub(super) use exchange::Scope;
pub(super) use finding::{Finding, SEARCH_FIELD, Tally};
pub(super) use import::Report;
pub(super) use moving::{Direction, NOTE_FIELD};
pub(super) use notice::{Notice, NoticeAction, count};
pub(super) use occurring::{How, Occurrence, Occurrences};
pub(super) use reading::ENCODINGS;
pub(super) use replace::Stray;
pub(super) use restore::Preview;
pub(super) use settings::{Settings, TextSize, Theme};
pub(super) use snap::{id as snap_id, name as snap_name};
pub(super) use tabling::{Arranged, Table};

use super::{address::View, backup_file::BackupFile, platform, surface::Surface};
use crate::{
    annotation::{AnnotationId, AnnotationSet, AnyId, Tag},
    session::Session,
    storage::{Aside, Failure, Keeper, LocalStorage, Lock, Notebook, Store},
    text::{Article, ArticleId, Library, SortedMap, Span},
};

/// A window over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialog {
    /// What the tags mean.
    Codebook,
    /// The list of keys.
    Keys,
    /// Every command, to be found by its name.
    Palette,
    /// What was done, step by step.
    History,
    /// Where else the same words stand.
    Occurrences,
    /// What of a file can be imported and what cannot.
    ImportReport,
    /// How the texts of files are encoded.
    Encodings,
    /// What is to be done with annotations of an earlier text.
    Placing,
    /// What a backup would change.
    Restore,
    /// How far the work is that the person waits for.
    Progress,
    /// A text is pasted, or files are chosen.
    AddText,
    /// Where everything is kept, and what can be done for its safety.
    Storage,
    /// A link that the browser did not let the page copy.
    Link,
}

/// A side pane that is laid over the reader where there is no room beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Articles,
    Annotations,
}

/// A passage that the person has selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Selected {
    pub(super) span: Span,
    /// Whether it was dragged towards the start of the text.
    pub(super) backwards: bool,
}

/// What is wrong between the page and what the browser keeps.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Trouble {
    /// Not everything that is kept could be read, and why.
    Unread(Failure),
    /// So many changes are on this page only, and why.
    Unsaved(usize, Failure),
    /// Everything is kept, but not where a crash cannot reach it, and why.
    Quick(Failure),
}

/// Everything that the page shows.
pub(super) struct State {
    pub(super) session: Session,
    keeper: Keeper<LocalStorage>,
    /// Why not everything in the quick place could be read.
    unread: Option<Failure>,
    /// What lies ready for the crash script, since it is nowhere but on this page.
    offered: HashSet<AnyId>,
    /// When the last key was taken for what the person goes on writing into a field that is gone; infinite before the first.
    deaf: Option<f64>,
    /// Whether the notice that something is not kept was put away.
    failure_read: bool,
    /// What was stored and not valid, on this visit and earlier ones.
    set_aside: Vec<Aside>,
    /// What was stored and is none of this page's, by key.
    left_alone: SortedMap<String, String>,
    pub(super) view: View,
    /// The article in the reader.
    pub(super) open: Option<ArticleId>,
    /// The article that the address names while it is still to be read; no other is shown meanwhile.
    pub(super) awaited: Option<ArticleId>,
    pub(super) focus: Option<AnnotationId>,
    pub(super) selection: Option<Selected>,
    /// Whether a pointer is down, so that the selection is still being made.
    pub(super) selecting: bool,
    hand: snap::Hand,
    /// The tag that each selection gets as it is made.
    pub(super) armed: Option<Tag>,
    /// Where the keyboard is in the text.
    pub(super) cursor: Option<cursor::Cursor>,
    /// The bound of an annotation that the pointer holds.
    pub(super) drag: Option<bounds::Drag>,
    /// Where the cursor was last in the open article.
    left: Option<Span>,
    /// Tags that the filter hides.
    pub(super) hidden: [bool; Tag::ALL.len()],
    /// The text near the viewport.
    pub(super) near: Option<Span>,
    pub(super) notices: Vec<Notice>,
    pub(super) dialog: Option<Dialog>,
    pub(super) sheet: Option<Sheet>,
    pub(super) import: Option<Rc<import::Report>>,
    /// A note on a passage that has no tag yet.
    pub(super) draft: Option<Draft>,
    /// Where else the same words stand, while that is looked at.
    pub(super) occurrences: Option<Occurrences>,
    pub(super) finding: Option<Finding>,
    pub(super) table: Table,
    searches: finding::Searches,
    /// The link that a dialog shows.
    pub(super) link: Option<String>,
    /// What the person waits for.
    pub(super) work: Option<work::Progress>,
    /// Whether exports carry the texts of own articles.
    pub(super) export_texts: bool,
    /// The own article whose title is being written.
    pub(super) renaming: Option<ArticleId>,
    /// The own article whose text is to be replaced.
    pub(super) replacing: Option<ArticleId>,
    /// What became of annotations when a text was replaced, to be told.
    pub(super) replaced: Option<Rc<replace::Outcome>>,
    /// The annotation of an earlier text for which a passage is being selected.
    pub(super) placing: Option<AnnotationId>,
    pub(super) backups: Backups,
    /// How it stands with the file that the page writes by itself.
    pub(super) auto: AutoBackup,
    pub(super) settings: Settings,
    /// What assistive technology is told, with a number that makes each telling new.
    pub(super) said: (u32, String),
    /// Counts the changes that may move passages on the page.
    pub(super) layout: u64,
}

impl State {
    /// The open article and its annotations.
    pub(super) fn opened(&self) -> Option<(&Rc<Article>, &AnnotationSet)> {
        let id = self.open.as_ref()?;
        Some((self.session.library().get(id)?, self.session.annotations(id)?))
    }

    /// How many annotations there are on all articles.
    pub(super) fn annotations_in_all(&self) -> usize {
        let articles = self.session.library().iter();
        articles.filter_map(|it| self.session.annotations(it.id())).map(AnnotationSet::len).sum()
    }

    /// What a tag would be given to: the selection, or what the text cursor is on.
    pub(super) fn passage(&self) -> Option<Span> {
        self.selection.map(|it| it.span).or(self.cursor.map(|it| it.span))
    }

    /// Whether annotations with this tag are shown.
    pub(super) fn shows(&self, tag: Tag) -> bool {
        !self.hidden[tag.index()]
    }

    /// What was set aside, now and on earlier visits.
    pub(super) fn set_aside(&self) -> &[Aside] {
        &self.set_aside
    }

    fn say(&mut self, text: impl Into<String>) {
        self.said = (self.said.0.wrapping_add(1), text.into());
    }
}

/// Who is told of changes.
#[derive(Clone)]
struct Listener {
    id: u64,
    /// Told before the browser draws what was changed in the text.
    at_once: bool,
    hear: Rc<dyn Fn(&State)>,
}

struct Shared {
    state: RefCell<State>,
    line: keeping::Line,
    trail: going::Trail,
    alphabets: finding::Alphabets,
    desk: tabling::Desk,
    surface: RefCell<Option<Surface>>,
    listeners: RefCell<Vec<Listener>>,
    next_listener: Cell<u64>,
    /// Whether the browser is to draw the text first, and who listens is told after that.
    drawing: Cell<bool>,
    /// Counts how often that was begun.
    drawing_turn: Cell<u32>,
    /// Whether the rest of the highlights is drawn in the next frame.
    drawing_on: Cell<bool>,
    /// Says to the other tabs that this one is alive.
    lock: RefCell<Option<Lock>>,
    /// Whether this tab is new, and goes on with what is left.
    heir: Cell<bool>,
    /// The end of a fast scrolling, as long as it lasts.
    rush: RefCell<Option<Timeout>>,
    /// The next step of scrolling to a passage.
    frame: RefCell<Option<AnimationFrame>>,
    /// The next look for the field of the focused annotation's note.
    note_frame: RefCell<Option<AnimationFrame>>,
    /// The file that the page writes by itself, and the next time that it does.
    backup_file: RefCell<Option<BackupFile>>,
    backup_timer: RefCell<Option<Timeout>>,
}

/// The page, for every component.
#[derive(Clone)]
pub(super) struct App(Rc<Shared>);

impl PartialEq for App {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Keeps a listener for as long as it lives.
pub(super) struct Subscription {
    app: App,
    id: u64,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.app.0.listeners.borrow_mut().retain(|it| it.id != self.id);
    }
}

impl App {
    /// The page on `library`, with what this browser keeps.
    pub(super) fn new(library: Library) -> Self {
        let session = Session::new(library.clone(), platform::replica());
        let open = library.iter().next().map(|it| it.id().clone());
        let state = State {
            session,
            keeper: Keeper::new(
                Store::new(LocalStorage::open(), library.clone()),
                Notebook::open(LocalStorage::of_this_tab()),
            ),
            unread: None,
            offered: HashSet::new(),
            deaf: None,
            failure_read: false,
            set_aside: Vec::new(),
            left_alone: SortedMap::default(),
            view: View::default(),
            open,
            awaited: None,
            focus: None,
            selection: None,
            selecting: false,
            hand: snap::Hand::default(),
            armed: None,
            cursor: None,
            drag: None,
            left: None,
            hidden: [false; Tag::ALL.len()],
            near: None,
            notices: Vec::new(),
            dialog: None,
            sheet: None,
            import: None,
            draft: None,
            occurrences: None,
            finding: None,
            table: Table::default(),
            searches: finding::Searches::default(),
            link: None,
            work: None,
            export_texts: true,
            renaming: None,
            replacing: None,
            replaced: None,
            placing: None,
            backups: Backups::load(),
            auto: AutoBackup::new(),
            settings: Settings::load(),
            said: (0, String::new()),
            layout: 0,
        };
        let app = Self(Rc::new(Shared {
            state: RefCell::new(state),
            line: keeping::Line::new(library),
            lock: RefCell::default(),
            heir: Cell::default(),
            trail: going::Trail::default(),
            alphabets: finding::Alphabets::default(),
            desk: tabling::Desk::default(),
            surface: RefCell::new(None),
            listeners: RefCell::default(),
            next_listener: Cell::default(),
            drawing: Cell::default(),
            drawing_turn: Cell::default(),
            drawing_on: Cell::default(),
            rush: RefCell::default(),
            frame: RefCell::default(),
            note_frame: RefCell::default(),
            backup_file: RefCell::default(),
            backup_timer: RefCell::default(),
        }));
        app.load();
        app.take_up_own();
        app.claim_tab();
        app.begin_trail();
        app.resume_backup_file();
        app
    }

    /// Looks at the state. Nothing may be changed meanwhile.
    pub(super) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.0.state.borrow())
    }

    /// Changes the state and tells who listens.
    fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.0.state.borrow_mut());
        self.notify_listeners();
        result
    }

    /// Calls all who listen, or those only who are not to wait until the text is drawn.
    fn notify_listeners(&self) {
        let wait = self.0.drawing.get();
        let mut listeners = self.0.listeners.borrow().clone();
        listeners.retain(|it| it.at_once || !wait);
        let state = self.0.state.borrow();
        for listener in listeners {
            (listener.hear)(&state);
        }
        self.follow(&state);
    }

    /// What the person just did is seen in the text, which is drawn by itself, one frame earlier than all that is around it:
    /// until then, nobody is told of changes but who is to hear `at_once`.
    fn draw_text_first(&self) {
        if !self.0.drawing.get() {
            self.draw_text_now();
        }
    }

    /// The same for what is changed in the text while it is waited for an earlier change to be seen.
    fn draw_text_now(&self) {
        if gloo::utils::document().hidden() {
            return;
        }
        let turn = self.0.drawing_turn.get().wrapping_add(1);
        self.0.drawing_turn.set(turn);
        self.0.drawing.set(true);
        self.when_drawn(move |app| {
            if app.0.drawing_turn.get() == turn {
                app.0.drawing.set(false);
                app.notify_listeners();
            }
        });
    }

    /// Does something when the browser has drawn what was changed until now.
    fn when_drawn(&self, act: impl FnOnce(&Self) + 'static) {
        let app = self.clone();
        spawn_local(async move {
            platform::drawn().await;
            act(&app);
        });
    }

    /// Calls `hear` after each change of the state; `at_once` before the text is drawn that the change is in.
    pub(super) fn subscribe(&self, at_once: bool, hear: impl Fn(&State) + 'static) -> Subscription {
        let id = self.0.next_listener.get();
        self.0.next_listener.set(id + 1);
        self.0.listeners.borrow_mut().push(Listener { id, at_once, hear: Rc::new(hear) });
        Subscription { app: self.clone(), id }
    }

    /// The text on the page, while there is one.
    pub(super) fn surface(&self) -> Ref<'_, Option<Surface>> {
        self.0.surface.borrow()
    }

    /// Does something with the text on the page.
    pub(super) fn with_surface<T>(&self, ask: impl FnOnce(&Surface) -> Option<T>) -> Option<T> {
        self.0.surface.borrow().as_ref().and_then(ask)
    }
}

/// A drawing that the browser refused is said on its console; the next one draws the same paragraphs whole.
fn drawn(result: Result<(), JsValue>) {
    if let Err(error) = result {
        web_sys::console::error_1(&error);
    }
}

/// The page that the component is in.
#[hook]
pub(super) fn use_app() -> App {
    #[expect(clippy::expect_used, reason = "the root component provides it to all others")]
    use_context::<App>().expect("a component outside the page")
}

/// What `select` finds in the state; the component is drawn again when it finds something else.
#[hook]
pub(super) fn use_view<T, F>(select: F) -> T
where
    T: Clone + PartialEq + 'static,
    F: Fn(&State) -> T + 'static,
{
    use_found(false, select)
}

/// As [`use_view`], for what is never to be behind what the text shows.
#[hook]
pub(super) fn use_view_at_once<T, F>(select: F) -> T
where
    T: Clone + PartialEq + 'static,
    F: Fn(&State) -> T + 'static,
{
    use_found(true, select)
}

#[hook]
fn use_found<T, F>(at_once: bool, select: F) -> T
where
    T: Clone + PartialEq + 'static,
    F: Fn(&State) -> T + 'static,
{
    let app = use_app();
    let value = app.read(&select);
    let seen = value.clone();
    use_watch(app, at_once, Box::new(move |state| select(state) != seen));
    value
}

/// Draws the component again when what it shows `has_changed`. What is the same for all views is here, once in the download.
#[hook]
fn use_watch(app: App, at_once: bool, has_changed: Box<dyn Fn(&State) -> bool>) {
    let redraw = use_force_update();
    let latest = use_mut_ref(|| None);
    *latest.borrow_mut() = Some(has_changed);
    use_effect_with((), move |()| {
        let look = move |state: &State| {
            let changed = latest.borrow().as_ref().is_some_and(|has_changed| has_changed(state));
            if changed {
                redraw.force_update();
            }
        };
        // A change between the first drawing and now has not been heard.
        app.read(&look);
        let subscription = app.subscribe(at_once, look);
        move || drop(subscription)
    });
}
