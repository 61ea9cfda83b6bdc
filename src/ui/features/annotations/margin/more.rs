//! The menu on the focused card with the less frequent actions.

use std::rc::Rc;

use yew::prelude::*;

use super::super::edits::duplicate;
use crate::{
    annotation::{Codebook, Tag, TagId},
    ui::{
        Store,
        commands::{self, PICK, Runnable, shown},
        features::{document, navigation, viewport},
        parts::{
            icons::{Icon, icon},
            look::look,
            tag_key::tag_key,
        },
        platform, use_store,
    },
};

/// The `id` of the menu.
pub(crate) const MORE_MENU: &str = "card-menu";

/// The `id` of the button that opens the menu.
pub(crate) const MORE_BUTTON: &str = "card-more";

/// The commands in the menu, in its order.
const LISTED: [&str; 4] = [PICK, "merge", "split", "tag-others"];

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The tag that the annotation has.
    pub(crate) tag: TagId,
    pub(crate) codebook: Codebook,
}

/// The button and its menu.
#[component]
pub(crate) fn More(props: &Props) -> Html {
    let store = use_store();
    let Props { tag: own, codebook } = props;
    let others: Vec<Rc<Tag>> = document::few_tags(codebook).into_iter().filter(|it| it.id != *own).collect();
    let run = |command: Runnable| {
        let store = store.clone();
        move |_: MouseEvent| command.dispatch(&store)
    };
    let onkeydown = {
        let keys: Vec<(TagId, Option<char>)> = others.iter().map(|it| (it.id, it.key)).collect();
        let store = store.clone();
        move |event: KeyboardEvent| {
            // In this menu the keys of tags duplicate; elsewhere they change the tag.
            let pressed = event.key();
            let tag = keys.iter().find(|(_, key)| key.is_some_and(|it| pressed == it.to_string()));
            if let Some((tag, _)) = tag {
                event.stop_propagation();
                event.prevent_default();
                platform::hide_popover(MORE_MENU);
                duplicate(&store, *tag);
            }
        }
    };
    let commands = LISTED.iter().filter_map(|id| commands::all(codebook).find(|it| it.is(id)));
    html! {
        <>
            <button type="button" id={MORE_BUTTON} class="button quiet" data-action="more" popovertarget={MORE_MENU} onclick={place}>
                <span>{ "More" }</span>{ icon(Icon::More) }
            </button>
            <div id={MORE_MENU} class="menu" popover="auto" role="group" aria-label="More actions for this annotation" {onkeydown}>
                { for commands.map(|command| html! {
                    <button type="button" data-action={command.id()} popovertarget={MORE_MENU} popovertargetaction="hide"
                        onclick={run(command.clone())}>
                        <span>{ command.name() }</span>
                        { for command.keys().iter().map(|keys| html! { <kbd aria-hidden="true">{ shown(keys) }</kbd> }) }
                    </button>
                }) }
                <p id="duplicate-words">{ "Duplicate as" }<kbd aria-hidden="true">{ "D" }</kbd></p>
                <div class="tags" role="group" aria-labelledby="duplicate-words">
                    { for others.iter().map(|tag| {
                        let (store, id) = (store.clone(), tag.id);
                        html! {
                            <button type="button" class={look("tag", Some(tag))} data-duplicate={id.as_str()}
                                popovertarget={MORE_MENU} popovertargetaction="hide" onclick={move |_| duplicate(&store, id)}>
                                { &*tag.name }{ tag_key(tag) }
                            </button>
                        }
                    }) }
                </div>
            </div>
        </>
    }
}

/// Positions the menu below its button, or above it near the bottom of the window.
fn place(_: MouseEvent) {
    let (Some(button), Some(menu)) = (platform::element(MORE_BUTTON), platform::element(MORE_MENU)) else {
        return;
    };
    let at = button.get_bounding_client_rect();
    let root = gloo::utils::document_element();
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let below = at.bottom() < height * 0.6;
    let px = |number: f64| format!("{number:.0}px");
    let (top, bottom) = if below {
        (px(at.bottom() + 4.0), "auto".to_owned())
    } else {
        ("auto".to_owned(), px(height - at.top() + 4.0))
    };
    let right = px((width - at.right()).max(8.0));
    for (name, value) in [("top", &*top), ("bottom", &*bottom), ("right", &*right)] {
        let _ = menu.style().set_property(name, value);
    }
}

/// Opens the menu of the focused card, with the focus on the tags for a duplicate.
pub(crate) fn choose_second_tag(store: &Store) {
    let Some(id) = store.read(|state| state.location.focus()) else { return };
    navigation::show_cards(store);
    navigation::go_to_annotation(store, id);
    viewport::when_present(store, MORE_BUTTON, |button| {
        button.click();
        platform::focus_first(&format!("#{MORE_MENU} [data-duplicate]"));
    });
}
