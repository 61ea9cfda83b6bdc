//! The list of articles, with the number of annotations and the share of tagged text.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::{
    actions::{move_article, remove, rename, set_renaming},
    add_text::{ask_for_newer_text, ask_for_text},
    done::mark_done,
    filter::{FILTER_FROM, Filter, FilterBar, NothingListed},
    placing::show_unplaced_on,
    unplaced::unplaced_count,
};
use crate::{
    annotation::{ArticleRecord, Progress},
    text::{ArticleId, Folding},
    ui::{
        State, Store,
        features::{
            document,
            location::View,
            navigation::{self, Panel},
        },
        parts::{
            icons::{Icon, icon},
            look::class_names,
            words::{count, percent},
        },
        platform, use_store, use_view,
    },
};

/// A row of the list: one article.
#[derive(Clone, PartialEq)]
struct Row {
    id: ArticleId,
    title: AttrValue,
    open: bool,
    annotations: usize,
    /// If this is an earlier text of the article above it: how many annotations are still to be placed.
    earlier: Option<usize>,
    renaming: bool,
    /// True if the person has marked it as done.
    done: bool,
    /// The share of the text that is tagged, in percent.
    tagged: f64,
    /// Each tag's part of the bar: its classes, and its width in percent. The sum is `tagged`.
    parts: Rc<[([&'static str; 2], f64)]>,
}

impl Row {
    /// Whether it is the person's own article.
    fn is_own(&self) -> bool {
        ArticleRecord::is_own(&self.id)
    }
}

fn rows(state: &State) -> Rc<[Row]> {
    let row = |article: &Rc<crate::text::Article>| {
        let set = state.document.session().annotations(article.id())?;
        let tagged = set.overview().share() * 100.0;
        let tags = document::codebook(state).tags().iter();
        let shares: Vec<_> =
            tags.map(|tag| (class_names(Some(tag)), set.overview().share_of(tag.id))).collect();
        let sum: f64 = shares.iter().map(|(_, it)| it).sum();
        // Where tags overlap, the bar's length stays the share of the text.
        let width = |share: f64| if sum > 0.0 { share / sum * tagged } else { 0.0 };
        Some(Row {
            id: article.id().clone(),
            title: article.title().to_owned().into(),
            open: state.location.open() == Some(article.id()),
            earlier: None,
            renaming: state.articles.renaming.as_ref() == Some(article.id()),
            annotations: set.len(),
            done: state.articles.done.contains(article.id()),
            tagged,
            parts: shares.into_iter().map(|(classes, share)| (classes, width(share))).collect(),
        })
    };
    let articles = state.document.session().articles();
    let library = state.document.session().library();
    let (mut latest, mut earlier) = (Vec::new(), Vec::new());
    for article in library.iter() {
        match articles.successor(article.id()) {
            None => latest.push(article),
            Some(successor) => earlier.push((successor, article)),
        }
    }
    let mut rows = Vec::new();
    for article in latest {
        rows.extend(row(article));
        // Earlier texts follow the latest one, as long as they have annotations.
        let earlier = earlier.iter().filter(|(it, _)| *it == article.id()).filter_map(|(_, it)| row(it));
        let earlier = earlier.filter(|it| it.annotations > 0);
        rows.extend(earlier.map(|it| Row { earlier: Some(unplaced_count(state, &it.id)), ..it }));
    }
    rows.into()
}

/// The rows that the filter leaves. An earlier text goes with its latest one, and a title that is being written stays.
fn filtered(rows: &[Row], filter: &Filter, folding: &mut Folding<platform::BrowserNormalizer>) -> Vec<Row> {
    let mut fits = filter.prepare(folding);
    let mut listed = true;
    let is_listed = |row: &&Row| {
        if row.earlier.is_none() {
            listed = row.renaming || fits(&row.title, Progress::of(row.annotations, row.done));
        }
        listed
    };
    rows.iter().filter(is_listed).cloned().collect()
}

/// How many articles there are in the rows, without earlier texts.
fn articles(rows: &[Row]) -> usize {
    rows.iter().filter(|it| it.earlier.is_none()).count()
}

/// Scrolls the list to the entry of the open article, if it is out of sight.
fn show_open() {
    wasm_bindgen_futures::spawn_local(async {
        // By then the browser has laid out the page, and looking for the entry costs no second layout.
        platform::next_paint().await;
        let entry = gloo::utils::document().query_selector("#articles .doc[aria-current]").ok().flatten();
        if let Some(entry) = entry {
            platform::scroll_into_view(&entry);
        }
    });
}

/// The pane on the left, or a sheet over the reader.
#[component]
pub(super) fn ArticleList() -> Html {
    let store = use_store();
    let rows = use_view(rows);
    let sheet = use_view(|state| state.navigation.panel() == Some(Panel::Articles));
    let behind = use_view(|state| state.location.view() != View::Reader);
    let close = {
        let store = store.clone();
        move |_| navigation::show_panel(&store, None)
    };
    let add = {
        let store = store.clone();
        move |_| ask_for_text(&store)
    };
    let filter = use_state(Filter::default);
    let folding = use_mut_ref(|| Folding::new(platform::BrowserNormalizer));
    let onchange = {
        let filter = filter.setter();
        Callback::from(move |it| filter.set(it))
    };
    let total = articles(&rows);
    let can_filter = total >= FILTER_FROM;
    let is_whole = !can_filter || filter.is_empty();
    let listed = if is_whole { rows.to_vec() } else { filtered(&rows, &filter, &mut folding.borrow_mut()) };
    let open = rows.iter().position(|it| it.open).map(|at| (at, rows[at].id.clone()));
    use_effect_with((open, sheet), |_| show_open());
    use_effect_with(is_whole, |is_whole| {
        if *is_whole {
            show_open();
        }
    });
    html! {
        <nav id="articles" aria-label="Articles"
            class={classes!("pane", sheet.then_some("open"), behind.then_some("behind"), can_filter.then_some("can-filter"))}>
            <div class="articles-head">
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
                if can_filter {
                    <FilterBar filter={(*filter).clone()} listed={articles(&listed)} {total} onchange={onchange.clone()} />
                }
            </div>
            if listed.is_empty() && !rows.is_empty() {
                <NothingListed {onchange} />
            }
            <ul>
                { for listed.into_iter().map(|row| html! {
                    <li key={row.id.as_str()} class={classes!(row.earlier.is_some().then_some("earlier"))}>
                        <Entry {row} />
                    </li>
                }) }
            </ul>
            if rows.iter().all(|it| !it.is_own()) {
                <p class="empty hint">{ "Add a text of your own, or drop files onto the page." }</p>
            }
            if rows.is_empty() {
                <p class="empty">{ "This page has no articles. Put a text into the folder “seeds” and build the page again." }</p>
            }
        </nav>
    }
}

#[derive(Properties, PartialEq)]
struct EntryProps {
    row: Row,
}

#[component]
fn Entry(props: &EntryProps) -> Html {
    let store = use_store();
    let row = &props.row;
    if row.renaming {
        return html! { <Renaming row={row.clone()} /> };
    }
    let amount = match (row.earlier, row.annotations) {
        (Some(0), n) => format!("{} kept here", count(n, "annotation", "annotations")),
        (Some(n), _) => format!("{} to place", count(n, "annotation", "annotations")),
        (None, 0) if row.done => "Done".to_owned(),
        (None, 0) => "Not started".to_owned(),
        (None, n) => count(n, "annotation", "annotations"),
    };
    let onclick = {
        let (store, id) = (store.clone(), row.id.clone());
        move |_| {
            navigation::open(&store, &id);
            navigation::show_panel(&store, None);
        }
    };
    let ondblclick = {
        let (store, id) = (store.clone(), row.id.clone());
        move |_| set_renaming(&store, Some(&id))
    };
    html! {
        <>
            <button type="button" class="doc" data-article={row.id.as_str().to_owned()}
                aria-current={row.open.then_some("true")} {onclick} ondblclick={row.is_own().then(|| Callback::from(ondblclick))}>
                <span class="doc-title" dir="auto">
                    if row.earlier.is_some() {
                        { "Earlier text: " }
                    }
                    { row.title.clone() }
                </span>
                <span class="doc-facts">
                    <span class="doc-count">
                        if row.done && row.earlier.is_none() {
                            <span class="doc-done" title="Done">{ icon(Icon::Check) }</span>
                            if row.annotations > 0 {
                                <span class="away">{ "Done, " }</span>
                            }
                        }
                        { amount }
                    </span>
                    if row.annotations > 0 && row.earlier.is_none() {
                        <span class="doc-share">{ format!("{} tagged", percent(row.tagged)) }</span>
                    }
                </span>
                <span class="bar" aria-hidden="true">
                    { for row.parts.iter().map(|(classes, part)| html! {
                        <i class={*classes} ~style={format!("width:{part:.2}%")} />
                    }) }
                </span>
            </button>
            <Menu row={row.clone()} />
        </>
    }
}

/// What can be done with an article.
#[component]
fn Menu(props: &EntryProps) -> Html {
    let store = use_store();
    let row = &props.row;
    let menu = format!("menu-{}", row.id);
    // A popover is in the top layer, so its position must be set from the button's.
    let place = {
        let menu = menu.clone();
        move |event: MouseEvent| {
            let button = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            let button = button.and_then(|it| it.closest("button").ok().flatten());
            if let (Some(button), Some(menu)) = (button, platform::element(&menu)) {
                let at = button.get_bounding_client_rect();
                let _ = menu.style().set_property("--x", &format!("{:.2}px", at.left()));
                let _ = menu.style().set_property("--y", &format!("{:.2}px", at.bottom()));
            }
        }
    };
    let item = |action: &'static str,
                words: &'static str,
                key: Option<&'static str>,
                act: fn(&Store, &ArticleId)| {
        let (store, id) = (store.clone(), row.id.clone());
        let onclick = move |_| act(&store, &id);
        html! {
            <button type="button" data-action={action} popovertarget={menu.clone()} popovertargetaction="hide" {onclick}>
                { words }
                if let Some(key) = key {
                    <kbd>{ key }</kbd>
                }
            </button>
        }
    };
    html! {
        <>
            <button type="button" class="button quiet doc-menu" data-action="article-menu" popovertarget={menu.clone()}
                aria-label={format!("Actions for {}", row.title)} onclick={place}>
                { icon(Icon::More) }
            </button>
            <div id={menu.clone()} class="menu at-button" popover="auto">
                if row.earlier.is_some() {
                    { item("place-annotations", "Place annotations …", None, show_unplaced_on) }
                } else if row.done {
                    { item("mark-not-done", "Mark as not done", None, |store, id| mark_done(store, id, false)) }
                } else {
                    { item("mark-done", "Mark as done", None, |store, id| mark_done(store, id, true)) }
                }
                if row.is_own() && row.earlier.is_none() {
                    { item("rename", "Rename", Some("F2"), |store, id| set_renaming(store, Some(id))) }
                    { item("move-up", "Move up", None, |store, id| move_article(store, id, true)) }
                    { item("move-down", "Move down", None, |store, id| move_article(store, id, false)) }
                    { item("replace-text", "Replace the text …", None, ask_for_newer_text) }
                }
                { item("copy-article-link", "Copy link", None, navigation::copy_article_link) }
                if row.is_own() {
                    { item("remove-article", "Remove", None, remove) }
                }
            </div>
        </>
    }
}

/// The field for an article's title, in the place of its entry.
#[component]
fn Renaming(props: &EntryProps) -> Html {
    let store = use_store();
    let row = props.row.clone();
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        });
    }
    let keep = {
        let (store, field, id) = (store.clone(), field.clone(), row.id.clone());
        // Both Enter and the blur that follows call this. The second call does nothing.
        move || {
            if let Some(field) = field.cast::<HtmlInputElement>()
                && store.read(|state| state.articles.renaming.is_some())
            {
                rename(&store, &id, &field.value());
            }
        }
    };
    let onblur = {
        let keep = keep.clone();
        move |_: FocusEvent| keep()
    };
    let onkeydown = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            keep();
            focus_article(&row.id);
        }
        "Escape" => {
            event.stop_propagation();
            set_renaming(&store, None);
            focus_article(&row.id);
        }
        _ => {}
    };
    html! {
        <input ref={field} class="renaming" name="article-title" type="text" dir="auto" aria-label="Title"
            value={props.row.title.clone()} {onblur} {onkeydown} />
    }
}

/// Puts the focus on an article's entry in the list, once it is drawn.
fn focus_article(id: &ArticleId) {
    let selector = format!(".doc[data-article='{id}']");
    gloo::timers::callback::Timeout::new(0, move || {
        let entry = gloo::utils::document().query_selector(&selector).ok().flatten();
        if let Some(entry) = entry.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = entry.focus();
        }
    })
    .forget();
}
