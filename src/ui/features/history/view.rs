//! The dialog that lists the steps of the history and goes to any of them.

use yew::prelude::*;

use super::actions::go_to_step;
use crate::ui::{
    State,
    features::document,
    parts::{dialog::Dialog, lazy_html::LazyHtml},
    platform, use_store, use_view,
};

pub(crate) static HISTORY: Dialog = Dialog::new("history", "History");
pub(super) const HISTORY_HTML: LazyHtml = LazyHtml::of(&HISTORY, || html! { <HistoryPanel /> });

/// The maximum number of steps listed. Earlier ones are left out.
const LISTED: usize = 1_000;

/// A row of the list: one step.
#[derive(Clone, PartialEq)]
struct Row {
    number: u64,
    what: String,
    words: String,
    at: String,
    undone: bool,
    now: bool,
}

fn rows(state: &State) -> Vec<Row> {
    let history = state.document.session().history();
    let now = history.current_step();
    history
        .list()
        .take(LISTED)
        .map(|(step, undone)| Row {
            number: step.number,
            what: step.transaction.label.done(document::codebook(state)),
            words: step.words.to_string(),
            at: platform::time_of_day(step.at),
            undone,
            now: step.number == now,
        })
        .collect()
}

/// The list, latest step first. A row stands for the state right after its step.
#[component]
fn HistoryPanel() -> Html {
    let store = use_store();
    let rows = use_view(rows);
    let all_undone = rows.iter().all(|it| it.undone);
    let go = |number| {
        let store = store.clone();
        move |_: MouseEvent| go_to_step(&store, number)
    };
    if rows.is_empty() {
        return html! { <p class="empty">{ "You have not changed anything in this tab yet. Your changes are listed here, and you can undo them step by step." }</p> };
    }
    html! {
        <>
            <p class="beneath">{ "Choose a step to go back to it, or forward again. Nothing is lost." }</p>
            <ol id="steps" reversed={true}>
                { for rows.iter().map(|row| html! {
                    <li key={row.number}>
                        <button type="button" class={classes!("step", row.undone.then_some("undone"))} data-step={row.number.to_string()}
                            aria-current={row.now.then_some("step")} onclick={go(row.number)}>
                            <span class="step-what">
                                { &row.what }
                                if row.undone { <span class="away">{ " (undone)" }</span> }
                                if !row.words.is_empty() { { ": " }<q dir="auto">{ &row.words }</q> }
                            </span>
                            <time>{ &row.at }</time>
                        </button>
                    </li>
                }) }
                <li key="start">
                    <button type="button" class="step" data-step="0" aria-current={all_undone.then_some("step")} onclick={go(0)}>
                        <span class="step-what">{ "Before these steps" }</span>
                    </button>
                </li>
            </ol>
        </>
    }
}
