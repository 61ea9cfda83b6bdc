//! The dialog that lists the keys of all commands.

use yew::prelude::*;

use crate::ui::{
    commands::{self, Group, Runnable, shown},
    features::document,
    parts::{dialog::Dialog, lazy_html::LazyHtml},
};

pub(crate) static KEYS: Dialog = Dialog::new("keys", "Keyboard");
pub(super) const KEYS_HTML: LazyHtml = LazyHtml::of(&KEYS, || html! { <Keys /> });

#[component]
fn Keys() -> Html {
    let commands: Vec<Runnable> = commands::all(&document::use_codebook()).collect();
    let commands_of = |group| commands.iter().filter(move |it| it.group() == group && !it.keys().is_empty());
    html! {
        <table>
            { for Group::ALL.into_iter().map(|group| html! {
                <tbody>
                    <tr><th scope="rowgroup" colspan="2" class="group">{ group.name() }</th></tr>
                    { for commands_of(group).map(|command| html! {
                        <tr>
                            <th scope="row">
                                { for command.keys().iter().map(|keys| html! { <kbd>{ shown(keys) }</kbd> }) }
                            </th>
                            <td>{ command.name() }</td>
                        </tr>
                    }) }
                </tbody>
            }) }
        </table>
    }
}
