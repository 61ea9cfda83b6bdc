//! The storage dialog, and its section for backups.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{
    auto_backup::{choose_file, stop},
    backup::{REMINDERS, back_up, set_reminder},
    set_aside::SetAside,
    state::AutoBackup,
    storage::{DeleteEverything, StorageStatus},
};
use crate::{
    annotation::Timestamp,
    ui::{
        parts::{dialog::Dialog, lazy_html::LazyHtml, words::count},
        platform, use_store, use_view,
    },
};

pub(super) static STORAGE: Dialog = Dialog::new("storage", "Storage and backup");
pub(super) const STORAGE_HTML: LazyHtml = LazyHtml::of(&STORAGE, || html! { <StoragePanel /> });

/// All sections of the dialog.
#[component]
fn StoragePanel() -> Html {
    html! {
        <>
            <StorageStatus />
            <Backup />
            <SetAside />
            <DeleteEverything />
        </>
    }
}

/// Buttons to back up and restore, and the reminder.
#[component]
fn Backup() -> Html {
    let store = use_store();
    let backups = use_view(|state| state.safety.backups);
    let changes = count(backups.changes as usize, "change", "changes");
    let last = match backups.last {
        None => "No backup has been made in this browser yet.".to_owned(),
        Some(last) => {
            format!("Last backup: {}. Since then: {changes}.", platform::date_and_time(Timestamp(last)))
        }
    };
    let back_up = {
        let store = store.clone();
        move |_| back_up(&store)
    };
    let restore = |_| {
        if let Some(input) =
            platform::element("import-file").and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
        {
            input.click();
        }
    };
    let remind = {
        let store = store.clone();
        move |event: Event| {
            let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            set_reminder(
                &store,
                select.and_then(|it| it.value().parse().ok()).filter(|it| REMINDERS.contains(it)),
            );
        }
    };
    html! {
        <section aria-labelledby="backup-title">
            <h3 id="backup-title">{ "Backup" }</h3>
            <p>
                { "One file with everything stored here: all annotations, also deleted ones, the items set aside, and your \
                   settings. Restore it here or in another browser to get everything back." }
            </p>
            <div class="panel-actions">
                <button type="button" class="button solid" data-action="back-up" onclick={back_up}>{ "Back up everything" }</button>
                <button type="button" class="button" data-action="restore" onclick={restore}>{ "Restore a backup …" }</button>
            </div>
            <p class="beneath last-backup">{ last }</p>
            <label class="line">
                <span>{ "Remind me" }</span>
                <select name="reminder" onchange={remind}>
                    <option value="0" selected={backups.reminder.is_none()}>{ "never" }</option>
                    { for REMINDERS.into_iter().map(|it| html! {
                        <option value={it.to_string()} selected={backups.reminder == Some(it)}>
                            { format!("after {it} changes") }
                        </option>
                    }) }
                </select>
            </label>
            <BackupFile />
        </section>
    }
}

/// The automatic backup: its state, and buttons to choose the file and to stop.
#[component]
fn BackupFile() -> Html {
    let store = use_store();
    let auto = use_view(|state| state.safety.auto.clone());
    let choose = {
        let store = store.clone();
        move |_| choose_file(&store)
    };
    let stop = move |_| stop(&store);
    let (words, choose_label) = match &auto {
        AutoBackup::Unavailable => return html! {},
        AutoBackup::Off => (
            "Choose a file, and the page keeps it up to date automatically.".to_owned(),
            Some("Choose a file …"),
        ),
        AutoBackup::Waiting { name } => (
            format!("{name} is not being updated: the browser asks for permission again on each visit."),
            Some("Allow again"),
        ),
        AutoBackup::On { name, written } => {
            let last = written.map(|at| format!(" Last written: {}.", platform::date_and_time(at)));
            (format!("{name} is written a few seconds after each change.{}", last.unwrap_or_default()), None)
        }
        AutoBackup::Failed { name, why } => (
            format!("{name} could not be written: {why}. The page tries again after the next change."),
            Some("Choose another file …"),
        ),
    };
    html! {
        <div class="auto">
            <h3>{ "Automatic backup" }</h3>
            <p>{ words }</p>
            <div class="panel-actions">
                if let Some(label) = choose_label {
                    <button type="button" class="button" data-action="choose-backup-file" onclick={choose}>{ label }</button>
                }
                if auto != AutoBackup::Off {
                    <button type="button" class="button" data-action="stop-backup-file" onclick={stop}>{ "Stop" }</button>
                }
            </div>
        </div>
    }
}
