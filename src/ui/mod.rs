//! The page: Yew components around one store, and the surface that draws the article's text.
//!
//! The rules of annotations are in the layers below. This layer applies changes, saves them and shows the result.

mod commands;
mod feature;
mod features;
mod page;
mod parts;
mod platform;
mod slice;
mod state;
mod store;
mod surface;

use wasm_bindgen_futures::spawn_local;

use self::{
    page::{Page, PageProps},
    state::{State, Store, use_store, use_view, use_view_immediately},
};
use crate::text::Library;

/// Renders the page into the element `#app`.
pub fn start() {
    platform::show_panics();
    let store = Store::new(State::new(&Library::bundled()));
    feature::each(|it| (it.start)(&store));
    feature::each(|it| (it.started)(&store));
    spawn_local(async move {
        // Requests to the database start first, and are answered while the page is rendered.
        platform::yield_microtasks().await;
        let body = || gloo::utils::body().into();
        let root = platform::element("app").map_or_else(body, Into::into);
        yew::Renderer::<Page>::with_root_and_props(root, PageProps { store }).render();
    });
}
