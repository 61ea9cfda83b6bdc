//! The state of the table: its options, its content, and the chosen rows.

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    rc::Rc,
};

use super::rows::{Line, Row, TableOptions};
use crate::{annotation::AnnotationId, ui::Store};

/// The state of the table, which stays when another view is shown.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(super) options: TableOptions,
    pub(super) content: Shared<TableContent>,
    pub(super) selected: Shared<HashSet<AnnotationId>>,
    /// The line to which keys apply.
    pub(super) active: usize,
    /// The line from which Shift extends the choice.
    pub(super) anchor: usize,
    pub(super) building: Rc<Building>,
}

/// What building the table needs. Changes of it do not notify subscribers.
#[derive(Debug, Default)]
pub(super) struct Building {
    /// The number of the latest build. Earlier ones stop.
    pub(super) run: Cell<u32>,
    /// The rows of the last build, until annotations change.
    pub(super) rows: RefCell<Option<Rc<Vec<Row>>>>,
    /// The scroll position, in CSS pixels.
    pub(super) scroll_top: Cell<i32>,
}

/// The table's [`Building`].
pub(super) fn building(store: &Store) -> Rc<Building> {
    store.read(|state| Rc::clone(&state.table.building))
}

/// What the table shows.
#[derive(Debug, Default)]
pub(crate) struct TableContent {
    /// The options it was built for; none while it is incomplete.
    pub(super) options: Option<TableOptions>,
    pub(crate) rows: Rc<Vec<Row>>,
    pub(crate) lines: Vec<Line>,
    /// How many of the lines are rows.
    pub(crate) shown: usize,
    /// How many annotations there are.
    pub(crate) all: usize,
}

impl TableContent {
    /// The row on a line, unless that is a heading.
    pub(crate) fn row(&self, line: usize) -> Option<&Row> {
        match self.lines.get(line)? {
            Line::Row(row) => self.rows.get(*row),
            Line::Heading(..) => None,
        }
    }
}

/// A shared value. Two are equal only if they are the same allocation, which makes the comparison cheap.
#[derive(Debug, Default)]
pub(crate) struct Shared<T>(pub(crate) Rc<T>);

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

impl Table {
    /// Chooses all rows between two lines, in addition to those that are chosen.
    pub(super) fn choose_between(&mut self, one: usize, other: usize) {
        let shown = &self.content.0;
        let mut selected = HashSet::clone(&self.selected.0);
        selected.extend((one.min(other)..=one.max(other)).filter_map(|it| shown.row(it)).map(|it| it.id));
        self.selected = Shared(Rc::new(selected));
    }
}
