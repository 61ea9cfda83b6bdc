//! The notices on the page. What a notice says and offers belongs to the feature that shows it.

use yew::prelude::*;

use crate::ui::{
    State, Store,
    feature::{self, Feature, Region},
    parts::notice::{Notice, NoticeAction},
    use_store, use_view_immediately,
};

pub(crate) const FEATURE: Feature =
    Feature { view: Some((Region::Overlay, || html! { <Notices /> })), ..Feature::NONE };

pub(crate) type Slice = NoticeList;

/// The notices that features showed, the latest last.
#[derive(Debug, Default)]
pub(crate) struct NoticeList {
    list: Vec<Notice>,
}

impl NoticeList {
    /// Shows a notice. It replaces an earlier one of the same kind.
    pub(crate) fn show(&mut self, notice: Notice) {
        self.dismiss(notice.kind);
        self.list.push(notice);
    }

    /// Shows a notice that says what failed, and why.
    pub(crate) fn fail(&mut self, text: impl Into<String>) {
        self.show(Notice::new("failed", text));
    }

    /// Removes the notice of this kind.
    pub(crate) fn dismiss(&mut self, kind: &str) {
        self.list.retain(|it| it.kind != kind);
    }

    /// Removes the notices that hold only until the next step of the history.
    pub(crate) fn forget_step(&mut self) {
        self.list.retain(|it| !it.until_next_step);
    }
}

/// Shows a notice, and announces what it says.
pub(crate) fn announce(state: &mut State, notice: Notice) {
    state.announcements.say(notice.text.clone());
    state.notices.show(notice);
}

/// Removes the notice of this kind.
pub(crate) fn dismiss(store: &Store, kind: &str) {
    store.update(|state| state.notices.dismiss(kind));
}

/// All notices to show: first those that follow from the features' states, then those in the list.
fn all(state: &State) -> Vec<Notice> {
    let mut all = Vec::new();
    feature::each(|it| all.extend((it.notice)(state)));
    all.extend(state.notices.list.iter().cloned());
    all
}

#[component]
fn Notices() -> Html {
    let store = use_store();
    let notices = use_view_immediately(all);
    let button = |action: NoticeAction| {
        let store = store.clone();
        let onclick = move |_: MouseEvent| (action.run)(&store);
        html! { <button type="button" class="button" data-action={action.id} {onclick}>{ action.label }</button> }
    };
    html! {
        <div id="notices" role="region" aria-label="Notices">
            { for notices.iter().map(|notice| {
                let kind = notice.kind;
                let dismiss = notice.dismissible.then(|| NoticeAction {
                    id: "dismiss",
                    label: "Dismiss",
                    run: std::rc::Rc::new(move |store| dismiss(store, kind)),
                });
                html! {
                    <div key={kind} class="notice" data-kind={kind} role="alert">
                        <p>{ notice.text.clone() }</p>
                        <div class="notice-actions">
                            { for notice.actions.iter().cloned().chain(dismiss).map(button) }
                        </div>
                    </div>
                }
            }) }
        </div>
    }
}
