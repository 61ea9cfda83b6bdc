//! A field with the list of what matches the words in it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{focus::use_focus, words::count};
use crate::ui::platform;

/// An option in the list.
#[derive(Clone, PartialEq)]
pub(crate) struct Row {
    /// The name in the DOM.
    pub(crate) id: String,
    /// True if it cannot be chosen now.
    pub(crate) disabled: bool,
    pub(crate) content: Html,
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The name of the list in the DOM.
    pub(crate) id: &'static str,
    /// The label of the field.
    pub(crate) label: &'static str,
    /// The label of the list.
    pub(crate) list: &'static str,
    pub(crate) rows: Vec<Row>,
    /// The number of options that match and are not in the list.
    pub(crate) more: usize,
    /// The words in the field.
    pub(crate) query: UseStateHandle<String>,
    /// The index of the highlighted option.
    pub(crate) active: UseStateHandle<usize>,
    /// Chooses an option by its index.
    pub(crate) choose: Callback<usize>,
}

/// The field and the list. The field has the focus, the arrow keys highlight an option, and Enter chooses it.
#[component]
pub(crate) fn Combobox(props: &Props) -> Html {
    let field = use_node_ref();
    let Props { rows, query, active, choose, .. } = props;
    let current = rows.get(**active).map(|it| it.id.clone());
    use_focus(&field);
    use_effect_with(current.clone(), |current| {
        if let Some(row) = current.as_deref().and_then(platform::element) {
            platform::scroll_into_view(&row);
        }
    });
    let oninput = {
        let (query, active) = (query.clone(), active.clone());
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(field.value());
                active.set(0);
            }
        }
    };
    let onkeydown = {
        let (active, choose, count) = (active.clone(), choose.clone(), rows.len());
        move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" if *active + 1 < count => *active + 1,
                "ArrowDown" => 0,
                "ArrowUp" => active.checked_sub(1).unwrap_or(count.saturating_sub(1)),
                "Enter" if !event.is_composing() => {
                    event.prevent_default();
                    choose.emit(*active);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            active.set(to);
        }
    };
    html! {
        <>
            <input ref={field} type="text" class="combobox-field" role="combobox" autocomplete="off" spellcheck="false"
                aria-label={props.label} aria-expanded="true" aria-controls={props.id} aria-autocomplete="list"
                aria-activedescendant={current} placeholder={props.label} value={(**query).clone()} {oninput} {onkeydown} />
            // The field keeps the focus while an option is pressed.
            <ul id={props.id} class="combobox-list" role="listbox" aria-label={props.list}
                onmousedown={|event: MouseEvent| event.prevent_default()}>
                { for rows.iter().enumerate().map(|(index, row)| {
                    let (choose, chosen) = (choose.clone(), index == **active);
                    let onclick = move |_| choose.emit(index);
                    html! {
                        <li key={row.id.clone()} id={row.id.clone()} role="option" aria-selected={chosen.to_string()}
                            aria-disabled={row.disabled.then_some("true")} {onclick}>
                            { row.content.clone() }
                        </li>
                    }
                }) }
            </ul>
            if props.more > 0 {
                <p class="combobox-more">{ format!("{} more: type letters of the name", props.more) }</p>
            }
            <p class="away" role="status">{ found(rows.len(), props.more) }</p>
        </>
    }
}

/// What a screen reader says of the list after each letter.
fn found(listed: usize, more: usize) -> String {
    if more > 0 { format!("{listed} of {}", listed + more) } else { count(listed, "entry", "entries") }
}
