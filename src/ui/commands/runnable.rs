//! Commands as they can be run: those that every tag has, with each tag of the codebook.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::page_command::{ForTag, Group, PageCommand};
use crate::{
    annotation::{Codebook, Tag},
    ui::{State, Store, features::location::View},
};

/// A command that can be run: one that every tag has, with its tag.
#[derive(Clone)]
pub(crate) struct Runnable {
    command: &'static PageCommand,
    tag: Option<(&'static ForTag, Rc<Tag>)>,
}

impl Runnable {
    /// A command, or if every tag has it, that of each tag.
    pub(super) fn all_of(command: &'static PageCommand, codebook: &Codebook) -> Vec<Self> {
        let Some(for_tag) = &command.for_tag else { return vec![Self { command, tag: None }] };
        codebook.offered().map(|tag| Self { command, tag: Some((for_tag, Rc::clone(tag))) }).collect()
    }

    /// The name in the DOM.
    pub(crate) fn id(&self) -> String {
        match &self.tag {
            Some((_, tag)) => format!("{}-{}", self.command.id, tag.id.as_str()),
            None => self.command.id.to_owned(),
        }
    }

    /// The name that is shown.
    pub(crate) fn name(&self) -> String {
        match &self.tag {
            Some((it, tag)) => (it.name)(&tag.name),
            None => self.command.name.to_owned(),
        }
    }

    pub(crate) fn group(&self) -> Group {
        self.command.group
    }

    /// The keys that run it.
    pub(crate) fn keys(&self) -> Vec<String> {
        match &self.tag {
            Some((it, tag)) => tag.key.and_then(it.keys).into_iter().collect(),
            None => self.command.keys.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    /// True if one of its keys `is_pressed`.
    pub(super) fn has_key(&self, is_pressed: impl Fn(&str) -> bool) -> bool {
        match &self.tag {
            Some((it, tag)) => tag.key.and_then(it.keys).is_some_and(|it| is_pressed(&it)),
            None => self.command.keys.iter().any(|it| is_pressed(it)),
        }
    }

    /// True if it is the command with this id, and not one of a tag.
    pub(crate) fn is(&self, id: &str) -> bool {
        self.tag.is_none() && self.command.id == id
    }

    /// True if it is a command of a tag.
    pub(crate) fn is_of_tag(&self) -> bool {
        self.tag.is_some()
    }

    /// True if its keys work in a field, too.
    pub(crate) fn in_fields(&self) -> bool {
        self.command.in_fields
    }

    /// Why it cannot be run now, in words, or `None` if it can.
    pub(crate) fn missing(&self, state: &State) -> Option<&'static str> {
        if state.location.view() != View::Reader && !self.command.in_every_view {
            return Some("Go back to the text first.");
        }
        (self.command.missing)(state)
    }

    /// Runs the command, or announces why it cannot be run.
    pub(crate) fn dispatch(&self, store: &Store) {
        match (store.read(|state| self.missing(state)), &self.tag) {
            (Some(words), _) => store.update(|state| state.announcements.say(words)),
            (None, Some((it, tag))) => (it.run)(store, tag.id),
            (None, None) => (self.command.run)(store),
        }
    }

    /// True if its keys run it where the focus is. Some controls need Enter or the arrow keys themselves.
    pub(crate) fn is_active_at(&self, event: &KeyboardEvent) -> bool {
        let taken = match self.command.keys {
            ["Enter"] => "button, a, summary, input, dialog *",
            [keys] if keys.contains("Arrow") => "dialog *, [popover] *, [role=toolbar] *, select, input",
            _ => return true,
        };
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        !target.is_some_and(|it| it.matches(taken).unwrap_or(false))
    }
}
