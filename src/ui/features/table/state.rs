//! The table as the person left it.

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    rc::Rc,
};

use super::rows::{Arrangement, Line, Row};
use crate::{annotation::AnnotationId, ui::Store};

/// The table as the person left it.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(super) arrangement: Arrangement,
    pub(super) arranged: Shared<Arranged>,
    pub(super) selected: Shared<HashSet<AnnotationId>>,
    /// The line that the keys are for.
    pub(super) active: usize,
    /// The line from which a choice extends to another.
    pub(super) anchor: usize,
    pub(super) building: Rc<Building>,
}

/// How the table is being built.
#[derive(Debug, Default)]
pub(super) struct Building {
    /// The number of this build, of all that were begun.
    pub(super) turn: Cell<u32>,
    /// The rows, as long as they are what is annotated.
    pub(super) rows: RefCell<Option<Rc<Vec<Row>>>>,
    /// Where the person has scrolled to, in CSS pixels.
    pub(super) top: Cell<i32>,
}

/// How the table is being built.
pub(super) fn building(store: &Store) -> Rc<Building> {
    store.read(|state| Rc::clone(&state.table.building))
}

/// What the table shows.
#[derive(Debug, Default)]
pub(crate) struct Arranged {
    /// What it was made for; none while it is being made.
    pub(super) arrangement: Option<Arrangement>,
    pub(crate) rows: Rc<Vec<Row>>,
    pub(crate) lines: Vec<Line>,
    /// How many of the lines are rows.
    pub(crate) shown: usize,
    /// How many annotations there are.
    pub(crate) all: usize,
}

impl Arranged {
    /// The row on a line, if it is one.
    pub(crate) fn row(&self, line: usize) -> Option<&Row> {
        match self.lines.get(line)? {
            Line::Row(row) => self.rows.get(*row),
            Line::Heading(..) => None,
        }
    }
}

/// One that is the same as itself and no other.
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
    pub(super) fn choose_between(&mut self, one: usize, other: usize) {
        let shown = &self.arranged.0;
        let mut selected = HashSet::clone(&self.selected.0);
        selected.extend((one.min(other)..=one.max(other)).filter_map(|it| shown.row(it)).map(|it| it.id));
        self.selected = Shared(Rc::new(selected));
    }
}
