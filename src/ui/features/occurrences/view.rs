//! The dialog that lists the occurrences of the words, with a checkbox each.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use yew::prelude::*;

use super::{
    actions::{choose, is_whole, run, set_options, set_tag, tag_chosen},
    state::{Occurrence, Occurrences, Options},
};
use crate::{
    annotation::TagId,
    text::ArticleId,
    ui::{
        Store,
        features::{annotations, document},
        parts::{dialog::Dialog, lazy_html::LazyHtml, look::look, tag_select::TagSelect, words::count},
        use_store, use_view,
    },
};

static OCCURRENCES: Dialog = Dialog::new("occurrences", "Tag the same words");
pub(super) const OCCURRENCES_HTML: LazyHtml = LazyHtml::of(&OCCURRENCES, || html! { <OccurrencesPanel /> });

/// Opens the dialog for the selected words, or for those of the focused annotation.
pub(super) fn open(store: &Store) {
    let started = store.read(|state| {
        let (article, set) = document::opened(state)?;
        let focused = state.location.focus().and_then(|it| set.get(it));
        let passage = state.selection.passage();
        let span = passage.or(focused.map(|it| it.span)).or(annotations::draft_span(state))?;
        let tag = if passage.is_some() { state.annotations.sticky() } else { focused.map(|it| it.tag) };
        let whole_words = is_whole(article, span);
        let options = Options { match_case: false, whole_words, everywhere: false };
        let words = Rc::from(article.slice(span));
        let tag = tag.or(document::codebook(state).offered().next().map(|it| it.id))?;
        Some(Occurrences { words, options, tag, found: Vec::new(), done: false, is_truncated: false, run: 0 })
    });
    if let Some(occurrences) = started {
        store.update(|state| {
            state.occurrences.current = Some(occurrences);
            state.dialogs.open(&OCCURRENCES);
        });
        run(store);
    }
}

fn is_checked(event: &Event) -> bool {
    let field = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|it| it.checked())
}

/// The words, the options of the search, the tag, and the list.
#[component]
fn OccurrencesPanel() -> Html {
    let store = use_store();
    let titles = use_view(|state| {
        let all = state.document.session().library().iter();
        all.map(|it| (it.id().clone(), it.title().to_owned())).collect::<Vec<_>>()
    });
    let codebook = document::use_codebook();
    let Some(all) = use_view(|state| state.occurrences.current.clone()) else { return html! {} };
    let tag_name = codebook.name_of(all.tag);
    let other = store.clone();
    let option =
        |name: &'static str, label: &'static str, checked: bool, change: fn(Options, bool) -> Options| {
            let (store, before) = (store.clone(), all.options);
            let onchange = move |event: Event| set_options(&store, change(before, is_checked(&event)));
            html! {
                <label class="check"><input type="checkbox" {name} {checked} {onchange} />{ label }</label>
            }
        };
    let chosen = all.chosen();
    let ontag = {
        let store = store.clone();
        move |_: MouseEvent| tag_chosen(&store)
    };
    let choose_all = |chosen: bool| {
        let store = store.clone();
        move |_: MouseEvent| choose(&store, None, chosen)
    };
    let tagged = all.found.iter().filter(|it| it.tagged.contains(&all.tag)).count();
    let summary = match (all.found.len(), all.done) {
        (0, false) => "Searching …".to_owned(),
        (0, true) => "Nothing found".to_owned(),
        (found, done) => {
            let places = count(found, "match", "matches");
            let more = if all.is_truncated {
                "; there are more"
            } else if done {
                ""
            } else {
                " so far …"
            };
            let already =
                if tagged > 0 { format!("; {tagged} already tagged as {tag_name}") } else { String::new() };
            format!("{places}{more}{already}")
        }
    };
    let title = |id: &ArticleId| {
        titles.iter().find(|(it, _)| it == id).map(|(_, title)| title.clone()).unwrap_or_default()
    };
    html! {
        <>
            <p class="occurrence-words"><q dir="auto">{ &*all.words }</q></p>
            <div class="tags" role="group" aria-label="Tag as">
                if document::has_more_tags(&codebook) {
                    <TagSelect name="occurrence-tag" label="Tag" codebook={codebook.clone()} tag={Some(all.tag)}
                        onchange={Callback::from(move |tag| set_tag(&other, tag))} />
                } else {
                    { for codebook.offered().map(|tag| {
                        let (store, id) = (store.clone(), tag.id);
                        html! {
                            <button type="button" class={look("tag", Some(tag))} data-tag={id.as_str()} autofocus={id == all.tag}
                                aria-pressed={(id == all.tag).to_string()} onclick={move |_| set_tag(&store, id)}>
                                { &*tag.name }
                            </button>
                        }
                    }) }
                }
            </div>
            <div class="checks">
                { option("match-case", "Match case", all.options.match_case, |options, it| Options { match_case: it, ..options }) }
                { option("whole-words", "Whole words", all.options.whole_words, |options, it| Options { whole_words: it, ..options }) }
                { option("everywhere", "In all articles", all.options.everywhere, |options, it| Options { everywhere: it, ..options }) }
            </div>
            <div class="line">
                <span class="occurrence-count" role="status">{ summary }</span>
                <span>
                    <button type="button" class="button quiet" data-action="choose-all" onclick={choose_all(true)}>{ "All" }</button>
                    <button type="button" class="button quiet" data-action="choose-none" onclick={choose_all(false)}>{ "None" }</button>
                </span>
            </div>
            <ul class="problems" id="occurrence-list">
                { for all.found.iter().enumerate().map(|(at, it)| {
                    let is_first = at.checked_sub(1).and_then(|before| all.found.get(before)).is_none_or(|before| before.article != it.article);
                    let title = (all.options.everywhere && is_first).then(|| title(&it.article));
                    html! { <Row key={at} {at} occurrence={it.clone()} tag={all.tag} tag_name={tag_name.to_owned()} look={look("", codebook.tag(all.tag))} {title} /> }
                }) }
            </ul>
            <div class="dialog-foot">
                <button type="button" class="button solid" data-action="tag-chosen" disabled={chosen == 0} onclick={ontag}>
                    { format!("Tag {} as {}", count(chosen, "passage", "passages"), tag_name) }
                </button>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    at: usize,
    occurrence: Occurrence,
    tag: TagId,
    tag_name: AttrValue,
    look: Classes,
    /// The article's title, on the first of its rows.
    title: Option<String>,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let store = use_store();
    let RowProps { at, occurrence, tag, tag_name, look, title } = props;
    let at = *at;
    let onchange = move |event: Event| choose(&store, Some(at), is_checked(&event));
    let already = occurrence.tagged.contains(tag);
    html! {
        <li>
            if let Some(title) = title {
                <b class="occurrence-article" dir="auto">{ title }</b>
            }
            <label class="occurrence">
                <input type="checkbox" checked={occurrence.is_chosen(*tag)} {onchange} />
                <span dir="auto">
                    { "…" }{ &occurrence.context.before }<mark class={look.clone()}>{ &occurrence.context.words }</mark>{ &occurrence.context.after }{ "…" }
                    if already { <small>{ format!("Already tagged as {tag_name}") }</small> }
                </span>
            </label>
        </li>
    }
}
