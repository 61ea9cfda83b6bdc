//! The command palette: finds commands and articles by words of their names.

use crate::ui::parts::lazy_html::LazyHtml;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use crate::{
    text::{ArticleId, order},
    ui::{
        State, Store,
        commands::{self, Runnable, shown},
        features::{announcements, dialogs, document, navigation},
        parts::{dialog::Dialog, focus::use_focus},
        platform, use_store, use_view,
    },
};

pub(crate) static PALETTE: Dialog = Dialog::new("palette", "All commands");
pub(super) const PALETTE_HTML: LazyHtml = LazyHtml::of(&PALETTE, || html! { <Palette /> });

/// An entry that can be chosen.
#[derive(Clone)]
enum Choice {
    Command(Runnable),
    Article(ArticleId, String),
}

impl Choice {
    fn name(&self) -> String {
        match self {
            Self::Command(command) => command.name(),
            Self::Article(_, title) => format!("Open {title}"),
        }
    }

    fn id(&self) -> String {
        match self {
            Self::Command(command) => format!("do-{}", command.id()),
            Self::Article(id, _) => format!("do-open-{}", id.as_str()),
        }
    }

    fn keys(&self) -> Vec<String> {
        match self {
            Self::Command(command) => command.keys(),
            Self::Article(..) => Vec::new(),
        }
    }
}

/// A choice as it is shown in the list.
#[derive(Clone, PartialEq)]
struct Row {
    id: String,
    name: String,
    keys: Vec<String>,
    /// Why the command cannot be run now.
    missing: Option<&'static str>,
}

/// The choices that contain all words of the query. Those that begin with it come first; otherwise they stay in order.
fn matching(state: &State, query: &str) -> Vec<Choice> {
    let query = query.to_lowercase();
    let articles = state
        .document
        .session()
        .library()
        .iter()
        .filter(|it| Some(it.id()) != state.location.open())
        .map(|it| Choice::Article(it.id().clone(), it.title().to_owned()));
    let mut all: Vec<_> = commands::all(document::codebook(state))
        .map(Choice::Command)
        .chain(articles)
        .filter_map(|choice| {
            let name = choice.name().to_lowercase();
            let matches = query.split_whitespace().all(|word| name.contains(word));
            matches.then(|| (!name.starts_with(query.trim()), choice))
        })
        .collect();
    order::sort_by_key(&mut all, |(later, _)| *later);
    all.into_iter().map(|(_, choice)| choice).collect()
}

fn rows(state: &State, query: &str) -> Vec<Row> {
    let row = |choice: Choice| Row {
        id: choice.id(),
        name: choice.name(),
        keys: choice.keys().iter().map(|it| shown(it)).collect(),
        missing: match &choice {
            Choice::Command(command) => command.missing(state),
            Choice::Article(..) => None,
        },
    };
    matching(state, query).into_iter().map(row).collect()
}

/// The field for the query, and the list of matching choices.
#[component]
fn Palette() -> Html {
    let store = use_store();
    let field = use_node_ref();
    let query = use_state(String::new);
    let active = use_state(|| 0_usize);
    // While the palette is open, only opening an article changes which commands can be run.
    use_view(|state| state.location.open().cloned());
    let rows = store.read(|state| rows(state, &query));
    let current = rows.get(*active).map(|it| it.id.clone());
    use_focus(&field);
    use_effect_with(current.clone(), |current| {
        if let Some(row) = current.as_deref().and_then(platform::element) {
            platform::scroll_into_view(&row);
        }
    });
    let choose = {
        let (store, field, query) = (store.clone(), field.clone(), query.clone());
        Callback::from(move |index: usize| {
            if let Some(choice) = store.read(|state| matching(state, &query).into_iter().nth(index)) {
                perform(&store, &choice, field.cast::<Element>().as_ref());
            }
        })
    };
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
            <input ref={field} type="text" class="palette-field" role="combobox" autocomplete="off" spellcheck="false"
                aria-label="Find a command or an article" aria-expanded="true" aria-controls="palette-list"
                aria-autocomplete="list" aria-activedescendant={current} placeholder="Find a command or an article"
                value={(*query).clone()} {oninput} {onkeydown} />
            <ul id="palette-list" role="listbox" aria-label="Commands">
                { for rows.iter().enumerate().map(|(index, row)| {
                    let (choose, chosen) = (choose.clone(), index == *active);
                    let onclick = move |_| choose.emit(index);
                    html! {
                        <li key={row.id.clone()} id={row.id.clone()} role="option" aria-selected={chosen.to_string()}
                            aria-disabled={row.missing.map(|_| "true")} {onclick}>
                            <span class="palette-name">
                                { row.name.clone() }
                                if let Some(words) = row.missing { <small>{ words }</small> }
                            </span>
                            <span class="palette-keys">{ for row.keys.iter().map(|keys| html! { <kbd>{ keys.clone() }</kbd> }) }</span>
                        </li>
                    }
                }) }
            </ul>
            if rows.is_empty() {
                <p class="empty" role="status">{ "No matching command or article" }</p>
            }
        </>
    }
}

/// Closes the palette, so that the focus returns to where it was, and runs the choice.
fn perform(store: &Store, choice: &Choice, field: Option<&Element>) {
    if let Choice::Command(command) = choice
        && let Some(words) = store.read(|state| command.missing(state))
    {
        announcements::announce(store, words);
        return;
    }
    let dialog = field.and_then(|it| it.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
    dialogs::close(store);
    match choice {
        Choice::Command(command) => command.dispatch(store),
        Choice::Article(id, _) => navigation::open(store, id),
    }
}
