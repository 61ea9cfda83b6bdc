//! The notices on the page. What each says and offers belongs to the feature that shows it.

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

/// The notices that are shown, the latest last.
#[derive(Debug, Default)]
pub(crate) struct NoticeList {
    list: Vec<Notice>,
}

impl NoticeList {
    /// Shows a notice in place of an earlier one of its kind.
    pub(crate) fn show(&mut self, notice: Notice) {
        self.dismiss(notice.kind);
        self.list.push(notice);
    }

    /// Says what could not be done, and why.
    pub(crate) fn fail(&mut self, what: impl Into<String>) {
        self.show(Notice::new("failed", what));
    }

    /// Takes away the notice of a kind.
    pub(crate) fn dismiss(&mut self, kind: &str) {
        self.list.retain(|it| it.kind != kind);
    }

    /// Takes away what a new step of the history makes untrue.
    pub(crate) fn forget_step(&mut self) {
        self.list.retain(|it| !it.until_next_step);
    }
}

/// Takes away the notice of a kind.
pub(crate) fn dismiss(store: &Store, kind: &str) {
    store.update(|state| state.notices.dismiss(kind));
}

fn shown(state: &State) -> Vec<Notice> {
    let mut all = Vec::new();
    feature::each(|it| all.extend((it.notice)(state)));
    all.extend(state.notices.list.iter().cloned());
    all
}

/// All notices.
#[component]
fn Notices() -> Html {
    let store = use_store();
    let notices = use_view_immediately(shown);
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
