//! The list of articles, each with what has been done in it.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    app::{Dialog, Sheet, State, count, use_app, use_view},
    icons::{Icon, icon},
};
use crate::{annotation::Tag, text::ArticleId};

/// What the list says of an article.
#[derive(Clone, PartialEq)]
struct Row {
    id: ArticleId,
    title: AttrValue,
    open: bool,
    annotations: usize,
    /// The share of the text under annotations, in percent.
    tagged: f64,
    /// The width of each tag's part of the bar, in percent; together what is tagged.
    parts: [f64; Tag::ALL.len()],
}

fn rows(state: &State) -> Rc<[Row]> {
    let row = |article: &Rc<crate::text::Article>| {
        let set = state.session.annotations(article.id())?;
        let tagged = set.overview().share() * 100.0;
        let shares = Tag::ALL.map(|tag| set.overview().share_of(tag));
        let sum: f64 = shares.iter().sum();
        Some(Row {
            id: article.id().clone(),
            title: article.title().to_owned().into(),
            open: state.open.as_ref() == Some(article.id()),
            annotations: set.len(),
            tagged,
            // Where tags overlap, the bar's length stays the share of the text.
            parts: shares.map(|it| if sum > 0.0 { it / sum * tagged } else { 0.0 }),
        })
    };
    state.session.library().iter().filter_map(row).collect()
}

/// `31%`, and never `0%` or `100%` for what is only nearly so.
pub(super) fn percent(share: f64) -> String {
    match share {
        it if it <= 0.0 => "0%".into(),
        it if it < 1.0 => "under 1%".into(),
        it if it > 99.0 && it < 100.0 => "over 99%".into(),
        it => format!("{it:.0}%"),
    }
}

/// The pane on the left, or a sheet over the reader.
#[component]
pub(super) fn Articles() -> Html {
    let app = use_app();
    let rows = use_view(rows);
    let sheet = use_view(|state| state.sheet == Some(Sheet::Articles));
    let close = {
        let app = app.clone();
        move |_| app.sheet(None)
    };
    let add = {
        let app = app.clone();
        move |_| app.dialog(Some(Dialog::AddText))
    };
    html! {
        <nav id="articles" class={classes!("pane", sheet.then_some("open"))} aria-label="Articles">
            <div class="pane-head">
                <h2>{ "Articles" }</h2>
                <button type="button" class="button quiet" data-action="add-text" title="Add a text (P)" onclick={add}>
                    { icon(Icon::Add) }
                    { "Add" }
                </button>
                <button type="button" class="button for-sheet" data-action="close-sheet" aria-label="Close" onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            <ul>
                { for rows.iter().map(|row| {
                    let (app, id) = (app.clone(), row.id.clone());
                    let onclick = move |_| {
                        app.open(&id);
                        app.sheet(None);
                    };
                    html! { <li key={row.id.as_str()}>{ entry(row, onclick.into()) }</li> }
                }) }
            </ul>
            if rows.is_empty() {
                <p class="empty">{ "There is no article in this page. Put a text into the folder seeds and build it again." }</p>
            }
        </nav>
    }
}

fn entry(row: &Row, onclick: Callback<MouseEvent>) -> Html {
    let done = match row.annotations {
        0 => "Not started".to_owned(),
        n => count(n, "annotation", "annotations"),
    };
    html! {
        <button type="button" class="doc" data-article={row.id.as_str().to_owned()}
            aria-current={row.open.then_some("true")} {onclick}>
            <span class="doc-title">{ row.title.clone() }</span>
            <span class="doc-facts">
                <span class="doc-count">{ done }</span>
                if row.annotations > 0 {
                    <span class="doc-share">{ format!("{} tagged", percent(row.tagged)) }</span>
                }
            </span>
            <span class="bar" aria-hidden="true">
                { for Tag::ALL.into_iter().zip(row.parts).map(|(tag, part)| html! {
                    <i class={tag.id()} ~style={format!("width:{part:.2}%")} />
                }) }
            </span>
        </button>
    }
}
