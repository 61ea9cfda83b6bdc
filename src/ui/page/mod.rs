//! The page as a whole: the header, the views of the features, the footer, and the events of the window.

mod events;
mod footer;
mod header;
mod keyboard;
mod views;

use gloo::render::request_animation_frame;
use yew::prelude::*;

use self::{footer::Footer, header::Header};
use super::{
    Store,
    feature::{self, Region},
    features::{lazy::LazyContent, location::View},
    use_view,
};

#[derive(PartialEq, Properties)]
pub(crate) struct PageProps {
    pub(crate) store: Store,
}

/// The whole page.
#[component]
pub(crate) fn Page(PageProps { store }: &PageProps) -> Html {
    {
        let store = store.clone();
        use_effect_with((), move |()| {
            let listeners = (keyboard::listen(&store), events::listen(&store));
            // The page is laid out in the first frame and has been painted by the second.
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
        <ContextProvider<Store> context={store.clone()}>
            <Header />
            { region_views(Region::Pane) }
            <CurrentView />
            { region_views(Region::Main) }
            <Footer />
            { region_views(Region::Overlay) }
        </ContextProvider<Store>>
    }
}

/// The current view, unless it is the reader, which is always there.
#[component]
fn CurrentView() -> Html {
    match use_view(|state| state.location.view()) {
        View::Reader => html! {},
        view => html! { <LazyContent key={view.id()} id={view.id()} /> },
    }
}

/// The views of the features for a region.
fn region_views(region: Region) -> Html {
    let mut views = Vec::new();
    feature::each(|it| {
        if let Some((_, view)) = it.view.filter(|(it, _)| *it == region) {
            views.push(view());
        }
    });
    views.into_iter().collect()
}
