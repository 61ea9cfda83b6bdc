//! The page: Yew components around one state, and the article's text beside them.
//!
//! What may happen to annotations is decided in the layers below; here it is asked for, kept and shown.

mod add_text;
mod address;
mod app;
mod articles;
mod backup_file;
mod caret;
mod chart;
mod commands;
mod dialogs;
mod encodings;
mod footer;
mod hand;
mod handles;
mod header;
mod history;
mod icons;
mod import;
mod kept;
mod margin;
mod notices;
mod occurrences;
mod palette;
mod placing;
mod platform;
mod reader;
mod reports;
mod ruler;
mod search;
mod segmenter;
mod selection_bar;
mod storage_panel;
mod surface;
mod table;

use gloo::{
    events::{EventListener, EventListenerOptions},
    render::request_animation_frame,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, KeyboardEvent, StorageEvent};
use yew::prelude::*;

use self::{
    app::{App, Sheet, Trouble, use_view},
    articles::Articles,
    chart::Chart,
    dialogs::Dialogs,
    footer::Footer,
    header::Header,
    margin::{MORE_BUTTON, MORE_MENU},
    notices::Notices,
    reader::Reader,
    search::Search,
    table::Table,
};
use crate::text::Library;

/// Puts the page into the document's `#app`.
pub fn start() {
    platform::show_panics();
    let app = App::new(Library::bundled());
    spawn_local(async move {
        // The database is asked first, and answers while the page is drawn.
        platform::stand_back().await;
        let body = || gloo::utils::body().into();
        let root = platform::element("app").map_or_else(body, Into::into);
        yew::Renderer::<Page>::with_root_and_props(root, PageProps { app }).render();
    });
}

#[derive(PartialEq, Properties)]
struct PageProps {
    app: App,
}

/// The whole page.
#[component]
fn Page(PageProps { app }: &PageProps) -> Html {
    {
        let app = app.clone();
        use_effect_with((), move |()| {
            let window = gloo::utils::window();
            let listeners = [
                keys(&app, &window),
                other_tabs(&app, &window),
                going(&app, &window, "popstate"),
                going(&app, &window, "hashchange"),
                listen_again(&app, &window, "pointerdown"),
                listen_again(&app, &window, "focusin"),
                leaving(&app, &window),
                put_away(&app),
                printing(&app, &window, "beforeprint"),
                printing(&app, &window, "afterprint"),
            ];
            // Two frames: the first lays the page out, the second is there when it has been painted.
            let ready = request_animation_frame(|_| {
                let painted = request_animation_frame(|_| {
                    let _ = gloo::utils::body().set_attribute("data-ready", "true");
                });
                std::mem::forget(painted);
            });
            move || drop((listeners, ready))
        });
    }
    html! {
        <ContextProvider<App> context={app.clone()}>
            <Header />
            <Articles />
            <Search />
            <Table />
            <Chart />
            <Reader />
            <Footer />
            <Notices />
            <Backdrop />
            <Dialogs />
            <Live />
        </ContextProvider<App>>
    }
}

/// What assistive technology is told of what a command did.
#[component]
fn Live() -> Html {
    let (number, text) = use_view(|state| state.said.clone());
    // The same words twice are news twice: a space makes them another text.
    let text = if number % 2 == 0 { text } else { format!("{text}\u{a0}") };
    html! { <div id="live" class="away" role="status" aria-live="polite">{ text }</div> }
}

/// Behind a sheet; a press on it closes the sheet.
#[component]
fn Backdrop() -> Html {
    let app = app::use_app();
    let sheet = use_view(|state: &app::State| state.sheet);
    let onclick = move |_| app.sheet(None);
    match sheet {
        Some(Sheet::Articles | Sheet::Annotations) => {
            html! { <div id="backdrop" aria-hidden="true" {onclick} /> }
        }
        None => html! {},
    }
}

fn keys(app: &App, window: &web_sys::Window) -> EventListener {
    let app = app.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(window, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let Some(command) = commands::command(event) else { return };
        let leave = command.id == commands::LEAVE;
        let open = |selector| gloo::utils::document().query_selector(selector).ok().flatten().is_some();
        // Asked of the page: a dialog is told to be closed a moment after it is. A menu that is open has Escape for itself.
        if open("dialog:modal") || app.is_deaf_to(leave) || (open(":popover-open") && leave) {
            return;
        }
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let field = target.filter(|it| it.matches("textarea, input, select").unwrap_or(false));
        if let Some(field) = field.filter(|_| !command.holds_in_fields()) {
            // In a field keys write, but for the one that leaves it.
            if leave {
                if let Some(field) = field.dyn_ref::<web_sys::HtmlElement>() {
                    let _ = field.blur();
                }
                if let Some(reader) = platform::element("table-grid").or_else(|| platform::element("reader"))
                {
                    let _ = reader.focus();
                }
            }
            return;
        }
        // What a key does on a control, such as a menu, is the control's.
        if !command.holds_at(event) {
            return;
        }
        if !leave {
            event.prevent_default();
        }
        command.dispatch(&app);
    })
}

fn listen_again(app: &App, window: &web_sys::Window, event: &'static str) -> EventListener {
    let app = app.clone();
    EventListener::new(window, event, move |_| app.listen_again())
}

/// The address was changed: Back and Forward tell by the first of the events, some browsers of a change by hand by the second.
fn going(app: &App, window: &web_sys::Window, event: &'static str) -> EventListener {
    let app = app.clone();
    EventListener::new(window, event, move |_| app.address_changed())
}

/// The page is printed: highlights are wanted that are far from the viewport.
fn printing(app: &App, window: &web_sys::Window, event: &'static str) -> EventListener {
    let app = app.clone();
    EventListener::new(window, event, move |_| app.print(event == "beforeprint"))
}

/// The page is hidden: another tab comes to the front, or this one is closed.
fn put_away(app: &App) -> EventListener {
    let app = app.clone();
    EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| {
        if gloo::utils::document().hidden() {
            app.write_file_now();
            app.keep_place();
        }
    })
}

/// Has the browser ask before a page is left that alone has some of the work.
fn leaving(app: &App, window: &web_sys::Window) -> EventListener {
    let app = app.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(window, "beforeunload", options, move |event| {
        app.leave_address();
        if app.read(|state| matches!(state.trouble(), Some(Trouble::Unsaved(1.., _)))) {
            event.prevent_default();
        }
    })
}

/// Another tab of this browser wrote something.
fn other_tabs(app: &App, window: &web_sys::Window) -> EventListener {
    let app = app.clone();
    EventListener::new(window, "storage", move |event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            app.heard(event.key().as_deref(), event.new_value().as_deref());
        }
    })
}
