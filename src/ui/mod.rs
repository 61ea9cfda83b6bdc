//! The page: Yew components around one store, and the article's text beside them.
//!
//! What may happen to annotations is decided in the layers below; here it is asked for, saved and shown.

mod commands;
mod feature;
mod features;
mod page;
mod parts;
mod platform;
mod state;
mod store;
mod surface;

use wasm_bindgen_futures::spawn_local;

use self::{
    page::{Page, PageProps},
    state::{State, Store, use_store, use_view, use_view_immediately},
};
use crate::text::Library;

/// Puts the page into the document's `#app`.
pub fn start() {
    platform::show_panics();
    let store = Store::new(State::new(&Library::bundled()));
    feature::each(|it| (it.start)(&store));
    spawn_local(async move {
        // The database is asked first, and answers while the page is rendered.
        platform::stand_back().await;
        let body = || gloo::utils::body().into();
        let root = platform::element("app").map_or_else(body, Into::into);
        yew::Renderer::<Page>::with_root_and_props(root, PageProps { store }).render();
    });
}
