//! The export button and its menu.

use yew::prelude::*;

use super::export::{Scope, export, include_texts};
use crate::{
    annotation::ArticleRecord,
    ui::{
        feature,
        features::document,
        parts::{button::Button, icons::Icon, words::count},
        use_store, use_view,
    },
};

#[component]
pub(crate) fn ExportMenu() -> Html {
    let store = use_store();
    let aside = use_view(|state| state.document.set_aside().len());
    let download = {
        let store = store.clone();
        move |_| document::download_set_aside(&store)
    };
    let own =
        use_view(|state| state.document.session().library().iter().any(|it| ArticleRecord::is_own(it.id())));
    let texts = use_view(|state| state.exchange.with_texts);
    let carry = {
        let store = store.clone();
        move |_| include_texts(&store, !texts)
    };
    let export = |scope| {
        let store = store.clone();
        Callback::from(move |_| export(&store, scope))
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
                    <small>{ "Only the open article" }</small>
                </button>
                { for feature::all().filter_map(|it| it.export_menu).map(|it| it()) }
                if own {
                    <label class="check">
                        <input type="checkbox" name="with-texts" checked={texts} onchange={carry} />
                        <span>{ "Include the texts of your own articles" }</span>
                    </label>
                }
                if aside > 0 {
                    <button type="button" data-action="download-set-aside" popovertarget="export-menu"
                        popovertargetaction="hide" onclick={download}>
                        <b>{ "Items set aside" }</b>
                        <small>{ count(aside, "stored item that could not be read", "stored items that could not be read") }</small>
                    </button>
                }
            </div>
        </>
    }
}
