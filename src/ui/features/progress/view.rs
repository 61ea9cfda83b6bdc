//! The dialog that shows the progress.

use yew::prelude::*;

use crate::ui::{parts::dialog::close_around, use_view};

/// What is being done, a progress bar, and a button to cancel.
#[component]
pub(super) fn ProgressBar() -> Html {
    let Some(work) = use_view(|state| state.progress.current.clone()) else { return html! {} };
    let cancel = |event: MouseEvent| close_around(&event);
    html! {
        <>
            <p>{ format!("{} …", work.what) }</p>
            <progress aria-label={work.what.clone()} max="100" value={work.percent.to_string()} />
            <div class="dialog-foot">
                <button type="button" class="button" data-action="cancel-work" onclick={cancel}>{ "Cancel" }</button>
            </div>
        </>
    }
}
