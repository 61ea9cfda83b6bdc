//! The table of all annotations: what is in it, what of it is chosen, and what is done with that.

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    rc::Rc,
};

use super::{App, State, count, work::CalledOff};
use crate::{
    annotation::{AnnotationId, Tag},
    session::Command,
    text::ArticleId,
    ui::{
        address::View,
        platform,
        table::rows::{Arrangement, Arranging, Line, Row, first_rows, rows},
    },
};

/// So many rows are looked at between two looks at the clock.
const ROWS: usize = 256;

/// To go through so many rows takes as long as a frame: what has changed is drawn before.
const MANY: usize = 5_000;

/// So many rows are shown before all have been looked at.
const SCREENFUL: usize = 64;

/// What the table shows.
#[derive(Debug, Default)]
pub(in crate::ui) struct Arranged {
    /// What it was made for; none while it is being made.
    arrangement: Option<Arrangement>,
    pub(in crate::ui) rows: Rc<Vec<Row>>,
    pub(in crate::ui) lines: Vec<Line>,
    /// How many of the lines are rows.
    pub(in crate::ui) shown: usize,
    /// How many annotations there are.
    pub(in crate::ui) all: usize,
}

impl Arranged {
    /// The row on a line, if it is one.
    pub(in crate::ui) fn row(&self, line: usize) -> Option<&Row> {
        match self.lines.get(line)? {
            Line::Row(row) => self.rows.get(*row),
            Line::Heading(..) => None,
        }
    }
}

/// One that is the same as itself and no other.
#[derive(Debug, Default)]
pub(in crate::ui) struct Shared<T>(pub(in crate::ui) Rc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The table as the person left it.
#[derive(Debug, Default)]
pub(in crate::ui) struct Table {
    pub(in crate::ui) arrangement: Arrangement,
    pub(in crate::ui) arranged: Shared<Arranged>,
    pub(in crate::ui) selected: Shared<HashSet<AnnotationId>>,
    /// The line that the keys are for.
    pub(in crate::ui) active: usize,
    /// The line from which a choice reaches to another.
    anchor: usize,
}

/// How the table is being made.
#[derive(Default)]
pub(super) struct Desk {
    /// Which making this is of all that were begun.
    turn: Cell<u32>,
    /// The rows, as long as they are what is annotated.
    rows: RefCell<Option<Rc<Vec<Row>>>>,
    /// Where the person has scrolled to.
    top: Cell<i32>,
}

impl App {
    /// Where the table was scrolled to, for when it is shown again.
    pub(in crate::ui) fn table_top(&self) -> &Cell<i32> {
        &self.0.desk.top
    }

    /// Shows other rows, or shows them otherwise.
    pub(in crate::ui) fn arrange(&self, change: impl FnOnce(&mut Arrangement)) {
        self.update(|state| {
            change(&mut state.table.arrangement);
            state.table.active = 0;
        });
        self.0.desk.top.set(0);
        self.make_table();
    }

    /// Something is annotated otherwise than it was.
    pub(super) fn table_changed(&self) {
        self.0.desk.rows.borrow_mut().take();
        if self.read(|state| state.view != View::Table) {
            return;
        }
        if self.read(|state| state.table.arranged.0.rows.len()) < MANY {
            self.make_table();
        } else {
            self.when_drawn(Self::make_table);
        }
    }

    /// Makes the table anew.
    pub(super) fn make_table(&self) {
        let turn = self.0.desk.turn.get() + 1;
        self.0.desk.turn.set(turn);
        let app = self.clone();
        // Called off by the next making only, which is seen at each step.
        platform::begin(async move { _ = app.make(turn).await });
    }

    async fn make(&self, turn: u32) -> Result<(), CalledOff> {
        let mut work = self.begin_unseen();
        let arrangement = self.read(|state| state.table.arrangement.clone());
        let kept = self.0.desk.rows.borrow().clone();
        if kept.is_none() && arrangement.is_plain() && self.0.desk.top.get() == 0 && self.show_first_rows() {
            platform::drawn().await;
            if self.0.desk.turn.get() != turn {
                return Ok(());
            }
        }
        let rows = kept.unwrap_or_else(|| {
            let rows = Rc::new(self.read(|state| rows(&state.session)));
            *self.0.desk.rows.borrow_mut() = Some(Rc::clone(&rows));
            rows
        });
        let is_made = self.read(|state| {
            let made = &state.table.arranged.0;
            made.arrangement.as_ref() == Some(&arrangement) && Rc::ptr_eq(&made.rows, &rows)
        });
        if is_made {
            return Ok(());
        }
        let mut fold = |words: &str| self.0.alphabets.0.borrow_mut().fold(words);
        let mut arranging = Arranging::new(arrangement.clone(), &mut fold);
        // Where nothing is looked for in them, all are gone through at once.
        let mut begun = arrangement.is_plain();
        while arranging.step(&rows, ROWS, &mut fold) {
            if !begun && let Some(lines) = arranging.beginning().filter(|it| it.len() >= SCREENFUL) {
                begun = true;
                let (shown, all) = (lines.len(), rows.len());
                let beginning = Arranged { arrangement: None, rows: Rc::clone(&rows), lines, shown, all };
                self.update(|state| state.table.arranged = Shared(Rc::new(beginning)));
                platform::drawn().await;
            } else {
                work.rest(arranging.at(), rows.len()).await?;
            }
            if self.0.desk.turn.get() != turn {
                return Ok(());
            }
        }
        let lines = arranging.finish(&rows);
        self.update(|state| {
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
    fn show_first_rows(&self) -> bool {
        let all = self.read(State::annotations_in_all);
        if all < MANY {
            return false;
        }
        self.update(|state| {
            let rows = Rc::new(first_rows(&state.session, SCREENFUL));
            let lines = (0..rows.len()).map(Line::Row).collect();
            let beginning = Arranged { arrangement: None, rows, lines, shown: all, all };
            state.table.arranged = Shared(Rc::new(beginning));
        });
        true
    }

    /// Goes to a line by keys; with `extends` all rows from where the choice began are chosen.
    pub(in crate::ui) fn move_row(&self, to: usize, extends: bool) {
        self.update(|state| {
            let table = &mut state.table;
            table.active = to;
            if extends {
                table.choose_between(table.anchor, to);
                state.say_chosen();
            } else {
                table.anchor = to;
            }
        });
    }

    /// Chooses a row or leaves it out; with `extends` all rows from the last one on.
    pub(in crate::ui) fn choose_row(&self, line: usize, extends: bool) {
        self.update(|state| {
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
            state.say_chosen();
        });
    }

    /// Chooses all rows that are shown, or none.
    pub(in crate::ui) fn choose_all_rows(&self, all: bool) {
        let is_begun = |state: &State| {
            let shown = &state.table.arranged.0;
            shown.arrangement.is_none() && !shown.lines.is_empty()
        };
        if all && self.read(is_begun) {
            // All, and not those alone that are there already.
            self.when_drawn(|app| app.choose_all_rows(true));
            return;
        }
        self.update(|state| {
            let table = &mut state.table;
            let shown = &table.arranged.0;
            let ids = (0..shown.lines.len()).filter(|_| all).filter_map(|it| shown.row(it)).map(|it| it.id);
            table.selected = Shared(Rc::new(ids.collect()));
            state.say_chosen();
        });
    }

    /// Goes to the passage of a row.
    pub(in crate::ui) fn go_to_row(&self, line: usize) {
        let row = self.read(|state| state.table.arranged.0.row(line).map(|it| (it.id, it.annotation.tag)));
        let Some((id, tag)) = row else { return };
        self.update(|state| state.table.active = line);
        self.unhide(tag);
        self.go_to(id);
        if let Some(reader) = crate::ui::platform::element("reader") {
            let _ = reader.focus();
        }
    }

    /// Gives the chosen annotations another tag, or the one that the keys are for.
    pub(in crate::ui) fn retag_rows(&self, tag: Tag) {
        let ids = self.read(State::chosen_rows);
        let before = self.read(|state| state.session.history().steps());
        self.execute(&Command::RetagAll(ids.clone(), tag));
        let changed = self.read(|state| state.session.history().steps()) > before;
        let what = count(ids.len(), "annotation", "annotations");
        self.say(if changed {
            format!("{what} changed to {}. Undo takes it back.", tag.name())
        } else {
            format!("Nothing to change: {} already", tag.name())
        });
    }

    /// Deletes the chosen annotations, or the one that the keys are for.
    pub(in crate::ui) fn delete_rows(&self) {
        let ids = self.read(State::chosen_rows);
        if self.execute(&Command::DeleteAll(ids.clone())).is_some() {
            let what = count(ids.len(), "annotation", "annotations");
            self.say(format!("{what} deleted. Undo brings them back."));
        }
    }

    /// Shows the table of one article.
    pub(in crate::ui) fn show_rows_of(&self, article: &ArticleId, tag: Option<Tag>) {
        self.show_view(View::Table);
        self.arrange(|it| {
            *it = Arrangement { article: Some(article.clone()), tag, ..Arrangement::default() };
        });
    }
}

impl State {
    fn say_chosen(&mut self) {
        self.say(format!("{} chosen", self.table.selected.0.len()));
    }

    /// What a command of the table is for, in the order of the table.
    fn chosen_rows(&self) -> Vec<AnnotationId> {
        let table = &self.table;
        if table.selected.0.is_empty() {
            return table.arranged.0.row(table.active).map(|it| it.id).into_iter().collect();
        }
        let rows = table.arranged.0.rows.iter().map(|it| it.id);
        rows.filter(|it| table.selected.0.contains(it)).collect()
    }
}

impl Table {
    fn choose_between(&mut self, one: usize, other: usize) {
        let shown = &self.arranged.0;
        let mut selected = HashSet::clone(&self.selected.0);
        selected.extend((one.min(other)..=one.max(other)).filter_map(|it| shown.row(it)).map(|it| it.id));
        self.selected = Shared(Rc::new(selected));
    }
}
