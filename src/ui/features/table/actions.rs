//! The table of all annotations: what is in it, what of it is chosen, and what is done with that.

use std::{collections::HashSet, rc::Rc};

use super::{
    rows::{Arrangement, Arranging, Line, first_rows, rows},
    state::{Arranged, Shared, building},
};
use crate::{
    annotation::{AnnotationId, Tag},
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

/// So many rows are looked at between two looks at the clock.
const ROWS: usize = 256;

/// To go through so many rows takes as long as a frame: what has changed is drawn before.
const MANY: usize = 5_000;

/// So many rows are shown before all have been looked at.
const SCREENFUL: usize = 64;

/// Where the table was scrolled to, for when it is shown again.
pub(super) fn scroll_top(store: &Store) -> i32 {
    building(store).top.get()
}

/// Remembers where the table was scrolled to.
pub(super) fn set_scroll_top(store: &Store, top: i32) {
    building(store).top.set(top);
}

/// Shows other rows, or shows them otherwise.
pub(super) fn arrange(store: &Store, change: impl FnOnce(&mut Arrangement)) {
    store.update(|state| {
        change(&mut state.table.arrangement);
        state.table.active = 0;
    });
    building(store).top.set(0);
    rebuild(store);
}

/// Something is annotated otherwise than it was.
pub(crate) fn invalidate(store: &Store) {
    building(store).rows.borrow_mut().take();
    if store.read(|state| state.location.view() != View::Table) {
        return;
    }
    if store.read(|state| state.table.arranged.0.rows.len()) < MANY {
        rebuild(store);
    } else {
        store.after_paint(rebuild);
    }
}

/// Makes the table anew.
fn rebuild(store: &Store) {
    let turn = building(store).turn.get() + 1;
    building(store).turn.set(turn);
    let store = store.clone();
    // Called off by the next making only, which is seen at each step.
    platform::run_eagerly(async move { _ = build(&store, turn).await });
}

async fn build(store: &Store, turn: u32) -> Result<(), Cancelled> {
    let mut work = progress::begin_unseen(store);
    let arrangement = store.read(|state| state.table.arrangement.clone());
    let kept = building(store).rows.borrow().clone();
    if kept.is_none() && arrangement.is_plain() && building(store).top.get() == 0 && show_first_rows(store) {
        platform::next_paint().await;
        if building(store).turn.get() != turn {
            return Ok(());
        }
    }
    let rows = kept.unwrap_or_else(|| {
        let rows = Rc::new(store.read(|state| rows(state.document.session())));
        *building(store).rows.borrow_mut() = Some(Rc::clone(&rows));
        rows
    });
    let is_made = store.read(|state| {
        let made = &state.table.arranged.0;
        made.arrangement.as_ref() == Some(&arrangement) && Rc::ptr_eq(&made.rows, &rows)
    });
    if is_made {
        return Ok(());
    }
    let mut fold = |words: &str| search::folding(store).borrow_mut().fold(words);
    let mut arranging = Arranging::new(arrangement.clone(), &mut fold);
    // Where nothing is looked for in them, all are gone through at once.
    let mut begun = arrangement.is_plain();
    while arranging.step(&rows, ROWS, &mut fold) {
        if !begun && let Some(lines) = arranging.beginning().filter(|it| it.len() >= SCREENFUL) {
            begun = true;
            let (shown, all) = (lines.len(), rows.len());
            let beginning = Arranged { arrangement: None, rows: Rc::clone(&rows), lines, shown, all };
            store.update(|state| state.table.arranged = Shared(Rc::new(beginning)));
            platform::next_paint().await;
        } else {
            work.rest(arranging.at(), rows.len()).await?;
        }
        if building(store).turn.get() != turn {
            return Ok(());
        }
    }
    let lines = arranging.finish(&rows);
    store.update(|state| {
        let table = &mut state.table;
        let shown = lines.iter().filter(|it| matches!(it, Line::Row(_))).count();
        if !table.selected.0.is_empty() {
            // What is not seen is not changed.
            let ids = lines.iter().filter_map(|it| match it {
                Line::Row(row) => rows.get(*row).map(|it| it.id),
                Line::Heading(..) => None,
            });
            let here: HashSet<AnnotationId> = ids.filter(|it| table.selected.0.contains(it)).collect();
            if here.len() != table.selected.0.len() {
                table.selected = Shared(Rc::new(here));
            }
        }
        table.active = table.active.min(lines.len().saturating_sub(1));
        if matches!(lines.get(table.active), Some(Line::Heading(..))) {
            table.active += 1;
        }
        table.anchor = table.active;
        let all = rows.len();
        table.arranged =
            Shared(Rc::new(Arranged { arrangement: Some(arrangement), rows, lines, shown, all }));
    });
    Ok(())
}

/// Where there are many, shows as many as are seen before the others are gone through; whether it did.
fn show_first_rows(store: &Store) -> bool {
    let all = store.read(document::annotation_count);
    if all < MANY {
        return false;
    }
    store.update(|state| {
        let rows = Rc::new(first_rows(state.document.session(), SCREENFUL));
        let lines = (0..rows.len()).map(Line::Row).collect();
        let beginning = Arranged { arrangement: None, rows, lines, shown: all, all };
        state.table.arranged = Shared(Rc::new(beginning));
    });
    true
}

/// Goes to a line by keys; with `extends` all rows from where the choice began are chosen.
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

/// Chooses a row or leaves it out; with `extends` all rows from the last one on.
pub(super) fn choose(store: &Store, line: usize, extends: bool) {
    store.update(|state| {
        let table = &mut state.table;
        table.active = line;
        if extends {
            table.choose_between(table.anchor, line);
        } else if let Some(id) = table.arranged.0.row(line).map(|it| it.id) {
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
    let is_begun = |state: &State| {
        let shown = &state.table.arranged.0;
        shown.arrangement.is_none() && !shown.lines.is_empty()
    };
    if all && store.read(is_begun) {
        // All, and not those alone that are there already.
        store.after_paint(|store| choose_all(store, true));
        return;
    }
    store.update(|state| {
        let table = &mut state.table;
        let shown = &table.arranged.0;
        let ids = (0..shown.lines.len()).filter(|_| all).filter_map(|it| shown.row(it)).map(|it| it.id);
        table.selected = Shared(Rc::new(ids.collect()));
        announce_chosen(state);
    });
}

/// Goes to the passage of a row.
pub(super) fn go_to_passage(store: &Store, line: usize) {
    let row = store.read(|state| state.table.arranged.0.row(line).map(|it| (it.id, it.annotation.tag)));
    let Some((id, tag)) = row else { return };
    store.update(|state| state.table.active = line);
    filter::show_tag(store, tag);
    navigation::go_to_annotation(store, id);
    if let Some(reader) = crate::ui::platform::element("reader") {
        let _ = reader.focus();
    }
}

/// Gives the chosen annotations another tag, or the one that the keys are for.
pub(super) fn retag_chosen(store: &Store, tag: Tag) {
    let ids = store.read(chosen);
    let before = store.read(|state| state.document.session().history().steps());
    document::execute(store, &Command::RetagAll(ids.clone(), tag));
    let changed = store.read(|state| state.document.session().history().steps()) > before;
    let what = count(ids.len(), "annotation", "annotations");
    announcements::announce(
        store,
        if changed {
            format!("{what} changed to {}. Undo reverts it.", tag.name())
        } else {
            format!("Nothing to change: already {}", tag.name())
        },
    );
}

/// Deletes the chosen annotations, or the one that the keys are for.
pub(super) fn delete_chosen(store: &Store) {
    let ids = store.read(chosen);
    if document::execute(store, &Command::DeleteAll(ids.clone())).is_some() {
        let what = count(ids.len(), "annotation", "annotations");
        announcements::announce(store, format!("{what} deleted. Undo brings them back."));
    }
}

/// Shows the table of one article.
pub(crate) fn show_article(store: &Store, article: &ArticleId, tag: Option<Tag>) {
    navigation::show_view(store, View::Table);
    arrange(store, |it| {
        *it = Arrangement { article: Some(article.clone()), tag, ..Arrangement::default() };
    });
}

fn announce_chosen(state: &mut State) {
    state.announcements.say(format!("{} selected", state.table.selected.0.len()));
}

/// What a command of the table is for, in the order of the table.
fn chosen(state: &State) -> Vec<AnnotationId> {
    let table = &state.table;
    if table.selected.0.is_empty() {
        return table.arranged.0.row(table.active).map(|it| it.id).into_iter().collect();
    }
    let rows = table.arranged.0.rows.iter().map(|it| it.id);
    rows.filter(|it| table.selected.0.contains(it)).collect()
}
