//! The menu for theme and text size.

use yew::prelude::*;

use super::{
    actions::set,
    state::{Settings, StripesShown, TextSize, Theme},
};
use crate::ui::{
    Store,
    parts::{button::Button, icons::Icon},
    use_store, use_view,
};

/// The button and the menu for theme and text size.
#[component]
pub(crate) fn ViewMenu() -> Html {
    let store = use_store();
    let settings = use_view(|state| state.settings);
    html! {
        <>
            <Button action="view" icon={Icon::View} label="View" opens="view-menu" />
            <div id="view-menu" class="menu" popover="auto">
                <fieldset>
                    <legend>{ "Theme" }</legend>
                    { for Theme::ALL.into_iter().map(|theme| {
                        let chosen = settings.theme == theme;
                        choice(&store, theme.name(), chosen, ("data-theme", theme.id()), Settings { theme, ..settings })
                    }) }
                </fieldset>
                <fieldset>
                    <legend>{ "Text size" }</legend>
                    { for TextSize::ALL.into_iter().map(|size| {
                        let chosen = settings.size == size;
                        choice(&store, size.name(), chosen, ("data-size", size.id()), Settings { size, ..settings })
                    }) }
                </fieldset>
                <fieldset>
                    <legend>{ "Coding stripes" }</legend>
                    { for StripesShown::ALL.into_iter().map(|stripes| {
                        let chosen = settings.stripes == stripes;
                        choice(&store, stripes.name(), chosen, ("data-stripes", stripes.id()), Settings { stripes, ..settings })
                    }) }
                </fieldset>
            </div>
        </>
    }
}

fn choice(
    store: &Store,
    name: &str,
    chosen: bool,
    data: (&'static str, &'static str),
    settings: Settings,
) -> Html {
    let store = store.clone();
    let onclick = move |_| set(&store, settings);
    let value = |name: &str| (data.0 == name).then_some(data.1);
    html! {
        <button type="button" class="choice" aria-pressed={chosen.to_string()} data-theme={value("data-theme")}
            data-size={value("data-size")} data-stripes={value("data-stripes")} {onclick}>
            { name }
        </button>
    }
}
