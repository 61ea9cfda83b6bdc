//! The bar at the top: what the page is, whether the work is kept, and what can be done with all of it.

use std::cell::Cell;

use web_sys::Element;
use yew::prelude::*;

use super::{
    address::{Place, View},
    app::{App, Dialog, Scope, Settings, Sheet, State, TextSize, Theme, Trouble, count, use_app, use_view},
    icons::{Icon, icon},
    import::ImportButton,
};
use crate::annotation::ArticleRecord;

/// The bar.
#[component]
pub(super) fn Header() -> Html {
    html! {
        <header id="header">
            <SheetButton />
            <span class="brand">{ "Glossator" }</span>
            <Views />
            <span class="space" />
            <Status />
            <History />
            <Opens action="history" icon={Icon::History} label="What was done (H)" dialog={Dialog::History} />
            <ImportButton />
            <Export />
            <Opens action="codebook" icon={Icon::Codebook} label="Codebook" short="Codebook" dialog={Dialog::Codebook} />
            <Look />
            <Opens action="palette" icon={Icon::Commands} label="All commands (Ctrl+K)" dialog={Dialog::Palette} />
            <Opens action="help" icon={Icon::Keys} label="Keyboard shortcuts" dialog={Dialog::Keys} />
        </header>
    }
}

#[derive(Properties, PartialEq)]
struct ButtonProps {
    action: &'static str,
    icon: Icon,
    label: AttrValue,
    /// What is shown where there is room; the label where it is not given.
    #[prop_or_default]
    short: Option<&'static str>,
    #[prop_or_default]
    disabled: bool,
    #[prop_or_default]
    class: &'static str,
    #[prop_or_default]
    opens: Option<&'static str>,
    #[prop_or_default]
    onclick: Callback<MouseEvent>,
}

/// A button that shows its name where there is room and its picture where there is not.
#[component]
fn Button(props: &ButtonProps) -> Html {
    html! {
        <button type="button" class={classes!("button", props.class, props.short.map(|_| "worded"))} data-action={props.action}
            aria-label={props.label.clone()} title={props.label.clone()} disabled={props.disabled}
            popovertarget={props.opens} onclick={props.onclick.clone()}>
            { icon(props.icon) }
            if let Some(short) = props.short {
                <span class="words">{ short }</span>
            }
        </button>
    }
}

#[component]
fn SheetButton() -> Html {
    let app = use_app();
    let open = use_view(|state| state.sheet == Some(Sheet::Articles));
    let onclick = move |_| app.sheet((!open).then_some(Sheet::Articles));
    html! { <Button action="articles" icon={Icon::Articles} label="Articles" class="for-sheet" {onclick} /> }
}

/// The ways to look at the annotations, and the search.
#[component]
pub(super) fn Views() -> Html {
    let app = use_app();
    let (now, text) = use_view(|state| {
        let text = state.open.clone().map_or(Place::Start, Place::Article);
        (state.view, text.fragment())
    });
    let link = |view: View, href: String, icon_: Icon, name: &'static str| {
        let app = app.clone();
        let onclick = move |event: MouseEvent| {
            // With a key held it is opened elsewhere, as any link.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                app.show_view(view);
            }
        };
        html! {
            <a {href} data-view={name.to_lowercase()} aria-current={(now == view).then_some("page")} {onclick}>
                { icon(icon_) }<span>{ name }</span>
            </a>
        }
    };
    let search = {
        let app = app.clone();
        move |_| app.search()
    };
    html! {
        <nav class="views" aria-label="Views">
            { link(View::Reader, text, Icon::Text, "Text") }
            { link(View::Table, Place::Table.fragment(), Icon::Table, "Table") }
            { link(View::Chart, Place::Chart.fragment(), Icon::Chart, "Chart") }
            <button type="button" data-action="search" aria-label="Search" title="Search" onclick={search}>
                { icon(Icon::Search) }
            </button>
        </nav>
    }
}

/// The words for saved work, which keep their room while it is being saved.
const SAVED: &str = "Saved in this browser";

/// Whether what is on the page is kept: the value of `data-state`, and in words.
fn status(state: &State) -> (&'static str, &'static str) {
    match state.trouble() {
        Some(Trouble::Quick(_)) => ("local", "Saved, not crash-proof"),
        Some(Trouble::Unsaved(..)) => ("unsaved", "Not saved"),
        Some(Trouble::Unread(_)) => ("unsaved", "Not all is here"),
        None if state.is_saving() => ("saving", "Saving"),
        None => ("saved", SAVED),
    }
}

/// Whether what is on the page is kept.
///
/// Written by hand, in the same task as the text. Yew may put off what it draws by a frame, and the header must not say
/// “Saved” beside an unsaved change in that frame.
#[component]
fn Status() -> Html {
    let app = use_app();
    let (status_ref, words_ref) = (use_node_ref(), use_node_ref());
    use_effect_with((), {
        let (app, status_ref, words_ref) = (app.clone(), status_ref.clone(), words_ref.clone());
        move |()| {
            let shown = Cell::new(("", ""));
            let show = move |state: &State| {
                let now = status(state);
                if shown.replace(now) == now {
                    return;
                }
                let (id, text) = now;
                if let (Some(status), Some(words)) =
                    (status_ref.cast::<Element>(), words_ref.cast::<Element>())
                {
                    words.set_text_content(Some(if id == "saving" { SAVED } else { text }));
                    let _ = status.set_attribute("title", text);
                    let _ = status.set_attribute("data-state", id);
                }
            };
            app.read(&show);
            let subscription = app.subscribe(true, show);
            move || drop(subscription)
        }
    });
    let onclick = move |_| {
        app.explain_unsaved(true);
        app.dialog(Some(Dialog::Storage));
    };
    html! {
        <span id="status" ref={status_ref}>
            <button type="button" data-action="storage" {onclick}>
                <span class="dot" aria-hidden="true" />
                <span class="status-words">
                    <span class="when-settled" ref={words_ref} />
                    <span class="when-saving">{ "Saving …" }</span>
                </span>
                <span class="away">{ ": storage and backup" }</span>
            </button>
        </span>
    }
}

#[component]
fn History() -> Html {
    let app = use_app();
    let (undo, redo) = use_view(|state| {
        let history = state.session.history();
        (history.next_undo(), history.next_redo())
    });
    let travel = |back| {
        let app = app.clone();
        Callback::from(move |_| app.travel(back))
    };
    let label = |word: &str, what: Option<String>| what.map_or(word.to_owned(), |it| format!("{word}: {it}"));
    html! {
        <>
            <Button action="undo" icon={Icon::Undo} short="Undo" disabled={undo.is_none()}
                label={label("Undo", undo.map(|it| it.to_string()))} onclick={travel(true)} />
            <Button action="redo" icon={Icon::Redo} short="Redo" disabled={redo.is_none()}
                label={label("Redo", redo.map(|it| it.to_string()))} onclick={travel(false)} />
        </>
    }
}

#[component]
fn Export() -> Html {
    let app = use_app();
    let aside = use_view(|state| state.set_aside().len());
    let download = {
        let app = app.clone();
        move |_| app.download_set_aside()
    };
    let own = use_view(|state| state.session.library().iter().any(|it| ArticleRecord::is_own(it.id())));
    let texts = use_view(|state| state.export_texts);
    let carry = {
        let app = app.clone();
        move |_| app.export_texts(!texts)
    };
    let export = |scope| {
        let app = app.clone();
        Callback::from(move |_| app.export(scope))
    };
    html! {
        <>
            <Button action="export" icon={Icon::Export} label="Export" short="Export" class="solid" opens="export-menu" />
            <div id="export-menu" class="menu" popover="auto">
                <button type="button" data-action="export-all" popovertarget="export-menu" popovertargetaction="hide"
                    onclick={export(Scope::AllArticles)}>
                    <b>{ "All articles" }</b>
                    <small>{ "Every annotation, as one JSON file" }</small>
                </button>
                <button type="button" data-action="export-article" popovertarget="export-menu" popovertargetaction="hide"
                    onclick={export(Scope::OpenArticle)}>
                    <b>{ "This article" }</b>
                    <small>{ "Only what is open now" }</small>
                </button>
                if own {
                    <label class="check">
                        <input type="checkbox" name="with-texts" checked={texts} onchange={carry} />
                        <span>{ "With the texts of your own articles" }</span>
                    </label>
                }
                if aside > 0 {
                    <button type="button" data-action="download-set-aside" popovertarget="export-menu"
                        popovertargetaction="hide" onclick={download}>
                        <b>{ "What was set aside" }</b>
                        <small>{ count(aside, "stored item that could not be read", "stored items that could not be read") }</small>
                    </button>
                }
            </div>
        </>
    }
}

/// Light or dark, and how large the text is.
#[component]
fn Look() -> Html {
    let app = use_app();
    let settings = use_view(|state| state.settings);
    html! {
        <>
            <Button action="view" icon={Icon::View} label="View" opens="view-menu" />
            <div id="view-menu" class="menu" popover="auto">
                <fieldset>
                    <legend>{ "Theme" }</legend>
                    { for Theme::ALL.into_iter().map(|theme| {
                        let chosen = settings.theme == theme;
                        choice(&app, theme.name(), chosen, ("data-theme", theme.id()), Settings { theme, ..settings })
                    }) }
                </fieldset>
                <fieldset>
                    <legend>{ "Text size" }</legend>
                    { for TextSize::ALL.into_iter().map(|size| {
                        let chosen = settings.size == size;
                        choice(&app, size.name(), chosen, ("data-size", size.id()), Settings { size, ..settings })
                    }) }
                </fieldset>
            </div>
        </>
    }
}

fn choice(
    app: &App,
    name: &str,
    chosen: bool,
    data: (&'static str, &'static str),
    settings: Settings,
) -> Html {
    let app = app.clone();
    let onclick = move |_| app.set(settings);
    let (theme, size) = if data.0 == "data-theme" { (Some(data.1), None) } else { (None, Some(data.1)) };
    html! {
        <button type="button" class="choice" aria-pressed={chosen.to_string()} data-theme={theme} data-size={size} {onclick}>
            { name }
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct OpensProps {
    action: &'static str,
    icon: Icon,
    label: &'static str,
    #[prop_or_default]
    short: Option<&'static str>,
    dialog: Dialog,
}

/// A button that opens a dialog.
#[component]
fn Opens(props: &OpensProps) -> Html {
    let app = use_app();
    let dialog = props.dialog;
    let onclick = move |_| app.dialog(Some(dialog));
    html! { <Button action={props.action} icon={props.icon} label={props.label} short={props.short} {onclick} /> }
}
