//! The chart of tags by article: how many annotations of each tag an article has, and where in it they are. It is an HTML
//! table with numbers beside the bars, so that it is accessible without seeing them.

mod commands;

use std::{fmt::Write as _, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::{
    annotation::{OVERVIEW_BINS, Overview, Tag},
    text::ArticleId,
    ui::{
        State, Store,
        feature::Feature,
        features::{
            document,
            location::{Place, View},
            navigation::{self, LeaveView},
            table,
        },
        parts::{lazy_html::LazyHtml, look::look, words::percent},
        use_store, use_view,
    },
};

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    lazy: &[LazyHtml::new(View::Chart.id(), || html! { <Chart /> })],
    ..Feature::NONE
};

pub(crate) type Slice = ();

/// A row of the chart: one article.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    id: ArticleId,
    title: AttrValue,
    /// For each tag of the codebook, the number of annotations.
    counts: Vec<usize>,
    /// The share of the text that is tagged, in percent.
    tagged: f64,
    /// For each tag, the SVG path of where it is in the article.
    strips: Vec<AttrValue>,
}

impl Row {
    fn count(&self) -> usize {
        self.counts.iter().sum()
    }
}

fn rows(state: &State) -> Vec<Row> {
    if state.location.view() != View::Chart {
        return Vec::new();
    }
    let tags = document::listed_tags(state);
    let row = |article: &Rc<crate::text::Article>| {
        let set = state.document.session().annotations(article.id())?;
        let is_earlier = state.document.session().articles().successor(article.id()).is_some();
        if is_earlier && set.is_empty() {
            return None;
        }
        Some(Row {
            id: article.id().clone(),
            title: format!("{}{}", if is_earlier { "Earlier text: " } else { "" }, article.title()).into(),
            counts: tags.iter().map(|it| set.count(it.id)).collect(),
            tagged: set.overview().share() * 100.0,
            strips: strips(&tags, set.overview()),
        })
    };
    state.document.session().library().iter().filter_map(row).collect()
}

fn strips(tags: &[Rc<Tag>], overview: &Overview) -> Vec<AttrValue> {
    let lanes = tags.iter().enumerate();
    lanes.map(|(lane, tag)| lane_path(&overview.bins_of(tag.id), lane).into()).collect()
}

/// The height of a tag's lane.
const LANE: usize = 8;

/// The SVG path of a tag's lane: a box for each run of adjacent bins with the tag. The full width is [`OVERVIEW_BINS`].
fn lane_path(bins: &[bool], lane: usize) -> String {
    let mut path = String::new();
    let mut at = 0;
    for run in bins.chunk_by(|a, b| a == b) {
        if run[0] {
            // Writing to a string never fails.
            let (from, width) = (at * OVERVIEW_BINS, run.len() * OVERVIEW_BINS);
            let all = bins.len().max(1);
            let (left, width) = (from / all, (width / all).max(1));
            let _ = write!(path, "M{left} {}h{width}v6h-{width}z", lane * LANE + 1);
        }
        at += run.len();
    }
    path
}

/// The chart, with the choice of its bars.
#[component]
fn Chart() -> Html {
    let store = use_store();
    let rows = use_view(rows);
    let tags = use_view(document::listed_tags);
    let tags = tags.as_slice();
    let shares = use_state(|| false);
    let max_count = rows.iter().map(Row::count).max().unwrap_or(0);
    let bar_choice = |share: bool, name: &'static str| {
        let (now, shares) = (*shares, shares.clone());
        let onclick = move |_| shares.set(share);
        html! {
            <button type="button" class="choice" data-bars={if share { "shares" } else { "counts" }}
                aria-pressed={(now == share).to_string()} {onclick}>{ name }</button>
        }
    };
    let body = rows.iter().map(|row| html! {
        <tr key={row.id.as_str()} data-article={row.id.as_str().to_owned()}>
            <th scope="row" dir="auto">{ link(&store, row) }</th>
            <td class="chart-bar" aria-hidden="true">{ bar(tags, &row.counts, if *shares { row.count() } else { max_count }) }</td>
            { for tags.iter().zip(&row.counts).map(|(tag, count)| number(&store, row, tag, *count)) }
            <td class="chart-number" data-count="all">{ row.count() }</td>
            <td class="chart-number">{ percent(row.tagged) }</td>
            <td class="chart-places" aria-hidden="true">{ strip(&store, tags, row) }</td>
        </tr>
    });
    let in_all = |at: usize| rows.iter().filter_map(|it| it.counts.get(at)).sum::<usize>();
    let total: Vec<usize> = (0..tags.len()).map(in_all).collect();
    html! {
        <main id="chart" class="view" aria-labelledby="chart-title">
            <div class="view-head">
                <h1 id="chart-title">{ "Tags by article" }</h1>
                <span class="chart-bars" role="group" aria-label="Bar lengths">
                    { bar_choice(false, "Counts") }
                    { bar_choice(true, "Shares") }
                </span>
                <LeaveView />
            </div>
            <div class="chart-scroll" role="region" aria-labelledby="chart-title" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ "Article" }</th>
                            <td class="chart-bar" />
                            { for tags.iter().map(|tag| html! {
                                <th scope="col" class={look("chart-tag", Some(tag))}><i aria-hidden="true" />{ &*tag.name }</th>
                            }) }
                            <th scope="col">{ "All" }</th>
                            <th scope="col">{ "Tagged" }</th>
                            <td class="chart-places" aria-hidden="true">{ "Place in the text" }</td>
                        </tr>
                    </thead>
                    <tbody>{ for body }</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{ "All articles" }</th>
                            <td class="chart-bar" aria-hidden="true">{ bar(tags, &total, total.iter().sum()) }</td>
                            { for total.iter().map(|it| html! { <td class="chart-number">{ it }</td> }) }
                            <td class="chart-number">{ total.iter().sum::<usize>() }</td>
                            <td />
                            <td class="chart-places" />
                        </tr>
                    </tfoot>
                </table>
            </div>
        </main>
    }
}

fn link(store: &Store, row: &Row) -> Html {
    let (store, id) = (store.clone(), row.id.clone());
    let href = Place::Article(id.clone()).fragment();
    let onclick = move |event: MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            navigation::open(&store, &id);
        }
    };
    html! { <a {href} {onclick}>{ row.title.clone() }</a> }
}

/// A bar with a part for each tag. `whole` is the count at full length.
#[expect(clippy::cast_precision_loss, reason = "a bar is no more exact than its pixels")]
fn bar(tags: &[Rc<Tag>], counts: &[usize], whole: usize) -> Html {
    let width = |count: usize| format!("width:{:.2}%", 100.0 * count as f64 / whole.max(1) as f64);
    html! {
        <span class="bar">
            { for tags.iter().zip(counts).map(|(tag, count)| html! {
                <i class={look("", Some(tag))} ~style={width(*count)} />
            }) }
        </span>
    }
}

/// The count of a tag, as a button that shows these annotations in the table.
fn number(store: &Store, row: &Row, tag: &Tag, count: usize) -> Html {
    let (store, article, id) = (store.clone(), row.id.clone(), tag.id);
    let onclick = move |_| table::show_article(&store, &article, Some(id));
    html! {
        <td class="chart-number" data-count={id.as_str()}>
            if count > 0 {
                <button type="button" {onclick} title={format!("Show these in the table: {}", tag.name)}>{ count }</button>
            } else {
                { 0 }
            }
        </td>
    }
}

/// Where in the article each tag is. A click goes there. It has no keys, since the table and the reader lead there too.
fn strip(store: &Store, tags: &[Rc<Tag>], row: &Row) -> Html {
    let (store, id) = (store.clone(), row.id.clone());
    let onclick = move |event: MouseEvent| {
        let Some(strip) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
        let rect = strip.get_bounding_client_rect();
        let share = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        navigation::open(&store, &id);
        navigation::go_to_share(&store, share.clamp(0.0, 1.0));
    };
    html! {
        <svg viewBox={format!("0 0 {OVERVIEW_BINS} {}", tags.len() * LANE)} preserveAspectRatio="none" focusable="false" {onclick}>
            { for tags.iter().zip(&row.strips).map(|(tag, path)| html! {
                <path class={look("", Some(tag))} data-tag={tag.id.as_str()} d={path.clone()} />
            }) }
        </svg>
    }
}
