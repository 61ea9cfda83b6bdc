//! The command palette: finds commands and articles by words of their names.

use yew::prelude::*;

use crate::{
    text::{ArticleId, order},
    ui::{
        State, Store,
        commands::{self, Runnable, shown},
        features::{announcements, dialogs, document, navigation},
        parts::{
            combobox::{Combobox, Row},
            dialog::Dialog,
            lazy_html::LazyHtml,
        },
        use_store, use_view,
    },
};

pub(crate) static PALETTE: Dialog = Dialog { is_light: true, ..Dialog::new("palette", "All commands") };
pub(super) const PALETTE_HTML: LazyHtml = LazyHtml::of(&PALETTE, || html! { <Palette /> });

/// At most so many entries are listed. A large codebook has thousands.
const LISTED: usize = 200;

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

/// The first of the matching choices, and the number of the others.
fn rows(state: &State, query: &str) -> (Vec<Row>, usize) {
    let all = matching(state, query);
    (all.iter().take(LISTED).map(|it| row(state, it)).collect(), all.len().saturating_sub(LISTED))
}

/// A choice as it is shown in the list.
fn row(state: &State, choice: &Choice) -> Row {
    // Why the command cannot be run now.
    let missing = match choice {
        Choice::Command(command) => command.missing(state),
        Choice::Article(..) => None,
    };
    let content = html! {
        <>
            <span class="palette-name">
                { choice.name() }
                if let Some(words) = missing { <small>{ words }</small> }
            </span>
            <span class="palette-keys">{ for choice.keys().iter().map(|keys| html! { <kbd>{ shown(keys) }</kbd> }) }</span>
        </>
    };
    Row { id: choice.id(), disabled: missing.is_some(), content }
}

/// The field for the query, and the list of matching choices.
#[component]
fn Palette() -> Html {
    let store = use_store();
    let query = use_state(String::new);
    let active = use_state(|| 0_usize);
    // While the palette is open, only opening an article changes which commands can be run.
    use_view(|state| state.location.open().cloned());
    let (rows, more) = store.read(|state| rows(state, &query));
    let choose = {
        let (store, query) = (store.clone(), query.clone());
        Callback::from(move |index: usize| {
            if let Some(choice) = store.read(|state| matching(state, &query).into_iter().nth(index)) {
                perform(&store, &choice);
            }
        })
    };
    let is_empty = rows.is_empty();
    html! {
        <>
            <Combobox id="palette-list" label="Find a command or an article" list="Commands" {rows} {more} {query} {active} {choose} />
            if is_empty {
                <p class="empty" role="status">{ "No matching command or article" }</p>
            }
        </>
    }
}

/// Closes the palette, so that the focus returns to where it was, and runs the choice.
fn perform(store: &Store, choice: &Choice) {
    if let Choice::Command(command) = choice
        && let Some(words) = store.read(|state| command.missing(state))
    {
        announcements::announce(store, words);
        return;
    }
    dialogs::close_now(store, PALETTE.id);
    match choice {
        Choice::Command(command) => command.dispatch(store),
        Choice::Article(id, _) => navigation::open(store, id),
    }
}
