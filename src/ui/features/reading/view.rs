//! The component that shows the article and its margin, and the listeners to the pointer, keys and scrolling.

use std::{cell::RefCell, rc::Rc};

use gloo::{
    events::EventListener,
    render::{AnimationFrame, request_animation_frame},
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent, ResizeObserver};
use yew::prelude::*;

use super::{
    actions::{chunks_crossed, scrolled},
    ruler::Ruler,
    surface::{hide, show},
};
use crate::{
    text::Article,
    ui::{
        Store,
        features::{
            annotations::{self, Handles, Margin, SelectionBar, TextTools},
            document, highlights,
            location::View,
            navigation,
            selection::{self, Caret},
            settings::StripesShown,
            stripes::Stripes,
            viewport,
        },
        surface::Surface,
        use_store, use_view,
    },
};

/// The open article. Equal if it has the same id and text, so that a new title does not redraw the text.
#[derive(Clone)]
struct OpenArticle(Rc<Article>);

impl PartialEq for OpenArticle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(self.0.body(), other.0.body()) && self.0.id() == other.0.id()
    }
}

/// The article with its margin, or a message if none is open.
#[component]
pub(super) fn Reader() -> Html {
    let store = use_store();
    let open = use_view(|state| document::opened(state).map(|(article, _)| OpenArticle(Rc::clone(article))));
    let title = use_view(|state| document::opened(state).map(|(article, _)| article.title().to_owned()));
    let awaiting = use_view(|state| state.location.awaited().is_some());
    let behind = use_view(|state| state.location.view() != View::Reader);
    let whole = use_view(|state| state.settings.whole);
    let has_stripes = use_view(|state| {
        state.settings.stripes == StripesShown::Everywhere
            || state.location.open().is_some_and(|it| state.stripes.is_beside(it))
    });
    let scroller = use_node_ref();
    let root = use_node_ref();

    {
        let (store, scroller, root) = (store.clone(), scroller.clone(), root.clone());
        use_effect_with(open.clone(), move |open| {
            let observers = match (open, scroller.cast::<HtmlElement>(), root.cast::<HtmlElement>()) {
                (Some(OpenArticle(article)), Some(scroller), Some(root)) => {
                    Observers::new(&store, article, scroller, root)
                }
                _ => None,
            };
            move || {
                hide(&store);
                drop(observers);
            }
        });
    }

    {
        let store = store.clone();
        use_effect_with(whole, move |whole| highlights::highlight_all(&store, *whole));
    }

    let onclick = {
        let store = store.clone();
        move |event: MouseEvent| {
            // The end of a drag is a click too, and must not clear the selection.
            if !selection::is_end_of_drag(&store) {
                let ids = event
                    .target()
                    .and_then(|it| it.dyn_into::<Element>().ok())
                    .and_then(|target| viewport::with_surface(&store, |it| Some(it.ids_at(&target))));
                navigation::focus_clicked(&store, &ids.unwrap_or_default());
            }
        }
    };

    html! {
        <main id="reader" class={classes!(behind.then_some("behind"))} ref={scroller} tabindex={if behind { "-1" } else { "0" }}
            aria-hidden={behind.then_some("true")} aria-label="Article and annotations">
            if let Some(OpenArticle(article)) = &open {
                <div class={classes!("page", has_stripes.then_some("has-stripes"))}>
                    <article>
                        <TextTools />
                        <h1 id="title" dir="auto">{ title }</h1>
                        <p class="meta">{ format!("{}, {} words", article.kind(), article.words()) }</p>
                        <div id="text" ref={root} {onclick} />
                        if article.words() == 0 {
                            <p class="empty">{ "This article has no text." }</p>
                        }
                    </article>
                    <Ruler />
                    <Margin />
                    <Caret />
                    <Handles />
                    <Stripes />
                    <SelectionBar />
                </div>
            } else if awaiting {
                <p class="empty awaiting">{ "Opening …" }</p>
            } else {
                <p class="empty">{ "No article is open. Choose one from the list." }</p>
            }
        </main>
    }
}

/// The listeners and observers of the text on the page, while an article is open.
struct Observers {
    _listeners: Vec<EventListener>,
    resize: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl Observers {
    fn new(store: &Store, article: &Rc<Article>, scroller: HtmlElement, root: HtmlElement) -> Option<Self> {
        let crossed = store.clone();
        let surface = Surface::new(Rc::clone(article), root.clone(), scroller.clone(), move |crossings| {
            chunks_crossed(&crossed, &crossings);
        });
        match surface {
            Ok(surface) => show(store, surface),
            Err(error) => {
                web_sys::console::error_1(&error);
                return None;
            }
        }

        let frame: Rc<RefCell<Option<AnimationFrame>>> = Rc::default();
        let on_scroll = {
            let store = store.clone();
            move |_: &web_sys::Event| {
                let store = store.clone();
                *frame.borrow_mut() = Some(request_animation_frame(move |_| scrolled(&store)));
            }
        };
        let document = gloo::utils::document();
        let listeners = vec![
            EventListener::new(&scroller, "scroll", on_scroll),
            listen(store, &document, "selectionchange", selection::changed),
            listen_with_event(store, &scroller, "pointerdown", |store, event: &PointerEvent| {
                // Other buttons open menus, which may swallow the release. Touches scroll; the system makes their
                // selections.
                if event.button() == 0 && event.pointer_type() != "touch" && is_over_text(event) {
                    selection::press(store, event.alt_key());
                }
            }),
            listen_with_event(store, &scroller, "mousedown", |store, event: &MouseEvent| {
                selection::count_clicks(store, event.detail());
            }),
            listen_with_event(store, &document, "pointermove", |store, event: &PointerEvent| {
                selection::set_by_character(store, event.alt_key());
            }),
            listen_with_event(store, &document, "keydown", |store, event: &KeyboardEvent| {
                selection::set_by_character(store, event.alt_key());
            }),
            listen_with_event(store, &document, "keyup", |store, event: &KeyboardEvent| {
                selection::set_by_character(store, event.alt_key());
            }),
            listen_with_event(store, &document, "pointerup", |store, event: &PointerEvent| {
                selection::set_by_character(store, event.alt_key());
                annotations::release(store);
            }),
            listen(store, &document, "pointercancel", selection::cancel),
        ];

        let moved = store.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || viewport::layout_changed(&moved));
        let resize = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        resize.observe(&root);
        resize.observe(&scroller);
        Some(Self { _listeners: listeners, resize, _on_resize: on_resize })
    }
}

impl Drop for Observers {
    fn drop(&mut self) {
        self.resize.disconnect();
    }
}

/// True if a press can start a selection: it is on the article and not on a control.
fn is_over_text(event: &PointerEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| {
        let within = |selector| it.closest(selector).ok().flatten().is_some();
        within("article") && !within("#hand")
    })
}

/// Calls `act` with each event.
fn listen_with_event<E: JsCast>(
    store: &Store,
    target: &web_sys::EventTarget,
    event: &'static str,
    act: impl Fn(&Store, &E) + 'static,
) -> EventListener {
    let store = store.clone();
    EventListener::new(target, event, move |event| {
        if let Some(event) = event.dyn_ref() {
            act(&store, event);
        }
    })
}

/// Calls `act` on each event.
fn listen(
    store: &Store,
    target: &web_sys::EventTarget,
    event: &'static str,
    act: impl Fn(&Store) + 'static,
) -> EventListener {
    let store = store.clone();
    EventListener::new(target, event, move |_| act(&store))
}
