//! The search pane: the field, the number of matches, and the list of matches by article.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    actions::{SEARCH_FIELD, close, go_to_result, search_for, select_match, set_scope, step},
    state::{CurrentSearch, Summary},
};
use crate::ui::{
    Store,
    parts::{
        direction::Direction,
        icons::{Icon, icon},
        words::count,
    },
    platform, use_store, use_view,
};

/// The pane, while the search is open.
#[component]
pub(super) fn Search() -> Html {
    if use_view(|state| state.search.current.is_some()) {
        html! { <Panel /> }
    } else {
        html! {}
    }
}

#[component]
fn Panel() -> Html {
    let store = use_store();
    let (words, everywhere, summary) = use_view(|state| {
        state
            .search
            .current
            .as_ref()
            .map(|it| (AttrValue::from(it.words.clone()), it.everywhere, it.summary()))
    })
    .unwrap_or_else(|| (AttrValue::default(), false, Summary::NONE));
    let oninput = {
        let store = store.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                search_for(&store, &field.value());
            }
        }
    };
    let onkeydown = {
        let store = store.clone();
        move |event: KeyboardEvent| keys(&store, &event)
    };
    let find = |direction| {
        let store = store.clone();
        move |_: MouseEvent| step(&store, direction)
    };
    let close = {
        let store = store.clone();
        move |_| close(&store, false)
    };
    let select = {
        let store = store.clone();
        move |_| select_match(&store)
    };
    let scope = |all: bool, words: &'static str| {
        let store = store.clone();
        let onclick = move |_| set_scope(&store, all);
        html! {
            <button type="button" class="choice" data-scope={if all { "all" } else { "open" }}
                aria-pressed={(everywhere == all).to_string()} {onclick}>{ words }</button>
        }
    };
    let none = summary.count == 0;
    html! {
        <section id="search" class="pane" role="search" aria-label="Search" {onkeydown}>
            <div class="search-head">
                <input id={SEARCH_FIELD} type="search" name="search" autocomplete="off" spellcheck="false" dir="auto"
                    aria-label="Search for" aria-describedby="search-count" placeholder="Search" value={words} {oninput} />
                <button type="button" class="button quiet" data-action="end-search" aria-label="Close search"
                    title="Close and stay here" onclick={close}>{ icon(Icon::Close) }</button>
            </div>
            <div class="search-tools">
                <span id="search-count" class="search-count">{ summary.words() }</span>
                <button type="button" class="button quiet" data-action="find-previous" aria-label="Previous" title="Previous (Shift+Enter)"
                    disabled={none} onclick={find(Direction::Previous)}>{ icon(Icon::Up) }</button>
                <button type="button" class="button quiet" data-action="find-next" aria-label="Next" title="Next (Enter)"
                    disabled={none} onclick={find(Direction::Next)}>{ icon(Icon::Down) }</button>
            </div>
            <div class="search-scope" role="group" aria-label="Search in">
                { scope(false, "This article") }
                { scope(true, "All articles") }
            </div>
            if summary.at.is_some() {
                <button type="button" class="button search-select" data-action="select-match" onclick={select}>
                    { "Select the match" }<kbd>{ "Ctrl+Enter" }</kbd>
                </button>
            }
            <Results />
        </section>
    }
}

fn keys(store: &Store, event: &KeyboardEvent) {
    if event.is_composing() {
        return;
    }
    let in_field = event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|it| it.id() == SEARCH_FIELD);
    match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => select_match(store),
        "Enter" if in_field && event.shift_key() => step(store, Direction::Previous),
        "Enter" if in_field => step(store, Direction::Next),
        "Escape" => close(store, true),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// The list of matches by article.
#[component]
fn Results() -> Html {
    let store = use_store();
    let listed =
        use_view(|state| state.search.current.as_ref().map(CurrentSearch::listed).unwrap_or_default());
    let at = use_view(|state| state.search.current.as_ref().and_then(CurrentSearch::current_match));
    use_effect_with(at.clone(), |at| {
        if at.is_some()
            && let Some(current) =
                gloo::utils::document().query_selector(".result[aria-current]").ok().flatten()
            && let Ok(current) = current.dyn_into()
        {
            platform::scroll_into_view(&current);
        }
    });
    let groups = listed.0.iter().map(|group| {
        let lines = group.lines.iter().enumerate().map(|(index, line)| {
            let current = at.as_ref().is_some_and(|it| it.0 == group.id && it.1 == index);
            let (store, id) = (store.clone(), group.id.clone());
            let onclick = move |_| go_to_result(&store, &id, index);
            html! {
                <li>
                    <button type="button" class="result" aria-current={current.then_some("true")} {onclick}>
                        <span dir="auto">{ &line.before }<b>{ &line.words }</b>{ &line.after }</span>
                    </button>
                </li>
            }
        });
        let more = group.count - group.lines.len();
        html! {
            <li class="result-group" key={group.id.as_str()} data-article={group.id.as_str().to_owned()}>
                <h3><span dir="auto">{ &group.title }</span><span class="result-count">{ group.count }</span></h3>
                <ul>{ for lines }</ul>
                if more > 0 {
                    <p class="empty">{ format!("and {}", count(more, "more match", "more matches")) }</p>
                }
            </li>
        }
    });
    html! { <ul class="results" tabindex="0" aria-label="Results">{ for groups }</ul> }
}
