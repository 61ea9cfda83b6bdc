//! The header: the views, the save status, and the buttons for what concerns the whole page.

use yew::prelude::*;

use super::views::Views;

use crate::ui::{
    features::{
        dialogs,
        exchange::{ExportMenu, ImportButton},
        help,
        history::{self, UndoRedo},
        navigation::{self, Panel},
        safety::SaveStatus,
        settings::ViewMenu,
    },
    parts::{button::Button, dialog::Dialog, icons::Icon},
    use_store, use_view,
};

/// The header.
#[component]
pub(super) fn Header() -> Html {
    html! {
        <header id="header">
            <PanelButton />
            <span class="brand">{ "Glossator" }</span>
            <Views />
            <span class="space" />
            <SaveStatus />
            <UndoRedo />
            <DialogButton action="history" icon={Icon::History} label="History (H)" dialog={&history::HISTORY} />
            <ImportButton />
            <ExportMenu />
            <DialogButton action="definitions" icon={Icon::Definitions} label="Definitions of the tags (I)" short="Definitions" dialog={&help::DEFINITIONS} />
            <ViewMenu />
            <DialogButton action="palette" icon={Icon::Commands} label="All commands (Ctrl+K)" dialog={&help::PALETTE} />
            <DialogButton action="help" icon={Icon::Keys} label="Keyboard shortcuts" dialog={&help::KEYS} />
        </header>
    }
}

#[derive(Properties, PartialEq)]
struct DialogButtonProps {
    action: &'static str,
    icon: Icon,
    label: &'static str,
    #[prop_or_default]
    short: Option<&'static str>,
    dialog: &'static Dialog,
}

/// A button that opens a dialog.
#[component]
fn DialogButton(props: &DialogButtonProps) -> Html {
    let store = use_store();
    let dialog = props.dialog;
    let onclick = move |_| dialogs::open(&store, dialog);
    html! { <Button action={props.action} icon={props.icon} label={props.label} short={props.short} {onclick} /> }
}

/// The button that opens the list of articles on a narrow page.
#[component]
fn PanelButton() -> Html {
    let store = use_store();
    let open = use_view(|state| state.navigation.panel() == Some(Panel::Articles));
    let onclick = move |_| navigation::show_panel(&store, (!open).then_some(Panel::Articles));
    html! { <Button action="articles" icon={Icon::Articles} label="Articles" class="for-sheet" {onclick} /> }
}
