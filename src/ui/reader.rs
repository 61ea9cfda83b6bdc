//! The article, its margin, and what follows the pointer and the scroll bar.

use std::{cell::RefCell, rc::Rc};

use gloo::{
    events::EventListener,
    render::{AnimationFrame, request_animation_frame},
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent, ResizeObserver};
use yew::prelude::*;

use super::{
    address::View,
    app::{App, use_app, use_view},
    caret::Caret,
    hand::Hand,
    handles::Handles,
    margin::Margin,
    ruler::Ruler,
    selection_bar::SelectionBar,
    surface::Surface,
};
use crate::text::Article;

/// Two are the same when they are one article: its text never changes, and is not drawn anew for a change of its title.
#[derive(Clone)]
struct Open(Rc<Article>);

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(self.0.body(), other.0.body()) && self.0.id() == other.0.id()
    }
}

/// The middle of the page.
#[component]
pub(super) fn Reader() -> Html {
    let app = use_app();
    let open = use_view(|state| state.opened().map(|(article, _)| Open(Rc::clone(article))));
    let title = use_view(|state| state.opened().map(|(article, _)| article.title().to_owned()));
    let awaiting = use_view(|state| state.awaited.is_some());
    let behind = use_view(|state| state.view != View::Reader);
    let scroller = use_node_ref();
    let root = use_node_ref();

    {
        let (app, scroller, root) = (app.clone(), scroller.clone(), root.clone());
        use_effect_with(open.clone(), move |open| {
            let watch = match (open, scroller.cast::<HtmlElement>(), root.cast::<HtmlElement>()) {
                (Some(Open(article)), Some(scroller), Some(root)) => {
                    Watch::new(&app, article, scroller, root)
                }
                _ => None,
            };
            move || {
                app.hide();
                drop(watch);
            }
        });
    }

    let onclick = {
        let app = app.clone();
        move |event: MouseEvent| {
            // The end of a drag is a click too; what it selected is not to be lost.
            if !app.is_end_of_drag() {
                let ids = event
                    .target()
                    .and_then(|it| it.dyn_into::<Element>().ok())
                    .and_then(|target| app.with_surface(|it| Some(it.ids_at(&target))));
                app.pick(&ids.unwrap_or_default());
            }
        }
    };

    html! {
        <main id="reader" class={classes!(behind.then_some("behind"))} ref={scroller} tabindex={if behind { "-1" } else { "0" }}
            aria-hidden={behind.then_some("true")} aria-label="Article and annotations">
            if let Some(Open(article)) = &open {
                <div class="page">
                    <article>
                        <Hand />
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

/// The text on the page and everything that watches it, for as long as one article is open.
struct Watch {
    _listeners: Vec<EventListener>,
    resize: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.resize.disconnect();
    }
}

impl Watch {
    fn new(app: &App, article: &Rc<Article>, scroller: HtmlElement, root: HtmlElement) -> Option<Self> {
        let crossed = app.clone();
        let surface = Surface::new(Rc::clone(article), root.clone(), scroller.clone(), move |crossings| {
            crossed.cross(&crossings);
        });
        match surface {
            Ok(surface) => app.show(surface),
            Err(error) => {
                web_sys::console::error_1(&error);
                return None;
            }
        }

        let frame: Rc<RefCell<Option<AnimationFrame>>> = Rc::default();
        let look = {
            let app = app.clone();
            move |_: &web_sys::Event| {
                let app = app.clone();
                *frame.borrow_mut() = Some(request_animation_frame(move |_| app.scrolled()));
            }
        };
        let document = gloo::utils::document();
        let listeners = vec![
            EventListener::new(&scroller, "scroll", look),
            listen(app, &document, "selectionchange", App::selection_changed),
            hear(app, &scroller, "pointerdown", |app, event: &PointerEvent| {
                // Other buttons open menus, which may keep the release to themselves; fingers scroll, and select by
                // means of the system.
                if event.button() == 0 && event.pointer_type() != "touch" && is_over_text(event) {
                    app.press(event.alt_key());
                }
            }),
            hear(app, &scroller, "mousedown", |app, event: &MouseEvent| app.count_clicks(event.detail())),
            hear(app, &document, "pointermove", |app, event: &PointerEvent| app.hold_exact(event.alt_key())),
            hear(app, &document, "keydown", |app, event: &KeyboardEvent| app.hold_exact(event.alt_key())),
            hear(app, &document, "keyup", |app, event: &KeyboardEvent| app.hold_exact(event.alt_key())),
            hear(app, &document, "pointerup", |app, event: &PointerEvent| {
                app.hold_exact(event.alt_key());
                app.release();
            }),
            listen(app, &document, "pointercancel", App::let_go),
        ];

        let moved = app.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || moved.moved());
        let resize = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        resize.observe(&root);
        resize.observe(&scroller);
        Some(Self { _listeners: listeners, resize, _on_resize: on_resize })
    }
}

/// Whether a press begins a selection of the article, and is not on something that is pressed.
fn is_over_text(event: &PointerEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| {
        let within = |selector| it.closest(selector).ok().flatten().is_some();
        within("article") && !within("#hand")
    })
}

fn hear<E: JsCast>(
    app: &App,
    target: &web_sys::EventTarget,
    event: &'static str,
    act: impl Fn(&App, &E) + 'static,
) -> EventListener {
    let app = app.clone();
    EventListener::new(target, event, move |event| {
        if let Some(event) = event.dyn_ref() {
            act(&app, event);
        }
    })
}

fn listen(
    app: &App,
    target: &web_sys::EventTarget,
    event: &'static str,
    act: impl Fn(&App) + 'static,
) -> EventListener {
    let app = app.clone();
    EventListener::new(target, event, move |_| act(&app))
}
