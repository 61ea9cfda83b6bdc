//! Copying the link to an article or an annotation.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::state::visits_of;
use crate::{
    text::ArticleId,
    ui::{
        Store,
        features::{
            location::{self, Place},
            notices,
        },
        parts::{dialog::Dialog, notice::Notice},
        platform, use_view,
    },
};

pub(super) static LINK: Dialog = Dialog::new("link", "Link", || html! { <Link /> });

/// A link for the person to copy, since the browser does not let the page do it.
#[component]
fn Link() -> Html {
    let link = use_view(|state| state.navigation.link.clone());
    let onfocus = |event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            // Some browsers put the cursor into the field after they have told of the focus.
            let frame = gloo::render::request_animation_frame(move |_| field.select());
            std::mem::forget(frame);
        }
    };
    html! {
        <>
            <p>{ "This browser does not allow the page to copy. The link is selected: copy it with " }<kbd>{ "Ctrl+C" }</kbd>{ "." }</p>
            <input class="link" type="text" name="link" readonly=true autofocus=true aria-label="Link"
                value={link.unwrap_or_default()} {onfocus} />
        </>
    }
}

/// The kind of the notice of a copied link.
const LINK_COPIED: &str = "link-copied";

/// How long it is told that a link was copied, in milliseconds.
const LINK_NOTICE: u32 = 5_000;

/// Gives the person the link of an annotation or, without one, of the open article.
pub(crate) fn copy_link(store: &Store) {
    copy(store, &store.read(location::place));
}

/// Gives the person the link of an article.
pub(crate) fn copy_article_link(store: &Store, article: &ArticleId) {
    copy(store, &Place::Article(article.clone()));
}

fn copy(store: &Store, place: &Place) {
    let link = place.link();
    let what = if matches!(place, Place::Annotation(..)) { "annotation" } else { "article" };
    let store = store.clone();
    spawn_local(async move {
        let copied = platform::copy(&link).await;
        store.update(|state| {
            if copied {
                let notice = Notice::new(LINK_COPIED, format!("The link to this {what} was copied."));
                state.announcements.say(notice.text.clone());
                state.notices.show(notice);
            } else {
                state.navigation.link = Some(link);
                state.dialogs.open(&LINK);
            }
        });
        if copied {
            let later = store.clone();
            let timer = Timeout::new(LINK_NOTICE, move || notices::dismiss(&later, LINK_COPIED));
            *visits_of(&store).read.borrow_mut() = Some(timer);
        }
    });
}
