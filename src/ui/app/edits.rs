//! What a person does with the annotation that is focused, beyond its tag, its note and its bounds.

use super::{App, actions::excerpt};
use crate::{
    annotation::{AnnotationId, Attribute, Tag},
    session::Command,
    text::Granularity,
    ui::{MORE_BUTTON, MORE_MENU, platform},
};

impl App {
    /// Gives an attribute a value that is chosen and not typed; the empty text takes its value away.
    pub(in crate::ui) fn say_of(&self, id: AnnotationId, attribute: &'static Attribute, value: &str) {
        // Each choice is a step of its own.
        self.end_note();
        if self.execute(&Command::Attribute(id, attribute, value.into())).is_some() {
            let value = attribute.value(value).map_or("not said".to_owned(), |it| attribute.shown(&it));
            self.say(format!("{}: {value}", attribute.name));
        }
        self.end_note();
    }

    /// Makes one of the focused annotation and the one with the same tag that touches it.
    pub(in crate::ui) fn merge(&self) {
        let found = self.read(|state| {
            let id = state.focus?;
            Some((id, state.session.neighbour(id)))
        });
        match found {
            Some((id, Some(other))) if self.execute(&Command::Merge(id, other)).is_some() => {
                let words = self.words_of(id);
                self.say(format!("Merged: {words}"));
            }
            Some(_) => self.say("No annotation with the same tag touches this one."),
            None => {}
        }
    }

    /// Makes two of the focused annotation, where the cursor or the selection stands in it.
    pub(in crate::ui) fn split(&self) {
        let Some(id) = self.read(|state| state.focus) else { return };
        let chosen = self.read(|state| {
            let cursor = state.cursor.map(|it| it.span);
            let selection = state.selection.map(|it| it.span);
            Some(selection.or(cursor)?.start())
        });
        let (span, snap) =
            self.read(|state| (state.session.annotation(id).map(|it| it.span), state.settings.snap));
        // A click is meant for the nearest place where what selections snap to ends.
        let clicked = || {
            self.with_surface(|surface| {
                let (at, segments) = (surface.caret()?, surface.segments());
                let bound = |by| segments.nearest_bound(at, span?, by);
                bound(snap).or_else(|| bound(Granularity::Word)).or(Some(at))
            })
        };
        let at = chosen.or_else(clicked);
        let command = at.map(|at| Command::Split(id, at));
        // The page's own selection would be taken for a passage to tag.
        let done = command.is_some_and(|it| self.execute(&it).is_some());
        if done {
            self.clear_selection();
            let words = self.words_of(id);
            self.say(format!("Split in two after: {words}"));
        } else {
            self.say("Put the cursor inside the annotation first, where it is to be split: click there.");
        }
    }

    /// Gives the focused annotation's passage a second annotation with another tag, and focuses that.
    pub(in crate::ui) fn duplicate(&self, tag: Tag) {
        let Some(id) = self.read(|state| state.focus) else { return };
        self.unhide(tag);
        match self.execute(&Command::Duplicate(id, tag)) {
            Some(new) => {
                self.focus(Some(new));
                let words = self.words_of(new);
                self.say(format!("Duplicated as {}: {words}", tag.name()));
            }
            None => self.say(format!("This one is tagged as {} already.", tag.name())),
        }
    }

    /// Opens the menu of the focused card at the choice of a second tag.
    pub(in crate::ui) fn choose_second_tag(&self) {
        let Some(id) = self.read(|state| state.focus) else { return };
        self.show_cards();
        self.go_to(id);
        self.when_there(MORE_BUTTON, |button| {
            button.click();
            platform::focus_first(&format!("#{MORE_MENU} [data-duplicate]"));
        });
    }

    pub(super) fn words_of(&self, id: AnnotationId) -> String {
        self.read(|state| {
            state.session.find(id).map(|(article, it)| excerpt(article.slice(it.span))).unwrap_or_default()
        })
    }
}
