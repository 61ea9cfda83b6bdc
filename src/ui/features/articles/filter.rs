//! The field and the choice that filter the list of articles.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::{
    annotation::Progress,
    text::{Folding, Query},
    ui::platform::{self, BrowserNormalizer},
};

/// The list can be filtered from this number of articles on.
pub(super) const FILTER_FROM: usize = 10;

/// Finds the field.
const FIELD: &str = "input[name='filter-articles']";

/// Which articles are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Words that the title must have, whatever their case and accents.
    words: String,
    /// The progress that the article must have.
    progress: Option<Progress>,
}

impl Filter {
    /// Whether every article is listed.
    pub(super) fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.progress.is_none()
    }

    /// The filter, ready to be asked for one article after the other.
    pub(super) fn prepare<'a>(
        &self,
        folding: &'a mut Folding<BrowserNormalizer>,
    ) -> impl FnMut(&str, Progress) -> bool + use<'a> {
        let words: Vec<Query> =
            self.words.split_whitespace().filter_map(|it| Query::new(it, folding)).collect();
        let wanted = self.progress;
        move |title, progress| {
            wanted.is_none_or(|it| it == progress) && words.iter().all(|it| it.is_in(title, folding))
        }
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) filter: Filter,
    /// How many articles are listed.
    pub(super) listed: usize,
    /// How many articles there are.
    pub(super) total: usize,
    pub(super) onchange: Callback<Filter>,
}

/// The field, the choice, and how many articles they leave.
#[component]
pub(super) fn FilterBar(props: &Props) -> Html {
    let Props { filter, listed, total, onchange } = props;
    let select = use_node_ref();
    // Once a person has chosen an option, its attribute `selected` has no effect any more.
    use_effect_with((filter.progress, select.clone()), |(progress, select)| {
        if let Some(select) = select.cast::<HtmlSelectElement>() {
            select.set_value(progress.map_or("", Progress::id));
        }
    });
    let oninput = {
        let (onchange, filter) = (onchange.clone(), filter.clone());
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                onchange.emit(Filter { words: field.value(), ..filter.clone() });
            }
        }
    };
    let choose = {
        let (onchange, filter) = (onchange.clone(), filter.clone());
        move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                onchange.emit(Filter { progress: Progress::from_id(&select.value()), ..filter.clone() });
            }
        }
    };
    let onkeydown = {
        let (onchange, empty) = (onchange.clone(), *filter == Filter::default());
        move |event: KeyboardEvent| match event.key().as_str() {
            // A second Escape leaves the field.
            "Escape" if !empty && !event.is_composing() => {
                event.prevent_default();
                event.stop_propagation();
                onchange.emit(Filter::default());
            }
            "ArrowDown" if event.target_dyn_into::<HtmlInputElement>().is_some() => {
                event.prevent_default();
                platform::focus_first("#articles .doc");
            }
            _ => {}
        }
    };
    let count =
        if filter.is_empty() { format!("{total} articles") } else { format!("{listed} of {total} articles") };
    html! {
        <div class="article-filter" role="group" aria-label="Filter" {onkeydown}>
            <input type="search" name="filter-articles" autocomplete="off" spellcheck="false" dir="auto"
                placeholder="Filter articles" aria-label="Filter articles" value={filter.words.clone()} {oninput} />
            <div>
                <select ref={select} name="filter-progress" aria-label="Progress" onchange={choose}>
                    <option value="" selected={filter.progress.is_none()}>{ "All" }</option>
                    { for Progress::ALL.into_iter().map(|it| html! {
                        <option value={it.id()} selected={filter.progress == Some(it)}>{ it.name() }</option>
                    }) }
                </select>
                <span class="article-count" role="status">{ count }</span>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct NothingProps {
    pub(super) onchange: Callback<Filter>,
}

/// Says that the filter leaves no article, with a button that lists all of them.
#[component]
pub(super) fn NothingListed(props: &NothingProps) -> Html {
    let onchange = props.onchange.clone();
    let onclick = move |_| {
        onchange.emit(Filter::default());
        // The button goes, and the focus with it.
        platform::focus_first(FIELD);
    };
    html! {
        <div class="empty nothing-listed">
            <p>{ "No article matches this filter." }</p>
            <button type="button" class="button" data-action="show-all-articles" {onclick}>{ "Show all" }</button>
        </div>
    }
}
