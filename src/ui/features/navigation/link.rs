//! Copies the link to an article or an annotation, or shows it in a dialog if the browser does not allow that.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::state::place_tracker;
use crate::{
    text::ArticleId,
    ui::{
        Store,
        features::{
            location::{self, Place},
            notices,
        },
        parts::{dialog::Dialog, lazy_html::LazyHtml, notice::Notice},
        platform, use_view,
    },
};

/// The kind of the notice of a copied link.
const LINK_COPIED: &str = "link-copied";

/// How long the notice of a copied link is shown, in milliseconds.
const LINK_NOTICE: u32 = 5_000;

pub(super) static LINK: Dialog = Dialog::new("link", "Link");
pub(super) const LINK_HTML: LazyHtml = LazyHtml::of(&LINK, || html! { <Link /> });

/// The content of the dialog: the link, to be copied by hand.
#[component]
fn Link() -> Html {
    let link = use_view(|state| state.navigation.link.clone());
    let onfocus = |event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            // Some browsers move the cursor after the focus event, which would undo a selection made now.
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

/// Copies the link to the focused annotation or, without one, to the open article.
pub(crate) fn copy_link(store: &Store) {
    copy(store, &store.read(location::place));
}

/// Copies the link to an article.
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
                let text = format!("The link to this {what} was copied.");
                notices::announce(state, Notice::new(LINK_COPIED, text));
            } else {
                state.navigation.link = Some(link);
                state.dialogs.open(&LINK);
            }
        });
        if copied {
            let later = store.clone();
            let timer = Timeout::new(LINK_NOTICE, move || notices::dismiss(&later, LINK_COPIED));
            *place_tracker(&store).link_notice_timer.borrow_mut() = Some(timer);
        }
    });
}
