//! The dialog that asks what becomes of the annotations with a tag that is removed.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    actions::remove,
    rows::{children, parent},
    state::{Asked, uses},
};
use crate::{
    annotation::{Codebook, TagId},
    session::{MergePreview, Uses},
    ui::{
        features::document,
        parts::{
            dialog::{Dialog, closing},
            lazy_html::LazyHtml,
            tag_search::shown_path,
            words::count,
        },
        use_store, use_view,
    },
};

pub(super) static REMOVAL: Dialog = Dialog::new("tag-removal", "Merge or remove a tag");
pub(super) const REMOVAL_HTML: LazyHtml = LazyHtml::of(&REMOVAL, || html! { <Removal /> });

/// A choice in the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Keep,
    Retag,
    Delete,
}

impl Fate {
    const ALL: [Self; 3] = [Self::Keep, Self::Retag, Self::Delete];

    /// The name in the DOM, the choice, and what the button does.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Keep => {
                ("keep", "Keep them, and only retire the tag: it is offered no more", "Retire the tag")
            }
            Self::Retag => ("retag", "Give them another tag, and merge this one into it", "Merge the tags"),
            Self::Delete => ("delete", "Delete them with the tag", "Delete them and the tag"),
        }
    }
}

#[component]
fn Removal() -> Html {
    let store = use_store();
    let codebook = document::use_codebook();
    let asked = use_view(|state| state.codebook.asked.map(|it| (it, uses(state, it.id))));
    let fate = use_state(|| {
        let merges = store.read(|it| it.codebook.asked.is_some_and(|it| it.merges));
        if merges { Fate::Retag } else { Fate::Keep }
    });
    let into = use_state(|| None::<TagId>);
    let Some((Asked { id, .. }, number)) = asked else { return html! {} };
    let is_here = codebook.tag(id).is_some_and(|it| !it.removed);
    let others: Vec<_> = codebook.offered().filter(|it| it.id != id).collect();
    let is_other = |wanted: &TagId| others.iter().any(|it| it.id == *wanted);
    let into_now = into.filter(is_other).or_else(|| others.first().map(|it| it.id));
    let to = match *fate {
        Fate::Keep => Some(Uses::Keep),
        Fate::Retag => into_now.map(Uses::Retag),
        Fate::Delete => Some(Uses::Delete),
    };
    let onchange = {
        let (into, fate) = (into.clone(), fate.clone());
        move |event: Event| {
            let Some(field) = event.target_dyn_into::<web_sys::HtmlSelectElement>() else { return };
            into.set(TagId::parse(&field.value()));
            fate.set(Fate::Retag);
        }
    };
    let done = closing(&store, move |store| {
        if let Some(to) = to {
            remove(store, id, to);
        }
    });
    let others_field = html! {
        <select name="into" aria-label="The other tag" {onchange}>
            { for others.iter().map(|it| html! {
                <option value={it.id.as_str()} selected={Some(it.id) == into_now}>{ shown_path(&codebook, it.id) }</option>
            }) }
        </select>
    };
    html! {
        <>
            if is_here {
                <p>{ format!("“{}”: {}. What becomes of them?", codebook.name_of(id), count(number, "annotation", "annotations")) }</p>
            } else {
                <p role="alert">{ "This tag was removed meanwhile." }</p>
            }
            <fieldset class="fates">
                <legend class="away">{ "Its annotations" }</legend>
                { for Fate::ALL.into_iter().filter(|it| *it != Fate::Retag || !others.is_empty()).map(|it| {
                    let now = fate.clone();
                    let (value, words, _) = it.words();
                    html! {
                        <>
                            <label class="check">
                                <input type="radio" name="fate" {value} checked={it == *fate} onchange={move |_: Event| now.set(it)} />
                                { words }
                            </label>
                            if it == Fate::Retag {
                                { others_field.clone() }
                            }
                        </>
                    }
                }) }
            </fieldset>
            if let (Fate::Retag, Some(into)) = (*fate, into_now) {
                <Preview {id} other={into} />
            }
            { for to.and_then(|to| children_words(&codebook, id, to)).map(|it| html! { <p>{ it }</p> }) }
            <p class="beneath">{ "Undo takes all of it back." }</p>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="cancel" onclick={closing(&store, |_| {})}>{ "Cancel" }</button>
                <button type="button" class="button solid" data-action="remove" disabled={to.is_none() || !is_here} onclick={done}>
                    { fate.words().2 }
                </button>
            </div>
        </>
    }
}

/// What becomes of the tags under a tag that is removed, in words.
fn children_words(codebook: &Codebook, id: TagId, to: Uses) -> Option<String> {
    let number = children(codebook, Some(id)).len();
    let into = match to {
        Uses::Keep => return None,
        Uses::Retag(into) => Some(into).filter(|it| !codebook.is_within(*it, id)),
        Uses::Delete => None,
    };
    let (them, moves, takes) = match number {
        0 => return None,
        1 => ("The tag under it".to_owned(), "moves", "takes"),
        _ => (format!("The {number} tags under it"), "move", "take"),
    };
    Some(match into.or_else(|| parent(codebook, id)) {
        Some(it) => format!("{them} {moves} under “{}”.", codebook.name_of(it)),
        None => format!("{them} {takes} its place."),
    })
}

#[derive(Properties, PartialEq)]
struct PreviewProps {
    id: TagId,
    other: TagId,
}

/// Which values go along with a merge, and which are added to the notes.
#[component]
fn Preview(props: &PreviewProps) -> Html {
    let store = use_store();
    let codebook = document::use_codebook();
    let PreviewProps { id, other } = *props;
    // Counts all annotations of the tag, so do it once.
    let preview = use_memo((id, other, codebook), move |_| {
        store.read(|state| state.document.session().preview_merge(id, other)).unwrap_or_default()
    });
    let MergePreview { kept, noted, lines, .. } = &*preview;
    html! {
        <div class="merge-preview">
            if kept.is_empty() && noted.is_empty() {
                <p>{ "None of its annotations has a value of an attribute. Their notes stay as they are." }</p>
            }
            if !kept.is_empty() {
                <p>{ format!("Values that go along: {}.", listed(kept)) }</p>
            }
            if !noted.is_empty() {
                <p>{ format!("Values that are added to the notes, since the other tag does not have the attribute: {}.", listed(noted)) }</p>
                <p>{ "The first such note gets:" }</p>
                <blockquote>{ lines.join("\n") }</blockquote>
            }
        </div>
    }
}

fn listed(attributes: &[(Rc<str>, usize)]) -> String {
    let each = attributes.iter().map(|(name, number)| format!("{name} ({number})"));
    each.collect::<Vec<_>>().join(", ")
}
