//! Building the table in slices, choosing rows, and retagging or deleting the chosen ones.

use std::{collections::HashSet, rc::Rc};

use super::{
    rows::{Line, LineBuilder, TableOptions, first_rows, rows},
    state::{Shared, TableContent, building},
};
use crate::{
    annotation::{AnnotationId, TagId},
    session::Command,
    text::ArticleId,
    ui::{
        State, Store,
        features::{
            announcements, document, filter,
            location::View,
            navigation,
            progress::{self, Cancelled},
            search,
        },
        parts::words::count,
        platform,
    },
};

/// The number of rows to filter between two checks of the time.
const SLICE: usize = 256;

/// Filtering this many rows takes about a frame, so the edit is painted first.
const MANY: usize = 5_000;

/// The number of rows that are shown before all have been filtered.
const SCREENFUL: usize = 64;

/// The last scroll position of the table, in CSS pixels.
pub(super) fn scroll_top(store: &Store) -> i32 {
    building(store).scroll_top.get()
}

/// Remembers the scroll position of the table, in CSS pixels.
pub(super) fn set_scroll_top(store: &Store, scroll_top: i32) {
    building(store).scroll_top.set(scroll_top);
}

/// Changes which rows are shown, or their order.
pub(super) fn change_options(store: &Store, change: impl FnOnce(&mut TableOptions)) {
    store.update(|state| {
        change(&mut state.table.options);
        state.table.active = 0;
    });
    building(store).scroll_top.set(0);
    rebuild(store);
}

/// Discards the rows after annotations changed, and rebuilds the table if it is shown.
pub(crate) fn invalidate(store: &Store) {
    building(store).rows.borrow_mut().take();
    if store.read(|state| state.location.view() != View::Table) {
        return;
    }
    if store.read(|state| state.table.content.0.rows.len()) < MANY {
        rebuild(store);
    } else {
        store.after_paint(rebuild);
    }
}

/// Builds the table in the background, and cancels an earlier build.
fn rebuild(store: &Store) {
    let run = building(store).run.get() + 1;
    building(store).run.set(run);
    let store = store.clone();
    // Only a newer build cancels this one. Each slice checks for that.
    platform::run_eagerly(async move { _ = build(&store, run).await });
}

/// Builds the table in slices, as run number `run`.
async fn build(store: &Store, run: u32) -> Result<(), Cancelled> {
    let mut work = progress::begin_in_background(store);
    let options = store.read(|state| state.table.options.clone());
    let cached = building(store).rows.borrow().clone();
    if cached.is_none()
        && options.is_plain()
        && building(store).scroll_top.get() == 0
        && show_first_rows(store)
    {
        platform::next_paint().await;
        if building(store).run.get() != run {
            return Ok(());
        }
    }
    let rows = cached.unwrap_or_else(|| {
        let rows = Rc::new(store.read(|state| rows(state.document.session())));
        *building(store).rows.borrow_mut() = Some(Rc::clone(&rows));
        rows
    });
    let is_current = store.read(|state| {
        let content = &state.table.content.0;
        content.options.as_ref() == Some(&options) && Rc::ptr_eq(&content.rows, &rows)
    });
    if is_current {
        return Ok(());
    }
    let mut fold = |words: &str| search::folding(store).borrow_mut().fold(words);
    let mut builder = LineBuilder::new(options.clone(), &mut fold);
    // Without a filter, all rows are handled in one go, so there is no need to show the first ones earlier.
    let mut shows_first = options.is_plain();
    while builder.step(&rows, SLICE, &mut fold) {
        if !shows_first && let Some(lines) = builder.lines_so_far().filter(|it| it.len() >= SCREENFUL) {
            shows_first = true;
            let (shown, all) = (lines.len(), rows.len());
            let content = TableContent { options: None, rows: Rc::clone(&rows), lines, shown, all };
            store.update(|state| state.table.content = Shared(Rc::new(content)));
            platform::next_paint().await;
        } else {
            work.yield_if_due(builder.at(), rows.len()).await?;
        }
        if building(store).run.get() != run {
            return Ok(());
        }
    }
    let lines = builder.finish(&rows);
    store.update(|state| {
        let table = &mut state.table;
        let shown = lines.iter().filter(|it| matches!(it, Line::Row(_))).count();
        if !table.selected.0.is_empty() {
            // Rows that the filter hides are no longer chosen.
            let ids = lines.iter().filter_map(|it| match it {
                Line::Row(row) => rows.get(*row).map(|it| it.id),
                Line::Heading(..) => None,
            });
            let visible: HashSet<AnnotationId> = ids.filter(|it| table.selected.0.contains(it)).collect();
            if visible.len() != table.selected.0.len() {
                table.selected = Shared(Rc::new(visible));
            }
        }
        table.active = table.active.min(lines.len().saturating_sub(1));
        if matches!(lines.get(table.active), Some(Line::Heading(..))) {
            table.active += 1;
        }
        table.anchor = table.active;
        let all = rows.len();
        table.content = Shared(Rc::new(TableContent { options: Some(options), rows, lines, shown, all }));
    });
    Ok(())
}

/// If there are many annotations, shows the first rows before the others are collected. Returns true if it did.
fn show_first_rows(store: &Store) -> bool {
    let all = store.read(document::annotation_count);
    if all < MANY {
        return false;
    }
    store.update(|state| {
        let rows = Rc::new(first_rows(state.document.session(), SCREENFUL));
        let lines = (0..rows.len()).map(Line::Row).collect();
        let content = TableContent { options: None, rows, lines, shown: all, all };
        state.table.content = Shared(Rc::new(content));
    });
    true
}

/// Makes a line the active one. With `extends`, chooses all rows between it and the anchor.
pub(super) fn move_to(store: &Store, to: usize, extends: bool) {
    store.update(|state| {
        let table = &mut state.table;
        table.active = to;
        if extends {
            table.choose_between(table.anchor, to);
            announce_chosen(state);
        } else {
            table.anchor = to;
        }
    });
}

/// Chooses a row, or no longer. With `extends`, chooses all rows between it and the anchor.
pub(super) fn choose(store: &Store, line: usize, extends: bool) {
    store.update(|state| {
        let table = &mut state.table;
        table.active = line;
        if extends {
            table.choose_between(table.anchor, line);
        } else if let Some(id) = table.content.0.row(line).map(|it| it.id) {
            let mut selected = HashSet::clone(&table.selected.0);
            if !selected.remove(&id) {
                selected.insert(id);
            }
            table.selected = Shared(Rc::new(selected));
            table.anchor = line;
        }
        announce_chosen(state);
    });
}

/// Chooses all rows that are shown, or none.
pub(super) fn choose_all(store: &Store, all: bool) {
    let is_incomplete = |state: &State| {
        let shown = &state.table.content.0;
        shown.options.is_none() && !shown.lines.is_empty()
    };
    if all && store.read(is_incomplete) {
        // Wait until the table is complete.
        store.after_paint(|store| choose_all(store, true));
        return;
    }
    store.update(|state| {
        let table = &mut state.table;
        let shown = &table.content.0;
        let ids = (0..shown.lines.len()).filter(|_| all).filter_map(|it| shown.row(it)).map(|it| it.id);
        table.selected = Shared(Rc::new(ids.collect()));
        announce_chosen(state);
    });
}

/// Goes to the passage of a row.
pub(super) fn go_to_passage(store: &Store, line: usize) {
    let row = store.read(|state| state.table.content.0.row(line).map(|it| (it.id, it.annotation.tag)));
    let Some((id, tag)) = row else { return };
    store.update(|state| state.table.active = line);
    filter::show_tag(store, tag);
    navigation::go_to_annotation(store, id);
    if let Some(reader) = crate::ui::platform::element("reader") {
        let _ = reader.focus();
    }
}

/// Gives the chosen annotations, or the active one, another tag.
pub(super) fn retag_chosen(store: &Store, tag: TagId) {
    let ids = store.read(chosen);
    let before = store.read(|state| state.document.session().history().steps());
    document::execute(store, &Command::RetagAll(ids.clone(), tag));
    let changed = store.read(|state| state.document.session().history().steps()) > before;
    let what = count(ids.len(), "annotation", "annotations");
    let name = document::tag_name(store, tag);
    announcements::announce(
        store,
        if changed {
            format!("{what} changed to {name}. Undo reverts it.")
        } else {
            format!("Nothing to change: already {name}")
        },
    );
}

/// Deletes the chosen annotations, or the active one.
pub(super) fn delete_chosen(store: &Store) {
    let ids = store.read(chosen);
    if document::execute(store, &Command::DeleteAll(ids.clone())).is_some() {
        let what = count(ids.len(), "annotation", "annotations");
        announcements::announce(store, format!("{what} deleted. Undo brings them back."));
    }
}

/// Shows the table with the annotations of one article, and of one tag if given.
pub(crate) fn show_article(store: &Store, article: &ArticleId, tag: Option<TagId>) {
    show(store, TableOptions { article: Some(article.clone()), tag, ..TableOptions::default() });
}

/// Shows the table with the annotations of one tag.
pub(crate) fn show_tag(store: &Store, tag: TagId) {
    show(store, TableOptions { tag: Some(tag), ..TableOptions::default() });
}

fn show(store: &Store, options: TableOptions) {
    navigation::show_view(store, View::Table);
    change_options(store, |it| *it = options);
}

fn announce_chosen(state: &mut State) {
    state.announcements.say(format!("{} selected", state.table.selected.0.len()));
}

/// The chosen annotations, or the active one if none is chosen, in reading order.
fn chosen(state: &State) -> Vec<AnnotationId> {
    let table = &state.table;
    if table.selected.0.is_empty() {
        return table.content.0.row(table.active).map(|it| it.id).into_iter().collect();
    }
    let rows = table.content.0.rows.iter().map(|it| it.id);
    rows.filter(|it| table.selected.0.contains(it)).collect()
}
