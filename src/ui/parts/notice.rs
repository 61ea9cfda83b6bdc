//! A notice tells the person what happened, with buttons for what can be done about it. The `notices` feature shows it.

use std::rc::Rc;

use crate::ui::Store;

/// A message to the person.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notice {
    /// The name in the DOM. A notice replaces an earlier one of its kind.
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) actions: Vec<NoticeAction>,
    /// True if the next step of the history removes it, such as an offer to undo.
    pub(crate) until_next_step: bool,
    /// True if it has a button that only dismisses it.
    pub(crate) dismissible: bool,
}

/// A button on a notice.
#[derive(Clone)]
pub(crate) struct NoticeAction {
    /// The name in the DOM.
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    pub(crate) run: Rc<dyn Fn(&Store)>,
}

impl std::fmt::Debug for NoticeAction {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
}

impl PartialEq for NoticeAction {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.label == other.label
    }
}

impl Notice {
    /// A notice that can only be dismissed.
    pub(crate) fn new(kind: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind, text, actions: Vec::new(), until_next_step: false, dismissible: true }
    }

    /// Adds a button.
    pub(crate) fn with(
        mut self,
        id: &'static str,
        label: &'static str,
        run: impl Fn(&Store) + 'static,
    ) -> Self {
        self.actions.push(NoticeAction { id, label, run: Rc::new(run) });
        self
    }

    /// Removes the button that dismisses it.
    pub(crate) fn undismissible(self) -> Self {
        Self { dismissible: false, ..self }
    }

    /// The notice, to be removed by the next step of the history.
    pub(crate) fn until_next_step(self) -> Self {
        Self { until_next_step: true, ..self }
    }
}
