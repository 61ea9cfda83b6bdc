//! The buttons of the header.

use yew::prelude::*;

use crate::ui::parts::icons::{Icon, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct ButtonProps {
    pub(crate) action: &'static str,
    pub(crate) icon: Icon,
    pub(crate) label: AttrValue,
    /// The text that is shown if there is room.
    #[prop_or_default]
    pub(crate) short: Option<&'static str>,
    #[prop_or_default]
    pub(crate) disabled: bool,
    #[prop_or_default]
    pub(crate) class: &'static str,
    /// The `id` of the popover that it opens.
    #[prop_or_default]
    pub(crate) opens: Option<&'static str>,
    #[prop_or_default]
    pub(crate) onclick: Callback<MouseEvent>,
}

/// A button with an icon and, if there is room, its short text.
#[component]
pub(crate) fn Button(props: &ButtonProps) -> Html {
    html! {
        <button type="button" class={classes!("button", props.class, props.short.map(|_| "worded"))} data-action={props.action}
            aria-label={props.label.clone()} title={props.label.clone()} disabled={props.disabled}
            popovertarget={props.opens} onclick={props.onclick.clone()}>
            { icon(props.icon) }
            if let Some(short) = props.short {
                <span class="words">{ short }</span>
            }
        </button>
    }
}
