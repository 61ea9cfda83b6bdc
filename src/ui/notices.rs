//! What the page has to tell.

use yew::prelude::*;

use super::app::{App, Notice, NoticeAction, Scope, State, Trouble, count, use_app, use_view_at_once};

/// The name of the notice that something could not be kept.
const NOT_SAVED: &str = "not-saved";

/// A notice as it is shown.
#[derive(Clone, PartialEq)]
struct Shown {
    kind: &'static str,
    text: AttrValue,
    actions: Vec<(NoticeAction, &'static str)>,
}

fn shown(state: &State) -> Vec<Shown> {
    let not_saved = state.unread_trouble().map(|trouble| {
        let text = match trouble {
            Trouble::Unread(failure) => format!(
                "Not all of your annotations are here: {failure}. What this browser keeps is unharmed, but some of it \
                 may be missing on this page and in an export."
            ),
            Trouble::Unsaved(0, failure) => format!(
                "Not saved: {failure}. What you do from now on is on this page only and will be gone when it is \
                 closed, so export it first."
            ),
            Trouble::Unsaved(changes, failure) => format!(
                "Not saved: {failure}. {} on this page only and will be gone when it is closed, so export first.",
                count(changes, "change is", "changes are")
            ),
            Trouble::Quick(failure) => format!(
                "Saved, but not crash-proof: {failure}. Your work is in this browser's quick storage (localStorage), from \
                 which a crash can take the last seconds. Export it now and then."
            ),
        };
        Shown {
            kind: NOT_SAVED,
            text: text.into(),
            actions: vec![
                (NoticeAction::ExportAll, "Export"),
                (NoticeAction::Retry, "Try again"),
                (NoticeAction::Dismiss, "Hide"),
            ],
        }
    });
    let others = state.notices.iter().map(|it: &Notice| Shown {
        kind: it.kind(),
        text: it.text().into(),
        actions: it.actions(),
    });
    not_saved.into_iter().chain(others).collect()
}

/// All notices.
#[component]
pub(super) fn Notices() -> Html {
    let app = use_app();
    let notices = use_view_at_once(shown);
    html! {
        <div id="notices" role="region" aria-label="Notices">
            { for notices.iter().map(|notice| html! {
                <div key={notice.kind} class="notice" data-kind={notice.kind} role="alert">
                    <p>{ notice.text.clone() }</p>
                    <div class="notice-actions">
                        { for notice.actions.iter().map(|&(action, words)| {
                            let (app, kind) = (app.clone(), notice.kind);
                            let onclick = move |_| act(&app, kind, action);
                            html! { <button type="button" class="button" data-action={name(action)} {onclick}>{ words }</button> }
                        }) }
                    </div>
                </div>
            }) }
        </div>
    }
}

const fn name(action: NoticeAction) -> &'static str {
    match action {
        NoticeAction::DownloadSetAside => "download-set-aside",
        NoticeAction::ExportAll => "export-all",
        NoticeAction::Retry => "retry",
        NoticeAction::BackUp => "back-up",
        NoticeAction::Undo => "undo-import",
        NoticeAction::UndoRemove => "undo",
        NoticeAction::BringBack => "bring-back",
        NoticeAction::PlaceHere => "place-selection",
        NoticeAction::StopPlacing => "stop-placing",
        NoticeAction::Dismiss => "dismiss",
    }
}

fn act(app: &App, kind: &'static str, action: NoticeAction) {
    match action {
        NoticeAction::DownloadSetAside => app.download_set_aside(),
        NoticeAction::ExportAll => app.export(Scope::AllArticles),
        NoticeAction::Retry => app.retry(),
        NoticeAction::BackUp => app.back_up(),
        NoticeAction::Undo | NoticeAction::UndoRemove => app.travel(true),
        NoticeAction::BringBack => app.bring_back(),
        NoticeAction::PlaceHere => app.place_selection(),
        NoticeAction::StopPlacing => app.stop_placing(),
        NoticeAction::Dismiss if kind == NOT_SAVED => app.explain_unsaved(false),
        NoticeAction::Dismiss => app.dismiss(kind),
    }
}
