//! The buttons of the header.

use yew::prelude::*;

use crate::ui::parts::icons::{Icon, icon};

#[derive(Properties, PartialEq)]
pub(crate) struct ButtonProps {
    pub(crate) action: &'static str,
    pub(crate) icon: Icon,
    pub(crate) label: AttrValue,
    /// What is shown where there is room; the label where it is not given.
    #[prop_or_default]
    pub(crate) short: Option<&'static str>,
    #[prop_or_default]
    pub(crate) disabled: bool,
    #[prop_or_default]
    pub(crate) class: &'static str,
    #[prop_or_default]
    pub(crate) opens: Option<&'static str>,
    #[prop_or_default]
    pub(crate) onclick: Callback<MouseEvent>,
}

/// A button that shows its name where there is room and its picture where there is not.
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
