//! The table as an ARIA grid. Only the rows near the viewport are elements, however many there are.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::{
    actions::{
        change_options, choose, choose_all, delete_chosen, go_to_passage, move_to, retag_chosen, scroll_top,
        set_scroll_top,
    },
    filters::Filters,
    rows::{Column, Line, Row},
    state::TableContent,
};
use crate::{
    annotation::{AnnotationId, Tag, TagId},
    text::beginning,
    ui::{
        Store,
        features::{document, navigation::LeaveView},
        parts::{
            focus::use_focus,
            icons::{Icon, icon},
            look::look,
            tag_key::tag_key,
            tag_select::TagSelect,
            words::count,
        },
        platform, use_store, use_view,
    },
};

/// The height of a row in CSS pixels, as in the style sheet.
const ROW_HEIGHT: i32 = 56;

/// The height of the column headers in CSS pixels, as in the style sheet.
const HEAD_HEIGHT: i32 = 36;

/// The number of rows that are elements: more than the tallest screen shows.
const WINDOW: usize = 72;

/// The number of those that are above the first row in view.
const OVERSCAN: usize = 16;

/// The `id` of the grid.
const GRID: &str = "table-grid";

/// The table, with its filters and what can be done with the chosen rows.
#[component]
pub(super) fn Table() -> Html {
    let store = use_store();
    let (shown, all, chosen) = use_view(|state| {
        let table = &state.table;
        (table.content.0.shown, table.content.0.all, table.selected.0.len())
    });
    let codebook = document::use_codebook();
    let is_painted = use_is_painted();
    let other = use_state(|| None);
    let of_all = if shown == all { String::new() } else { format!(" of {all}") };
    let retag = |tag: &Rc<Tag>| {
        let (store, id) = (store.clone(), tag.id);
        let onclick = move |_| retag_chosen(&store, id);
        html! {
            <button type="button" class={look("tag", Some(tag))} data-tag={id.as_str()} {onclick}>
                { &*tag.name }{ tag_key(tag) }
            </button>
        }
    };
    let choose_other = {
        let other = other.clone();
        Callback::from(move |tag| other.set(Some(tag)))
    };
    let retag_other = {
        let (store, other) = (store.clone(), other.clone());
        move |_| other.iter().for_each(|it| retag_chosen(&store, *it))
    };
    let delete = {
        let store = store.clone();
        move |_| delete_chosen(&store)
    };
    let choose = |all: bool| {
        let store = store.clone();
        move |_| choose_all(&store, all)
    };
    html! {
        <main id="table" class="view" aria-labelledby="table-title">
            <div class="view-head">
                <h1 id="table-title">{ "All annotations" }</h1>
                <span class="table-count">{ format!("{}{of_all}", count(shown, "annotation", "annotations")) }</span>
                <LeaveView />
            </div>
            // The filters are left out of the first frame, so that the rows appear sooner. Placeholders keep their space.
            if is_painted {
                <Filters />
            } else {
                <div class="table-filters">{ for (0..5).map(|_| html! { <i /> }) }</div>
            }
            <div class="batch" role="toolbar" aria-label="Selected annotations">
                if chosen > 0 {
                    <span class="batch-count">{ format!("{chosen} selected") }</span>
                    <span class="tags" role="group" aria-label="Change the tag to">
                        if document::has_more_tags(&codebook) {
                            <TagSelect name="batch-tag" label="Another tag" codebook={codebook.clone()} tag={*other} onchange={choose_other} />
                            <button type="button" class="button" data-action="retag-rows" disabled={other.is_none()} onclick={retag_other}>
                                { "Change the tag" }
                            </button>
                        } else {
                            { for codebook.offered().map(retag) }
                        }
                    </span>
                    <button type="button" class="button quiet" data-action="delete-rows" onclick={delete}>
                        { icon(Icon::Delete) }{ "Delete" }
                    </button>
                    <button type="button" class="button quiet" data-action="choose-none" onclick={choose(false)}>{ "Select none" }</button>
                } else {
                    <button type="button" class="button quiet" data-action="choose-all" disabled={shown == 0} onclick={choose(true)}>
                        { "Select all" }<kbd aria-hidden="true">{ "Ctrl+A" }</kbd>
                    </button>
                    <span class="batch-hint">{ "Space selects a row, Shift with an arrow key selects more; Enter goes to the text." }</span>
                }
            </div>
            <Grid />
        </main>
    }
}

/// True once the first render has been painted.
#[hook]
fn use_is_painted() -> bool {
    let is_painted = use_state_eq(|| false);
    let setter = is_painted.setter();
    use_effect_with((), move |()| {
        spawn_local(async move {
            platform::next_paint().await;
            setter.set(true);
        });
    });
    *is_painted
}

#[component]
fn Grid() -> Html {
    let store = use_store();
    let content = use_view(|state| state.table.content.clone());
    let selected = use_view(|state| state.table.selected.clone());
    let active = use_view(|state| state.table.active);
    let order = use_view(|state| (state.table.options.column, state.table.options.descending));
    let filters = use_view(|state| state.table.options.filters());
    let first = use_state_eq(|| first_row(scroll_top(&store)));
    let painted = use_state_eq(|| None);
    let grid = use_node_ref();
    {
        let (store, grid, first) = (store.clone(), grid.clone(), first.clone());
        // The content changed: scroll to the start, or to the last position.
        use_effect_with(content.clone(), move |_| {
            if let Some(grid) = grid.cast::<HtmlElement>() {
                grid.set_scroll_top(scroll_top(&store));
                first.set(first_row(grid.scroll_top()));
            }
        });
    }
    {
        let painted = painted.setter();
        use_effect_with(content.clone(), move |content| {
            let content = content.clone();
            spawn_local(async move {
                platform::next_paint().await;
                painted.set(Some(content));
            });
        });
    }
    use_focus(&grid);
    {
        let grid = grid.clone();
        let below_heading = active > 0 && content.0.row(active - 1).is_none();
        use_effect_with((active, below_heading), move |(active, below_heading)| {
            if let Some(grid) = grid.cast::<HtmlElement>() {
                // Include the heading above it.
                let from = active.saturating_sub(usize::from(*below_heading));
                bring_into_view(&grid, *active);
                bring_into_view(&grid, from);
            }
        });
    }
    let onscroll = {
        let (store, first) = (store.clone(), first.clone());
        move |event: Event| {
            if let Some(grid) = event.target_dyn_into::<HtmlElement>() {
                set_scroll_top(&store, grid.scroll_top());
                let now = first_row(grid.scroll_top());
                // Re-render only after several rows, since there are some outside the view on both sides.
                if now.abs_diff(*first) >= OVERSCAN / 2 || now == 0 {
                    first.set(now);
                }
            }
        }
    };
    let onkeydown = {
        let (store, lines) = (store.clone(), content.clone());
        move |event: KeyboardEvent| on_key_down(&store, &lines.0, active, &event)
    };
    let lines = &content.0.lines;
    let (overscan, count) =
        if painted.as_ref() == Some(&content) { (OVERSCAN, WINDOW) } else { (0, screenful()) };
    let from = first.saturating_sub(overscan).min(lines.len());
    let to = (from + count).min(lines.len());
    let has_active = (from..to).contains(&active);
    // Includes the rows that are not filtered yet.
    let all = lines.len().max(content.0.shown);
    let height = i32::try_from(all).unwrap_or(i32::MAX / ROW_HEIGHT).saturating_mul(ROW_HEIGHT);
    html! {
        <div id={GRID} ref={grid} role="grid" tabindex="0" aria-label="Annotations" aria-multiselectable="true"
            aria-rowcount={(all + 1).to_string()} aria-colcount={(Column::ALL.len() + 1).to_string()}
            aria-activedescendant={has_active.then(|| format!("line-{active}"))} {onscroll} {onkeydown}>
            <div role="rowgroup" class="table-head">{ head(&store, order) }</div>
            <div role="rowgroup" class="table-rows" ~style={format!("height:{height}px")}>
                { for (from..to).filter_map(|at| {
                    let line = lines.get(at)?;
                    Some(line_element(&store, &content.0, at, line, &selected.0, at == active))
                }) }
            </div>
            if lines.is_empty() {
                <div role="rowgroup" class="table-none">
                    <div role="row"><p role="gridcell" class="empty">{ if filters {
                        "No annotation matches the filters."
                    } else {
                        "No annotations yet. Each passage that you tag in an article gets a row here."
                    } }</p></div>
                </div>
            }
        </div>
    }
}

fn head(store: &Store, (by, descending): (Column, bool)) -> Html {
    let columns = Column::ALL.into_iter().map(|column| {
        let store = store.clone();
        let sorted = (column == by).then_some(if descending { "descending" } else { "ascending" });
        let onclick = move |_| {
            change_options(&store, |it| {
                it.descending = it.column == column && !it.descending;
                it.column = column;
            });
        };
        html! {
            <div role="columnheader" class={format!("cell-{}", column.id())} aria-sort={sorted.unwrap_or("none")}>
                <button type="button" data-sort={column.id()} {onclick}>
                    { column.name() }
                    if sorted.is_some() {
                        { icon(if descending { Icon::Down } else { Icon::Up }) }
                    }
                </button>
            </div>
        }
    });
    html! {
        <div role="row" aria-rowindex="1" class="table-row">
            <div role="columnheader" class="cell-check"><span class="away">{ "Selected" }</span></div>
            { for columns }
        </div>
    }
}

fn line_element(
    store: &Store,
    content: &TableContent,
    at: usize,
    line: &Line,
    selected: &std::collections::HashSet<AnnotationId>,
    active: bool,
) -> Html {
    let top = i32::try_from(at).unwrap_or(i32::MAX / ROW_HEIGHT).saturating_mul(ROW_HEIGHT);
    let position = format!("transform:translateY({top}px)");
    let (id, index) = (format!("line-{at}"), (at + 2).to_string());
    match line {
        Line::Heading(name, rows) => html! {
            <div key={id.clone()} {id} role="row" class="table-row table-group" aria-rowindex={index} ~style={position}>
                <div role="gridcell" aria-colspan="7"><b dir="auto">{ name }</b>{ " " }<span>{ rows }</span></div>
            </div>
        },
        Line::Row(row) => {
            let Some(row) = content.rows.get(*row) else { return html! {} };
            let chosen = selected.contains(&row.id);
            let store = store.clone();
            let onclick = move |event: MouseEvent| on_row_click(&store, at, &event);
            let class =
                look(if active { "table-row table-line active" } else { "table-row table-line" }, row.tag());
            html! {
                <div key={id.clone()} {id} role="row" {class} aria-rowindex={index} aria-selected={chosen.to_string()}
                    data-id={row.id.to_string()} {onclick} ~style={position}>
                    { cells(row, chosen) }
                </div>
            }
        }
    }
}

fn cells(row: &Row, chosen: bool) -> Html {
    let annotation = &row.annotation;
    html! {
        <>
            <div role="gridcell" class="cell-check"><i class={classes!("tick", chosen.then_some("on"))} aria-hidden="true" /></div>
            <div role="gridcell" class="cell-tag"><i aria-hidden="true" />{ row.tag_name() }</div>
            <div role="gridcell" class="cell-article" dir="auto"><span>{ row.article.title() }</span></div>
            <div role="gridcell" class="cell-text" dir="auto"><span>{ short(row.text()) }</span></div>
            <div role="gridcell" class="cell-note" dir="auto"><span>{ short(&annotation.note) }</span></div>
            <div role="gridcell" class="cell-attributes" dir="auto"><span>{ short(&row.attributes()) }</span></div>
            <div role="gridcell" class="cell-modified">{ platform::short_date(row.modified) }</div>
        </>
    }
}

/// The beginning of a text, as much as a row can show.
fn short(text: &str) -> String {
    beginning(text, 240).into_owned()
}

/// The number of rows in the first frame: only those in view. The others follow a frame later.
fn screenful() -> usize {
    let height = gloo::utils::window().inner_height().ok().and_then(|it| it.as_f64());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of rows; no number is none"
    )]
    let rows = height.map_or(0, |it| (it / f64::from(ROW_HEIGHT)).ceil() as usize);
    rows.clamp(1, WINDOW)
}

/// The first row in view at this scroll position.
fn first_row(top: i32) -> usize {
    usize::try_from(top / ROW_HEIGHT).unwrap_or(0)
}

/// Scrolls the grid until a line is in view.
fn bring_into_view(grid: &HtmlElement, line: usize) {
    let top = i32::try_from(line).unwrap_or(0).saturating_mul(ROW_HEIGHT);
    let room = grid.client_height() - HEAD_HEIGHT;
    if top < grid.scroll_top() {
        grid.set_scroll_top(top);
    } else if top + ROW_HEIGHT > grid.scroll_top() + room {
        grid.set_scroll_top(top + ROW_HEIGHT - room);
    }
}

/// A click on a row goes to its passage. On its checkbox, or with Ctrl or Shift, it chooses the row.
fn on_row_click(store: &Store, line: usize, event: &MouseEvent) {
    let on_checkbox = event
        .target()
        .and_then(|it| it.dyn_into::<Element>().ok())
        .is_some_and(|it| it.closest(".cell-check").is_ok_and(|it| it.is_some()));
    if on_checkbox || event.shift_key() || event.ctrl_key() || event.meta_key() {
        choose(store, line, event.shift_key());
    } else {
        go_to_passage(store, line);
    }
}

/// The tag with a key. Digits count by the physical key, too: some layouts type them only with Shift.
fn tag_of_key(store: &Store, key: &str, code: &str) -> Option<TagId> {
    let is_key = |it: char| {
        let name = it.to_string();
        key == name || code.strip_prefix("Digit") == Some(&name)
    };
    store.read(|state| {
        let mut tags = document::codebook(state).offered();
        tags.find(|it| it.key.is_some_and(is_key)).map(|it| it.id)
    })
}

fn on_key_down(store: &Store, content: &TableContent, active: usize, event: &KeyboardEvent) {
    let on_grid =
        event.target().and_then(|it| it.dyn_into::<Element>().ok()).is_some_and(|it| it.id() == GRID);
    if !on_grid || event.is_composing() || event.alt_key() {
        return;
    }
    let last = content.lines.len().saturating_sub(1);
    let page =
        platform::element(GRID).map_or(10, |it| first_row(it.client_height()).saturating_sub(1).max(1));
    let control = event.ctrl_key() || event.meta_key();
    // Headings are skipped.
    let down = |from: usize| (from..=last).find(|it| content.row(*it).is_some());
    let up = |from: usize| (0..=from).rev().find(|it| content.row(*it).is_some());
    let to = match event.key().as_str() {
        "ArrowDown" => down(active + 1),
        "ArrowUp" => active.checked_sub(1).and_then(up),
        "PageDown" => down((active + page).min(last)).or_else(|| up(last)),
        "PageUp" => up(active.saturating_sub(page)).or_else(|| down(0)),
        "Home" => down(0),
        "End" => up(last),
        key => {
            match (key, event.code().as_str()) {
                (" ", _) => choose(store, active, event.shift_key()),
                ("Enter", _) => go_to_passage(store, active),
                ("a" | "A", _) if control => choose_all(store, true),
                ("Delete" | "Backspace", _) => delete_chosen(store),
                ("Escape", _) if store.read(|state| !state.table.selected.0.is_empty()) => {
                    choose_all(store, false);
                }
                (key, code) => match tag_of_key(store, key, code).filter(|_| !control) {
                    Some(tag) => retag_chosen(store, tag),
                    None => return,
                },
            }
            event.prevent_default();
            event.stop_propagation();
            return;
        }
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(to) = to {
        move_to(store, to, event.shift_key());
    }
}
